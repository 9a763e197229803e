import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { reportFile } from '#features/briefs/office-download.ts'

/** The register's list as a document for people inside, filtered as the list was. */
export async function GET({ locals, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'agreements.read')
  if (visit instanceof Response) return visit
  const file = await reportFile(locals.context, visit.actor, locals.locale, url.searchParams)
  return new Response(file.bytes, { headers: file.headers })
}
