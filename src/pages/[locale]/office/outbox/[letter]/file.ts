import { Readable } from 'node:stream'
import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { letterDownload } from '#features/outbox/queries.ts'

/** A letter of the outbox, as a file to save. The server sends it as it reads it; the development server reads all. */
export async function GET({ locals, params, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'mail.read')
  if (visit instanceof Response) return visit
  const download = await letterDownload(locals.context, visit.actor, params['letter'] ?? '')
  if (import.meta.env.DEV) {
    return new Response(Readable.toWeb(await download.open()) as ReadableStream, { headers: download.headers })
  }
  locals.download = download
  return new Response(null)
}
