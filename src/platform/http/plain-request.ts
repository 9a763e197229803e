import type { IncomingHttpHeaders } from 'node:http'

const read = ['accept-encoding', 'if-none-match', 'cookie', 'referer'] as const

/** The headers that choose between the answers that the cache can give. */
export type AnswerHeaders = Pick<IncomingHttpHeaders, (typeof read)[number]>

/** A request for a page that needs nothing but the cache: what it asks for, and the headers that choose the answer. */
export interface PlainRequest {
  readonly url: string
  readonly headers: AnswerHeaders
}

const requestLine = /^GET (\/[\x21-\x7e]*) HTTP\/1\.1$/
/** A name is a token, a value visible characters and blanks (RFC 9110 §5). Anything else is for the real parser. */
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7e\t]*)$/

/** Headers that announce a body, another protocol, or a condition that this does not judge. */
const notPlain = new Set([
  'content-length',
  'expect',
  'if-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Reads the head of a request that came whole and alone: a GET without a body that keeps its connection.
 * @param head everything up to and including the empty line
 * @returns undefined for every request that is not beyond doubt such a one
 */
export function readPlainRequest(head: string): PlainRequest | undefined {
  const lines = head.split('\r\n')
  // The empty line and what stands behind it: nothing.
  if (lines.length < 3 || lines.pop() !== '' || lines.pop() !== '') return undefined
  const [first = '', ...fields] = lines
  const url = requestLine.exec(first)?.[1]
  if (url === undefined) return undefined
  const values = new Map<string, string>()
  for (const line of fields) {
    const [, name = '', value = ''] = field.exec(line) ?? []
    const key = name.toLowerCase()
    // A line of another form has no name; a header that comes twice may be a list, or an attack.
    if (key === '' || notPlain.has(key) || values.has(key)) return undefined
    values.set(key, value.trimEnd())
  }
  if (!values.has('host') || (values.get('connection') ?? 'keep-alive').toLowerCase() !== 'keep-alive') return undefined
  return { url, headers: Object.fromEntries(read.map((name) => [name, values.get(name)])) }
}
