import { eq, inArray, or } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { facilities, labs, partners, users, vocabularies } from '#db/schema/index.ts'
import type { Vocabulary } from './check.ts'
import type { AgreementDraft } from './draft.ts'
import { partnerNamesById } from './office-titles.ts'
import { isUuid } from '#platform/forms/once.ts'

/** What a form may choose from, as far as it was chosen: the partners are looked up, not listed. */
export async function vocabularyFor(database: Queryable, draft: AgreementDraft): Promise<Vocabulary> {
  const codes = await database
    .select({ kind: vocabularies.kind, code: vocabularies.code })
    .from(vocabularies)
    .where(or(eq(vocabularies.kind, 'field'), eq(vocabularies.kind, 'country')))
  const of = (kind: string) => new Set(codes.filter((row) => row.kind === kind).map((row) => row.code))
  const known = (table: typeof partners | typeof labs | typeof facilities | typeof users, chosen: readonly string[]) =>
    knownIds(database, table, chosen)
  return {
    fields: of('field'),
    countries: of('country'),
    partners: await namesOfKnown(
      database,
      draft.parties.map((party) => party.partnerId),
    ),
    labs: await known(labs, draft.labs),
    facilities: await known(facilities, draft.facilities),
    officers: await known(users, [draft.officerId]),
  }
}

async function namesOfKnown(database: Queryable, chosen: readonly string[]): Promise<Vocabulary['partners']> {
  const ids = await knownIds(database, partners, chosen)
  const names = await partnerNamesById(database, [...ids])
  return new Map([...ids].map((id) => [id, Object.values(names.get(id) ?? {})]))
}

async function knownIds(
  database: Queryable,
  table: typeof partners | typeof labs | typeof facilities | typeof users,
  chosen: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(chosen)].filter(isUuid)
  if (ids.length === 0) return new Set()
  const rows = await database.select({ id: table.id }).from(table).where(inArray(table.id, ids))
  return new Set(rows.map((row) => row.id))
}
