import { Readable } from 'node:stream'
import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { downloadExport } from '#features/agreement-exports/download.ts'

/** The register's list as a file to save. The server sends it while it is made; the development server makes all first. */
export async function GET({ locals, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'agreements.read')
  if (visit instanceof Response) return visit
  const download = await downloadExport(locals.context, visit.actor, url.searchParams, locals.locale)
  if (import.meta.env.DEV) {
    return new Response(Readable.toWeb(await download.open()) as ReadableStream, { headers: download.headers })
  }
  locals.download = download
  return new Response(null)
}
