import { X509Certificate } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { issuedBriefFiles, signingCertificates } from '#db/schema/index.ts'
import { DomainError } from '#platform/errors.ts'
import { fingerprintOf, signerName } from '#platform/signing/identity.ts'
import type { Signer } from '#platform/signing/signer.ts'

/** A certificate as its reader compares it. */
export interface CertificateView {
  readonly name: string
  /** SHA-256, as hexadecimal digits without separators. */
  readonly fingerprint: string
  readonly validUntil: Temporal.Instant
  /** Whether it vouches for itself. */
  readonly isOwn: boolean
}

export function certificateView(certificate: X509Certificate): CertificateView {
  return {
    name: signerName(certificate),
    fingerprint: fingerprintOf(certificate),
    validUntil: certificate.validToDate.toTemporalInstant(),
    isOwn: certificate.subject === certificate.issuer,
  }
}

export interface CertificateContext {
  readonly database: Queryable
  readonly signer: Signer
}

/** The certificate that is in use now. */
export async function currentCertificate({ signer }: CertificateContext): Promise<CertificateView> {
  return certificateView((await signer.identity()).certificate)
}

/**
 * The PEM of the certificate in use with those above it, or that of one that was in use.
 * @throws DomainError `not_found` for a fingerprint that is nobody's
 */
export async function certificatePem(
  { database, signer }: CertificateContext,
  fingerprint: string | null,
): Promise<string> {
  if (fingerprint === null) {
    const { certificate, issuers } = await signer.identity()
    return [certificate, ...issuers].map(String).join('')
  }
  const [row] = await database
    .select({ certificate: signingCertificates.certificate })
    .from(signingCertificates)
    .where(eq(signingCertificates.fingerprint, fingerprint))
  if (row === undefined) throw new DomainError('not_found')
  return row.certificate
}

/** The certificates of the files of a brief, the earliest file first. */
export async function certificatesOf(database: Queryable, briefId: string): Promise<CertificateView[]> {
  const rows = await database
    .select({ certificate: signingCertificates.certificate })
    .from(issuedBriefFiles)
    .innerJoin(signingCertificates, eq(signingCertificates.fingerprint, issuedBriefFiles.certificate))
    .where(eq(issuedBriefFiles.briefId, briefId))
    .orderBy(asc(issuedBriefFiles.madeAt))
  return [...new Set(rows.map(({ certificate }) => certificate))].map((pem) =>
    certificateView(new X509Certificate(pem)),
  )
}

/** By what a signature of this site is known in the bytes of a file: the end of a certificate is nobody else's. */
export async function certificateTraces(database: Queryable): Promise<string[]> {
  const rows = await database.select({ certificate: signingCertificates.certificate }).from(signingCertificates)
  return rows.map(({ certificate }) => new X509Certificate(certificate).raw.subarray(-32).toString('hex'))
}
