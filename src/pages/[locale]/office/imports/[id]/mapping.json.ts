import type { APIContext } from 'astro'
import { create } from 'content-disposition'
import { enterOffice } from '#features/accounts/enter-office.ts'
import { mappingFile } from '#features/agreement-imports/mapping-file.ts'
import { settingsFrom } from '#features/agreement-imports/model.ts'
import { requireImport } from '#features/agreement-imports/queries.ts'

/** How the columns of a batch are taken, as a file for the command line. */
export async function GET({ locals, params, request, url, rewrite, clientAddress }: APIContext): Promise<Response> {
  const page = { locals, request, url, rewrite, clientAddress, response: new Response() }
  const visit = await enterOffice(page, 'agreements.import')
  if (visit instanceof Response) return visit
  const { database } = locals.context
  const batch = await requireImport(database, visit.actor, params['id'] ?? '')
  const file = await mappingFile(database, batch, settingsFrom(batch.settings))
  const name = `${batch.fileName.replace(/\.[^.]*$/, '')}-mapping.json`
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: { 'content-type': 'application/json', 'content-disposition': create(name) },
  })
}
