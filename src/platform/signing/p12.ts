import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { encode } from './der.ts'
import type { Identity } from './identity.ts'

/** What can be wrong with an operator's PKCS #12 file. */
export const p12Problems = [
  'missing',
  'broken',
  'no_password',
  'password',
  'no_key',
  'no_certificate',
  'key_kind',
  'expired',
  'not_yet',
] as const

export type P12Problem = (typeof p12Problems)[number]

export class P12Error extends Error {
  override name = 'P12Error'
  readonly problem: P12Problem

  constructor(problem: P12Problem, cause?: unknown) {
    super(problem, { cause })
    this.problem = problem
  }
}

const { pkcs12, pki } = forge

/**
 * The key and the certificates of a PKCS #12 file, encrypted in any of the ways that are about: today's and, as Windows
 * still writes it, that of the nineties.
 * @throws P12Error
 */
export function readP12(bytes: Uint8Array, password: string, now: Temporal.Instant): Identity {
  const file = open(bytes, password)
  const key = keyOf(file)
  const certificates = certificatesOf(file)
  const certificate = certificates.find((candidate) => candidate.checkPrivateKey(key))
  if (certificate === undefined) throw new P12Error('no_certificate')
  checkKind(key)
  if (certificate.validToDate.getTime() < now.epochMilliseconds) throw new P12Error('expired')
  if (certificate.validFromDate.getTime() > now.epochMilliseconds) throw new P12Error('not_yet')
  return { key, certificate, issuers: chainOf(certificate, certificates) }
}

type File = forge.pkcs12.Pkcs12Pfx

function open(bytes: Uint8Array, password: string): File {
  const read = () => forge.asn1.fromDer(Buffer.from(bytes).toString('latin1'))
  try {
    return pkcs12.pkcs12FromAsn1(read(), password)
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    // Its words are the only sign by which it tells a wrong password from a file that is none.
    if (/invalid password/i.test(said)) throw new P12Error('password', error)
    if (!/decrypt/i.test(said)) throw new P12Error('broken', error)
  }
  try {
    // The password is the right one by the file's own check, which takes it as UTF-16. Today's encryption takes it as
    // UTF-8, which makes a difference for letters beyond ASCII: once more so, without the check.
    const node = read()
    if (Array.isArray(node.value)) node.value.length = 2
    return pkcs12.pkcs12FromAsn1(node, forge.util.encodeUtf8(password))
  } catch (error) {
    throw new P12Error('broken', error)
  }
}

function bagsOf(file: File, type: string | undefined): readonly forge.pkcs12.Bag[] {
  return type === undefined ? [] : (file.getBags({ bagType: type })[type] ?? [])
}

function keyOf(file: File): KeyObject {
  const { pkcs8ShroudedKeyBag, keyBag } = pki.oids
  const [bag] = [...bagsOf(file, pkcs8ShroudedKeyBag), ...bagsOf(file, keyBag)]
  if (bag === undefined) throw new P12Error('no_key')
  try {
    // A key that is not RSA comes as it was read: PKCS #8.
    const node = bag.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)) : bag.asn1
    return createPrivateKey({ key: encode(node), format: 'der', type: 'pkcs8' })
  } catch (error) {
    throw new P12Error('key_kind', error)
  }
}

function certificatesOf(file: File): X509Certificate[] {
  try {
    return bagsOf(file, pki.oids['certBag']).map(({ cert, asn1 }) => {
      return new X509Certificate(encode(cert ? pki.certificateToAsn1(cert) : asn1))
    })
  } catch (error) {
    throw new P12Error('broken', error)
  }
}

function checkKind({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): void {
  const isEc = asymmetricKeyType === 'ec'
  const isLongRsa = asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
  if (!isEc && !isLongRsa) throw new P12Error('key_kind')
}

/** From the certificate's issuer upwards, as far as the file has them. */
function chainOf(certificate: X509Certificate, known: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = []
  let last = certificate
  for (;;) {
    const issuer = known.find((one) => one !== certificate && !chain.includes(one) && last.checkIssued(one))
    if (issuer === undefined) return chain
    chain.push(issuer)
    last = issuer
  }
}
