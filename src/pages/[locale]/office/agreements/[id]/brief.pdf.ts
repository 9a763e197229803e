import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { agreementFile } from '#features/briefs/office-download.ts'

/** An agreement as a document for people inside, as the one who asks may see it. */
export async function GET({ locals, request, url, rewrite, clientAddress, params }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'agreements.read')
  if (visit instanceof Response) return visit
  const file = await agreementFile(locals.context, visit.actor, locals.locale, params['id'] ?? '', url.searchParams)
  return new Response(file.bytes, { headers: file.headers })
}
