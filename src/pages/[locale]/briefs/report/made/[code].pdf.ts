import { Readable } from 'node:stream'
import type { APIRoute } from 'astro'
import { madeDownload } from '#features/made-briefs/made-work.ts'
import { requireMade } from '#features/made-briefs/orders.ts'

/** The file of a long report of the public register. */
export const GET: APIRoute = async ({ params: { code = '' }, locals }) => {
  const made = await requireMade(locals.context, code, 'register')
  const download = madeDownload(locals.context, made, locals.t('portal:agreements.title'))
  if (import.meta.env.DEV) {
    return new Response(Readable.toWeb(await download.open()) as ReadableStream, { headers: download.headers })
  }
  locals.download = download
  return new Response(null)
}
