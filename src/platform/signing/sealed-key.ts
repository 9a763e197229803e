import { createCipheriv, createDecipheriv, createPrivateKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'

/**
 * A private key under the secret key of the site: AES-256-GCM with a key of its own for this purpose, as base64 of
 * nonce, tag and ciphertext.
 */

const nonceBytes = 12
const tagBytes = 16

const keyFor = (secretKey: string) => Buffer.from(hkdfSync('sha256', secretKey, '', 'yunqiao signing key', 32))

export function sealKey(key: KeyObject, secretKey: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secretKey), nonce)
  const sealed = Buffer.concat([cipher.update(key.export({ type: 'pkcs8', format: 'der' })), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

/** Undefined where it was sealed with another secret key, or is damaged. */
export function openKey(sealed: string, secretKey: string): KeyObject | undefined {
  try {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secretKey), bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    const der = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()])
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } catch {
    return undefined
  }
}
