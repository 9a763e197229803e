import type { KeyObject, X509Certificate } from 'node:crypto'

/** A key to sign with, and the certificate that says whose it is. */
export interface Identity {
  readonly key: KeyObject
  /** The certificate of the key. */
  readonly certificate: X509Certificate
  /** Those above it, as far as they are known; none where it was made by itself. */
  readonly issuers: readonly X509Certificate[]
}

/** SHA-256 of a certificate, as 64 hexadecimal digits. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}

/** The name that viewers show of a signature: the common name, or all of the subject where there is none. */
export function signerName(certificate: X509Certificate): string {
  const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1]
  return (name ?? certificate.subject.replaceAll('\n', ', ')).replaceAll(/\\(?=[,+"\\<>;=#])/g, '')
}

/** Bytes that a signature of this identity takes at most, its certificates included. */
export function signatureRoom({ certificate, issuers }: Identity): number {
  const certificates = [certificate, ...issuers].reduce((sum, { raw }) => sum + raw.length, 0)
  const step = 512
  // The name of the issuer once more, the hashes, and a signature of 8192 bits.
  return Math.ceil((certificates + certificate.raw.length + 2048) / step) * step
}
