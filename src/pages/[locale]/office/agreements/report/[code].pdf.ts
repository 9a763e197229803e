import { Readable } from 'node:stream'
import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { madeDownload } from '#features/made-briefs/made-work.ts'
import { requireOwnReport } from '#features/register-reports/queries.ts'

/** The file of a long report, for the person who asked for it. */
export async function GET({ params, locals, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'agreements.read')
  if (visit instanceof Response) return visit
  const { context, t } = locals
  const made = await requireOwnReport(context, visit.actor, params['code'] ?? '')
  const download = madeDownload(context, made, t('briefs:register.office'))
  if (import.meta.env.DEV) {
    return new Response(Readable.toWeb(await download.open()) as ReadableStream, { headers: download.headers })
  }
  locals.download = download
  return new Response(null)
}
