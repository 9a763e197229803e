import { createHash, type KeyObject, sign, type X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import {
  decode,
  encode,
  identifier,
  type Node,
  nothing,
  octets,
  partsOf,
  sequence,
  setOf,
  small,
  taggedZero,
} from './der.ts'
import type { Identity } from './identity.ts'

const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const

const signBytes = promisify(sign)

/**
 * A detached CMS signature (RFC 5652) with the attributes of PAdES baseline B-B (EN 319 142-1, 6.3): content type,
 * message digest and `signing-certificate-v2` (RFC 5035). No signing time: the baseline forbids it here, the PDF's own
 * entry holds it. With an RSA key the same input gives the same bytes.
 * @param digest SHA-256 of what is signed
 */
export async function detachedSignature(digest: Uint8Array, identity: Identity): Promise<Buffer> {
  const { certificate, issuers, key } = identity
  const certificateHash = createHash('sha256').update(certificate.raw).digest()
  const attributes = [
    attribute(oids.contentType, identifier(oids.data)),
    attribute(oids.messageDigest, octets(digest)),
    // SHA-256 is what a hash without an algorithm means.
    attribute(oids.signingCertificateV2, sequence(sequence(sequence(octets(certificateHash))))),
  ]
  // What is signed is the SET OF, not the tag that stands for it in the message (RFC 5652, 5.4).
  const signature = await signBytes('sha256', encode(setOf(...attributes)), key)
  const sha256 = sequence(identifier(oids.sha256), nothing())
  const signer = sequence(
    small(1),
    issuerAndSerial(certificate),
    sha256,
    taggedZero(...attributes),
    signatureAlgorithm(key),
    octets(signature),
  )
  const certificates = [certificate, ...issuers].map(({ raw }) => decode(raw))
  const signedData = sequence(
    small(1),
    setOf(sha256),
    sequence(identifier(oids.data)),
    taggedZero(...certificates),
    setOf(signer),
  )
  return encode(sequence(identifier(oids.signedData), taggedZero(signedData)))
}

function attribute(oid: string, value: Node): Node {
  return sequence(identifier(oid), setOf(value))
}

function signatureAlgorithm(key: KeyObject): Node {
  return key.asymmetricKeyType === 'ec'
    ? sequence(identifier(oids.ecdsaWithSha256))
    : sequence(identifier(oids.rsaEncryption), nothing())
}

/** Issuer and serial number, copied from the certificate byte for byte. */
function issuerAndSerial(certificate: X509Certificate): Node {
  const [toBeSigned] = partsOf(decode(certificate.raw))
  const fields = partsOf(toBeSigned)
  // The version may be missing: then the first field is the serial number itself.
  const first = fields[0]?.constructed === true ? 1 : 0
  const [serial, , issuer] = fields.slice(first)
  if (serial === undefined || issuer === undefined) throw new Error('a certificate without issuer or serial number')
  return sequence(issuer, serial)
}
