import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { acceptedEncoding, compress, isCompressible } from './content-encoding.ts'
import type { Rendered } from './renderer.ts'
import type { RawHeaders } from './security-headers.ts'
import type { ReadyAnswer } from './stored-page.ts'

/** Writes a ready answer. HEAD gets the same headers and no body. */
export function sendReady(response: ServerResponse, { status, headers, body }: ReadyAnswer, setCookie?: string): void {
  response.writeHead(status, setCookie === undefined ? (headers as string[]) : [...headers, 'Set-Cookie', setCookie])
  response.end(body)
}

/** Too little to be worth the work. */
const leastBytes = 1024

/** Headers of the connection, which are ours to decide, and those that `sendRendered` writes itself. */
const ownHeaders = new Set([
  'connection',
  'content-length',
  'content-encoding',
  'date',
  'keep-alive',
  'transfer-encoding',
])

/** Writes a rendered page for one reader, compressed where that helps. */
export async function sendRendered(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Rendered,
  extra: RawHeaders,
): Promise<void> {
  const type = headers['content-type'] ?? ''
  const worthIt = isCompressible(type) && body.length >= leastBytes
  const encoding = worthIt ? acceptedEncoding(request.headers['accept-encoding']) : 'identity'
  const encoded = await compress(body, encoding, 'now')
  const bodyless = status === 204 || status === 304
  response.writeHead(status, [
    ...flat(headers),
    ...(bodyless ? [] : ['Content-Length', String(encoded.length)]),
    ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
    ...(worthIt ? ['Vary', 'Accept-Encoding'] : []),
    ...(headers['cache-control'] === undefined ? ['Cache-Control', 'no-store'] : []),
    ...extra,
  ])
  response.end(bodyless ? undefined : encoded)
}

/** Headers as `writeHead` takes them fastest: names and values in turn. */
export function flat(headers: Readonly<OutgoingHttpHeaders>): string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined || ownHeaders.has(name)) return []
    return (Array.isArray(value) ? value : [String(value)]).flatMap((one) => [name, one])
  })
}
