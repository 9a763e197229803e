import { Readable } from 'node:stream'
import type { APIContext } from 'astro'
import { openFeed } from '#features/feeds/open.ts'
import { bareProblem } from '#platform/http/bare-problem.ts'
import { problem } from '#platform/http/problem.ts'

/** Somebody's calendar feed, for whoever has the token. The server sends it as it is made. */
export async function GET({ locals, params }: APIContext): Promise<Response> {
  const download = await openFeed(locals.context, params.token ?? '')
  if (download === undefined) {
    const { status, body } = bareProblem(problem('not_found'), locals.locale)
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' }
    return new Response(new Uint8Array(body), { status, headers })
  }
  if (import.meta.env.DEV) {
    return new Response(Readable.toWeb(await download.open()) as ReadableStream, { headers: download.headers })
  }
  locals.download = download
  return new Response(null)
}
