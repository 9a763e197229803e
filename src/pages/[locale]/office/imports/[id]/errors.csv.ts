import { text } from 'node:stream/consumers'
import type { APIContext } from 'astro'
import { create } from 'content-disposition'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { errorsFile } from '#features/agreement-imports/errors-file.ts'
import { requireImport } from '#features/agreement-imports/queries.ts'

/** Everything that is wrong with the rows of a batch, as a file. */
export async function GET({ locals, params, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'agreements.import')
  if (visit instanceof Response) return visit
  const { context, t, locale } = locals
  const batch = await requireImport(context.database, visit.actor, params['id'] ?? '')
  const name = `${batch.fileName.replace(/\.[^.]*$/, '')}-errors.csv`
  return new Response(await text(errorsFile(context.database, batch, t, locale)), {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': create(name) },
  })
}
