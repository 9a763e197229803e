import type { APIContext } from 'astro'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { downloadTemplate } from '#features/reports/download.ts'

/** The template itself, to be looked at or changed. */
export async function GET({ locals, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'reports.read')
  if (visit instanceof Response) return visit
  locals.download = await downloadTemplate(locals.context)
  return new Response(null)
}
