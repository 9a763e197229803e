import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { AppContext } from '#platform/context.ts'
import type { Download } from '#platform/uploads/download.ts'
import { examine } from '#platform/uploads/examine.ts'
import { isMultipart, type ReceivedUpload, receiveUpload } from '#platform/uploads/receive.ts'
import { flat } from './answer.ts'
import type { PageRequest, Rendered } from './renderer.ts'
import { segmentPattern } from './routes.ts'
import type { RawHeaders } from './security-headers.ts'

type Actor = App.Locals['actor']

/** A page whose form sends a file. */
export interface UploadRoute {
  /** Segments below the locale; a star stands for any one of them. */
  readonly pattern: string
  /**
   * Asked before anything of the body is read: of those with a session, of everybody where files are only examined.
   * @throws DomainError for whom it does not want to hear from
   */
  readonly admit: (
    context: AppContext,
    actor: Actor,
    segments: readonly string[],
    clientAddress: string,
  ) => Promise<void>
  /** For a page that keeps no file and takes anybody's: the patterns that it is examined for. */
  readonly examinedFor?: (context: AppContext) => Promise<readonly string[]>
}

/** What the page is given instead of the body: its file is in the storage's own folder, its fields are a plain form. */
export interface TakenForm {
  readonly upload: ReceivedUpload
  readonly request: Pick<PageRequest, 'headers' | 'body'>
}

/** Takes forms that send a file, before Astro would read them into memory. */
export function uploadTaker(context: AppContext, routes: readonly UploadRoute[]) {
  const split = routes.map((route) => ({ route, pattern: route.pattern.split('/').map(segmentPattern) }))

  /** The form, where the address is of such a page and the request of that type; its caller discards the file. */
  return async (
    request: IncomingMessage,
    segments: readonly string[],
    actor: Actor,
    clientAddress: string,
  ): Promise<TakenForm | undefined> => {
    const route = split.find(
      ({ pattern }) =>
        pattern.length === segments.length && pattern.every((part, index) => part.test(segments[index] ?? '')),
    )?.route
    if (route === undefined || !isMultipart(request)) return undefined
    const isKnown = actor.kind !== 'visitor'
    if (isKnown || route.examinedFor) await route.admit(context, actor, segments, clientAddress)
    const patterns = await route.examinedFor?.(context)
    // Whoever's session has ended while they filled the form in finds it again with all but the file.
    const stage = isKnown ? context.storage.stage : undefined
    const how = patterns === undefined ? { stage } : { stage: undefined, examine: examineFor(patterns) }
    const upload = await receiveUpload(request, how)
    const body = Buffer.from(upload.fields.toString())
    const headers = {
      ...request.headers,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    }
    return { upload, request: { headers, body } }
  }
}

const examineFor = (patterns: readonly string[]) => (source: AsyncIterable<Uint8Array>) => examine(source, patterns)

/** Sends a file as it is read. What goes wrong after it has begun breaks the connection off, short of its end. */
export async function sendDownload(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers }: Rendered,
  download: Download,
  extra: RawHeaders,
): Promise<void> {
  const source = request.method === 'HEAD' ? undefined : await download.open()
  const length = download.sizeBytes === undefined ? [] : ['Content-Length', String(download.sizeBytes)]
  response.writeHead(status, [...flat(headers), ...length, ...extra])
  if (source === undefined) {
    response.end()
    return
  }
  try {
    await pipeline(source, response)
  } catch (error) {
    const isReaderGone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE'
    if (!isReaderGone) throw error
  }
}
