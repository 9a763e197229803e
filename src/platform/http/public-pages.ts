import type { IncomingMessage, ServerResponse } from 'node:http'
import { flat, sendReady, sendRendered } from './answer.ts'
import type { PageCache } from './cache/page-cache.ts'
import type { Pages, PageView } from './pages.ts'
import type { Rendered } from './renderer.ts'
import type { PublicRoute } from './routes.ts'
import type { RawHeaders } from './security-headers.ts'
import { answerFrom, type StoredPage, storePage } from './stored-page.ts'

/** What is kept of pages: their answers to everybody, and nothing of those that are for one reader. */
export type AnswerCache = PageCache<StoredPage, Rendered>

/** Browsers keep the page and ask every time whether it is still the same. */
const revalidate = 'no-cache'

/** Serves the pages that all visitors see alike, from the cache or into it. */
export function createPublicPages(cache: AnswerCache, pages: Pages, headers: RawHeaders) {
  /** Renders for anybody: no cookie, no language but the address's, no client. */
  async function load(view: PageView, route: PublicRoute) {
    const cacheTags = new Set(route.tags)
    const { request } = view
    const anybody = { method: 'GET', url: request.url, headers: {}, clientAddress: '' }
    const rendered = await pages.render({ ...view, request: anybody, cacheTags })
    if (rendered.status !== 200 || rendered.headers['set-cookie'] !== undefined) {
      return { kind: 'other', other: rendered } as const
    }
    const { 'content-type': type, 'cache-control': control, etag: _, vary: __, ...rest } = rendered.headers
    const cacheControl = control ?? revalidate
    const value = await storePage(rendered.body, type ?? 'application/octet-stream', cacheControl, [
      ...flat(rest),
      ...headers,
    ])
    return { kind: 'cached', entry: { value, bytes: value.bytes, tags: cacheTags } } as const
  }

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    { view, route, setCookie }: { view: PageView; route: PublicRoute; setCookie: string | undefined },
  ): Promise<void> {
    const key = view.request.url
    const found = cache.get(key)
    if (found !== undefined) return sendReady(response, answerFrom(found, request.headers), setCookie)
    const loaded = await cache.load(key, () => load(view, route))
    if (loaded.kind === 'cached') {
      return sendReady(response, answerFrom(loaded.entry.value, request.headers), setCookie)
    }
    // A cookie was made for one reader, and several may have waited for this answer.
    const { 'set-cookie': cookie, ...others } = loaded.other.headers
    const answer = cookie === undefined ? loaded.other : await pages.render(view)
    const extra =
      setCookie === undefined || others.location !== undefined ? headers : [...headers, 'Set-Cookie', setCookie]
    return sendRendered(request, response, answer, extra)
  }

  return { serve }
}
