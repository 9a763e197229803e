import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { downloadReport } from '#features/reports/download.ts'

/** The report of a period, filled into the template. */
export async function GET({ locals, params, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'reports.read')
  if (visit instanceof Response) return visit
  const { context, locale } = locals
  locals.download = await downloadReport(context, visit.actor, { periodText: params['period'] ?? '', locale })
  return new Response(null)
}
