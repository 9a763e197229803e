import { acceptedEncoding, compress, type Encoding, isCompressible } from './content-encoding.ts'
import { digestOf, entityTag, matchesEntityTag } from './entity-tag.ts'
import type { AnswerHeaders } from './plain-request.ts'
import type { RawHeaders } from './security-headers.ts'

/** One encoding of a body with everything that is sent before it, ready to be written. */
interface Variant {
  readonly tag: string
  readonly body: Buffer
  readonly headers: readonly string[]
  readonly notModifiedHeaders: readonly string[]
}

/** A body in every encoding worth having. */
export interface StoredPage {
  readonly digest: string
  /** Memory that it takes, in bytes, headers included. */
  readonly bytes: number
  readonly variants: Readonly<Record<Encoding, Variant>>
}

/** A status, headers and a body, ready to be written to a response. */
export interface ReadyAnswer {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: Buffer | undefined
}

/** What one entry costs beside its bodies, roughly: headers, keys, tags. */
const overheadBytes = 4096

/**
 * Compresses a body once for all readers.
 * @param headers of every answer with this body, among them its `Content-Type`
 * @param cacheControl sent with the body and with 304 alike
 * @param ready encodings that exist already
 */
export async function storePage(
  body: Buffer,
  contentType: string,
  cacheControl: string,
  headers: RawHeaders,
  ready: { readonly br?: Buffer; readonly gzip?: Buffer } = {},
): Promise<StoredPage> {
  const digest = digestOf(body)
  const worthIt = isCompressible(contentType) && body.length > 256
  const [br, gzip] = worthIt
    ? await Promise.all([ready.br ?? compress(body, 'br', 'once'), ready.gzip ?? compress(body, 'gzip', 'once')])
    : [undefined, undefined]
  const variant = (encoding: Encoding, encoded: Buffer): Variant => {
    const tag = entityTag(digest, encoding)
    const shared = ['ETag', tag, 'Cache-Control', cacheControl, ...(worthIt ? ['Vary', 'Accept-Encoding'] : [])]
    return {
      tag,
      body: encoded,
      headers: [
        'Content-Type',
        contentType,
        'Content-Length',
        String(encoded.length),
        ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
        ...shared,
        ...headers,
      ],
      notModifiedHeaders: shared,
    }
  }
  const identity = variant('identity', body)
  const variants = {
    identity,
    br: br === undefined ? identity : variant('br', br),
    gzip: gzip === undefined ? identity : variant('gzip', gzip),
  }
  const bytes = body.length + (br?.length ?? 0) + (gzip?.length ?? 0) + overheadBytes
  return { digest, bytes, variants }
}

/** The answer to a GET: 304 when the client has the page already, else the page in the encoding it likes best. */
export function answerFrom(page: StoredPage, headers: AnswerHeaders): ReadyAnswer {
  const variant = page.variants[acceptedEncoding(headers['accept-encoding'])]
  const known = headers['if-none-match']
  if (known !== undefined && (known === variant.tag || matchesEntityTag(known, page.digest))) {
    return { status: 304, headers: variant.notModifiedHeaders, body: undefined }
  }
  return { status: 200, headers: variant.headers, body: variant.body }
}
