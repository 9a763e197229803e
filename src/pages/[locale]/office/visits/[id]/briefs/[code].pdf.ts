import { Readable } from 'node:stream'
import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { bestName } from '#features/hub/model.ts'
import { madeDownload } from '#features/made-briefs/made-work.ts'
import { requireMade } from '#features/made-briefs/orders.ts'
import { requireVisit } from '#features/visits/queries.ts'

/** The file of a visit's brief. */
export async function GET({ params, locals, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'visits.read')
  if (visit instanceof Response) return visit
  const { context, locale } = locals
  const found = await requireVisit(context.database, visit.actor, params['id'] ?? '')
  const made = await requireMade(context, params['code'] ?? '', 'delegation', { visitId: found.id })
  const download = madeDownload(context, made, bestName(found.titles, locale)?.value ?? '')
  if (import.meta.env.DEV) {
    return new Response(Readable.toWeb(await download.open()) as ReadableStream, { headers: download.headers })
  }
  locals.download = download
  return new Response(null)
}
