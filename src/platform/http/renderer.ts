import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Download } from '#platform/uploads/download.ts'

/** A page request after the server's checks. */
export interface PageRequest {
  readonly method: string
  /** Path and query, as the page shall see them. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body?: Buffer
  readonly clientAddress: string
}

/** A complete answer of the pages, not sent yet. Header names are in lower case. */
export interface Rendered {
  readonly status: number
  readonly headers: Readonly<OutgoingHttpHeaders>
  readonly body: Buffer
  /** A file that is the body instead. */
  readonly download?: Download
}

/** Renders a page; undefined when no page has that address. */
export type Renderer = (request: PageRequest, locals: App.Locals) => Promise<Rendered | undefined>

/** What `@astrojs/node` exports from the bundle in its middleware mode. */
export type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  /** Called when no page has the address. */
  next: () => void,
  locals: App.Locals,
) => Promise<void>

/**
 * Asks Astro for whole answers. It gets a request whose host is that of `baseUrl`, whatever the client called us, and
 * a response that keeps what is written, so that nothing reaches the client before it is complete.
 */
export function astroRenderer(handler: AstroHandler, baseUrl: string): Renderer {
  const { host, protocol } = new URL(baseUrl)
  return async (request, locals) => {
    const incoming = incomingMessage(request, host, protocol === 'https:')
    const answer = new CapturedResponse(incoming)
    const outcome = { isUnmatched: false }
    const next = () => {
      outcome.isUnmatched = true
    }
    await handler(incoming, answer as unknown as ServerResponse, next, locals)
    return outcome.isUnmatched ? undefined : answer.complete()
  }
}

const nothing = () => undefined

/** The parts of Node's request that the adapter reads. */
function incomingMessage(request: PageRequest, host: string, encrypted: boolean): IncomingMessage {
  const socket = { encrypted, remoteAddress: request.clientAddress, destroyed: false, on: nothing, off: nothing }
  const message = {
    method: request.method,
    url: request.url,
    headers: { ...request.headers, host },
    body: request.body,
    socket,
    on: nothing,
    once: nothing,
    off: nothing,
  }
  return message as unknown as IncomingMessage
}

/** Pages are UTF-8; Astro leaves that to their `<meta>`. */
function withCharset(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return headers['content-type'] === 'text/html' ? { ...headers, 'content-type': 'text/html; charset=utf-8' } : headers
}

/** The parts of Node's response that the adapter writes to. */
class CapturedResponse {
  statusCode = 200
  statusMessage = ''
  headersSent = false
  readonly req: IncomingMessage
  readonly #chunks: Buffer[] = []
  #headers: OutgoingHttpHeaders = {}
  #failure: Error | undefined

  constructor(request: IncomingMessage) {
    this.req = request
  }

  writeHead(status: number, reasonOrHeaders?: string | OutgoingHttpHeaders): this {
    this.statusCode = status
    this.headersSent = true
    if (typeof reasonOrHeaders === 'object') this.#headers = withCharset(reasonOrHeaders)
    return this
  }

  write(chunk: string | Uint8Array): boolean {
    this.#chunks.push(Buffer.from(chunk as Uint8Array))
    return true
  }

  end(chunk?: string | Uint8Array): this {
    if (chunk !== undefined) this.write(chunk)
    return this
  }

  destroy(error?: Error): this {
    this.#failure = error ?? new Error('the page broke off')
    return this
  }

  on(): this {
    return this
  }

  off(): this {
    return this
  }

  complete(): Rendered {
    if (this.#failure !== undefined) throw this.#failure
    return { status: this.statusCode, headers: this.#headers, body: Buffer.concat(this.#chunks) }
  }
}
