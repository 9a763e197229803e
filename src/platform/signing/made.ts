import { createPrivateKey, generateKeyPair, randomBytes, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import forge from 'node-forge'
import type { Identity } from './identity.ts'

const makeKeyPair = promisify(generateKeyPair)

/** Years. A signature outlives its certificate only where somebody else vouches for the time, and nobody does here. */
const validFor = 20

/** X.520 allows a common name this many characters. */
const longestName = 64

/**
 * A key and a certificate that vouches for itself: RSA of 3072 bits, which every viewer knows and whose signatures are
 * the same for the same file.
 * @param host of the site, which the certificate names
 */
export async function makeIdentity(host: string, now: Temporal.Instant): Promise<Identity> {
  const { privateKey } = await makeKeyPair('rsa', {
    modulusLength: 3072,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const key = forge.pki.privateKeyFromPem(privateKey)
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e)
  certificate.serialNumber = serialNumber()
  const day = now.toZonedDateTimeISO('UTC').startOfDay()
  certificate.validity.notBefore = new Date(day.epochMilliseconds)
  certificate.validity.notAfter = new Date(day.add({ years: validFor }).epochMilliseconds)
  const name = [{ name: 'commonName', value: commonName(host) }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', critical: true, digitalSignature: true, nonRepudiation: true },
    // For signing documents (RFC 9336); viewers that do not know it look for the one for mail.
    { name: 'extKeyUsage', emailProtection: true, '1.3.6.1.5.5.7.3.36': true },
    { name: 'subjectKeyIdentifier' },
  ])
  certificate.sign(key, forge.md.sha256.create())
  return {
    key: createPrivateKey(privateKey),
    certificate: new X509Certificate(forge.pki.certificateToPem(certificate)),
    issuers: [],
  }
}

function commonName(host: string): string {
  return `Yunqiao ${host}`.slice(0, longestName)
}

/** Positive and of full length, as hexadecimal digits. */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}
