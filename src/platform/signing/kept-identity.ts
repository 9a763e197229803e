import { X509Certificate } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { signingCertificates } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'
import { fingerprintOf, type Identity } from './identity.ts'
import { makeIdentity } from './made.ts'
import { openKey, sealKey } from './sealed-key.ts'

export interface SigningContext {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly config: { readonly baseUrl: string; readonly secretKey: string }
}

const inUse = and(eq(signingCertificates.origin, 'made'), isNull(signingCertificates.retiredAt))

/**
 * The identity that the site made for itself, made now where there is none. It stands in the database, its key sealed
 * with SECRET_KEY: several processes have the same one, and a restored backup brings it back. Where another secret key
 * came with the backup, the key is lost: a new identity is made, and the old certificate stays known.
 */
export async function keptIdentity(context: SigningContext): Promise<Identity> {
  const { database, clock, log, config } = context
  const [row] = await database.select().from(signingCertificates).where(inUse)
  if (row?.sealedKey) {
    const key = openKey(row.sealedKey, config.secretKey)
    if (key !== undefined) return { key, certificate: new X509Certificate(row.certificate), issuers: [] }
    log.warn('the key of the signing certificate cannot be opened with this SECRET_KEY; a new one is made', {
      fingerprint: row.fingerprint,
    })
    await database
      .update(signingCertificates)
      .set({ retiredAt: clock.now().toString() })
      .where(and(eq(signingCertificates.fingerprint, row.fingerprint), inUse))
  }
  const made = await makeIdentity(new URL(config.baseUrl).hostname, clock.now())
  const added = await database
    .insert(signingCertificates)
    .values({
      fingerprint: fingerprintOf(made.certificate),
      certificate: made.certificate.toString(),
      origin: 'made',
      sealedKey: sealKey(made.key, config.secretKey),
      firstUsedAt: clock.now().toString(),
    })
    .onConflictDoNothing()
    .returning({ fingerprint: signingCertificates.fingerprint })
  // Another process was faster: its identity is everybody's.
  return added.length > 0 ? made : keptIdentity(context)
}

/** Notes the certificate of an operator's identity, so that files that show it are known for good. */
export async function noteGiven({ database, clock }: SigningContext, { certificate }: Identity): Promise<void> {
  await database
    .insert(signingCertificates)
    .values({
      fingerprint: fingerprintOf(certificate),
      certificate: certificate.toString(),
      origin: 'given',
      firstUsedAt: clock.now().toString(),
    })
    .onConflictDoNothing()
}
