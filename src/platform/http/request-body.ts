import type { IncomingMessage } from 'node:http'
import { DomainError } from '#platform/errors.ts'

/** Bytes. The longest form has a few hundred fields. */
export const maxFormBytes = 1024 * 1024

const formTypes =
  /^(?:application\/x-www-form-urlencoded|multipart\/form-data|application\/json|text\/plain)\s*(?:;|$)/i

/**
 * Reads a form's body into memory.
 * @throws DomainError `too_large` past `limitBytes`, `bad_request` for a body that is no form or breaks off
 */
export async function readBody(request: IncomingMessage, limitBytes = maxFormBytes): Promise<Buffer> {
  const tooLarge = () => new DomainError('too_large', { megabytes: Math.floor(limitBytes / 1024 / 1024) })
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limitBytes) throw tooLarge()
  const type = request.headers['content-type']
  if (type !== undefined && !formTypes.test(type)) throw new DomainError('bad_request')
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length
      // The rest is let through unread: a connection cut here would keep the browser from showing the answer.
      if (length <= limitBytes) chunks.push(chunk)
      else chunks.length = 0
      if (length > 16 * limitBytes) request.destroy()
    }
  } catch (error) {
    throw length > limitBytes ? tooLarge() : new DomainError('bad_request', {}, [], error)
  }
  if (length > limitBytes) throw tooLarge()
  return Buffer.concat(chunks, length)
}
