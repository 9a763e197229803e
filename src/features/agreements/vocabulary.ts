import { eq, inArray, or } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { partners, vocabularies } from '#db/schema/index.ts'
import type { Vocabulary } from './check.ts'
import type { AgreementDraft } from './draft.ts'
import { isUuid } from '#platform/forms/once.ts'

/** What a form may choose from, as far as it was chosen: the partners are looked up, not listed. */
export async function vocabularyFor(database: Queryable, draft: AgreementDraft): Promise<Vocabulary> {
  const codes = await database
    .select({ kind: vocabularies.kind, code: vocabularies.code })
    .from(vocabularies)
    .where(or(eq(vocabularies.kind, 'field'), eq(vocabularies.kind, 'country')))
  const of = (kind: string) => new Set(codes.filter((row) => row.kind === kind).map((row) => row.code))
  return { fields: of('field'), countries: of('country'), partners: await knownPartners(database, draft) }
}

async function knownPartners(database: Queryable, draft: AgreementDraft): Promise<ReadonlySet<string>> {
  const chosen = [...new Set(draft.parties.map((party) => party.partnerId))].filter(isUuid)
  if (chosen.length === 0) return new Set()
  const rows = await database.select({ id: partners.id }).from(partners).where(inArray(partners.id, chosen))
  return new Set(rows.map((row) => row.id))
}
