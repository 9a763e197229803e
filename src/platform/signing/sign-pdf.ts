import { hashOfBytes } from '#platform/hash-bytes.ts'
import { byteRangePlaceholder, signatureRoomText } from '#platform/pdf/write/signature-place.ts'
import { detachedSignature } from './cms.ts'
import { type Identity, signatureRoom } from './identity.ts'

/**
 * Signs a file that was written with room for a signature of this identity. Nothing moves: the two placeholders are
 * filled in, and the signature covers every byte but itself.
 * @param inPlace nobody needs the file without it: a very long one is not copied
 */
export async function signPdf(
  file: Uint8Array,
  identity: Identity,
  { inPlace = false } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = inPlace ? Buffer.from(file.buffer as ArrayBuffer, file.byteOffset, file.length) : Buffer.from(file)
  const { before, contents } = signatureRoomText(signatureRoom(identity))
  const roomAt = bytes.indexOf(before + contents, 0, 'latin1')
  if (roomAt === -1) throw new Error('the file has no room for this signature')
  const rangeAt = roomAt + before.indexOf('[')
  const start = roomAt + before.length
  const end = start + contents.length
  const range = `[0 ${start} ${end} ${bytes.length - end}`
  bytes.write(`${range.padEnd(byteRangePlaceholder.length - 1)}]`, rangeAt, 'latin1')
  const digest = await hashOfBytes(bytes.subarray(0, start), bytes.subarray(end))
  const signature = (await detachedSignature(digest, identity)).toString('hex')
  if (signature.length > contents.length - 2)
    throw new Error('the signature is longer than the room that was left for it')
  bytes.write(signature, start + 1, 'latin1')
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
