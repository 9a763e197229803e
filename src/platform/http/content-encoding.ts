import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'

export const encodings = ['br', 'gzip', 'identity'] as const

export type Encoding = (typeof encodings)[number]

const known = new Map<string, Encoding>()

/** The best encoding that an `Accept-Encoding` header allows (RFC 9110 §12.5.3). */
export function acceptedEncoding(header: string | undefined): Encoding {
  if (header === undefined) return 'identity'
  const before = known.get(header)
  if (before !== undefined) return before
  const negotiator = new Negotiator({ headers: { 'accept-encoding': header } })
  const encoding = negotiator.encoding(encodings, { preferred: encodings }) ?? 'identity'
  // Browsers send a handful of different headers; whoever sends others pays for the parsing.
  if (known.size < 100) known.set(header, encoding)
  return encoding
}

const text = /^(?:text\/|application\/(?:json|ld\+json|xml|javascript|manifest\+json|problem\+json)|image\/svg)/

/** Whether a media type is worth compressing. */
export function isCompressible(contentType: string): boolean {
  return text.test(contentType)
}

const brotli = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

/** How hard to try: `once` for what is compressed once and sent often, `now` for what is sent to one reader. */
export type Effort = 'once' | 'now'

const brotliQuality = { once: 6, now: 4 } as const
const gzipLevel = { once: 7, now: 4 } as const

export function compress(body: Buffer, encoding: Encoding, effort: Effort): Promise<Buffer> {
  if (encoding === 'identity') return Promise.resolve(body)
  if (encoding === 'gzip') return gzipAsync(body, { level: gzipLevel[effort] })
  return brotli(body, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality[effort],
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
}
