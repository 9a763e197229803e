import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import { among } from '#db/among.ts'
import type { Queryable } from '#db/client.ts'
import {
  agreementClauses,
  agreementDocuments,
  agreementParties,
  agreements,
  agreementTexts,
  documentVersions,
} from '#db/schema/index.ts'
import { type AuditValue, canonicalJson, sha256 } from '#platform/audit/canonical.ts'

/**
 * The substance of an agreement: what an approval is of. These columns of the agreement itself, and beside them
 * - the title in the source language and every title that is marked official,
 * - the summary in the source language,
 * - the parties in their order: who, in which role, from where, and the language of their original; of a name the
 *   languages in which it is marked official, all of them where none is,
 * - the clauses side by side,
 * - the drafts and annexes that are on file: which, in which language, and the hash of the newest version.
 *
 * Not substance: numbers, visibility, fields of work, translations for readers, who signed and when, seals, filing,
 * the office's own lead time, who is responsible.
 */
export const substanceColumns = [
  'kind',
  'sourceLocale',
  'effective',
  'effectivePrecision',
  'ends',
  'endsPrecision',
  'openEnded',
  'renewal',
  'renewalMonths',
  'renewalLimit',
  'noticeAmount',
  'noticeUnit',
  'authenticLanguages',
  'prevailingLanguage',
  'valueAmount',
  'valueCurrency',
  'technologyAmount',
] as const satisfies readonly (keyof typeof agreements.$inferSelect)[]

/** Kinds of document whose words are agreed on. */
export const substanceDocuments: readonly string[] = ['draft', 'annex']

type PartyRow = typeof agreementParties.$inferSelect

export type Substance = Readonly<Record<string, AuditValue>>

/** SHA-256 over the canonical substance, as 64 hexadecimal digits. */
export function contentHash(substance: Substance): string {
  return sha256(canonicalJson(substance))
}

/** The substance of agreements as they stand in the transaction, by their ids; those that do not exist are left out. */
export async function readSubstances(
  database: Queryable,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, Substance>> {
  const ids = [...agreementIds]
  if (ids.length === 0) return new Map()
  const [rows, allTexts, allParties, allClauses, allPapers] = await Promise.all([
    database.select().from(agreements).where(among(agreements.id, ids)),
    database
      .select()
      .from(agreementTexts)
      .where(among(agreementTexts.agreementId, ids))
      .orderBy(asc(agreementTexts.locale)),
    database
      .select()
      .from(agreementParties)
      .where(among(agreementParties.agreementId, ids))
      .orderBy(asc(agreementParties.position)),
    database
      .select()
      .from(agreementClauses)
      .where(among(agreementClauses.agreementId, ids))
      .orderBy(asc(agreementClauses.position)),
    readPapers(database, ids),
  ])
  const texts = Map.groupBy(allTexts, (text) => text.agreementId)
  const parties = Map.groupBy(allParties, (party) => party.agreementId)
  const clauses = Map.groupBy(allClauses, (clause) => clause.agreementId)
  const papers = Map.groupBy(allPapers, (paper) => paper.agreementId)
  return new Map(
    rows.map((row) => {
      const own = texts.get(row.id) ?? []
      const titles = own.filter(
        (text) => text.title !== null && (text.titleOfficial || text.locale === row.sourceLocale),
      )
      return [
        row.id,
        {
          ...Object.fromEntries(substanceColumns.map((column) => [column, row[column]])),
          titles: Object.fromEntries(titles.map((text) => [text.locale, text.title])),
          summary: own.find((text) => text.locale === row.sourceLocale)?.summary ?? null,
          parties: (parties.get(row.id) ?? []).map((party) => ({
            partnerId: party.partnerId,
            names: namesAgreed(party),
            country: party.country,
            role: party.role,
            originalLanguage: party.originalLanguage,
          })),
          clauses: (clauses.get(row.id) ?? []).map(({ heading, words }) => ({ heading, words })),
          documents: (papers.get(row.id) ?? []).map(({ id, kind, language, sha256: hash }) => ({
            id,
            kind,
            language,
            sha256: hash,
          })),
        },
      ]
    }),
  )
}

/** A party's names that stand on the paper; all where none is marked so. */
function namesAgreed({ names, officialNames }: PartyRow): PartyRow['names'] {
  if (names === null || officialNames.length === 0) return names
  return Object.fromEntries(Object.entries(names).filter(([tag]) => officialNames.includes(tag)))
}

/** Drafts and annexes that are on file, each with its newest version. */
function readPapers(database: Queryable, agreementIds: string[]) {
  return database
    .selectDistinctOn([agreementDocuments.id], {
      agreementId: agreementDocuments.agreementId,
      id: agreementDocuments.id,
      kind: agreementDocuments.kind,
      language: agreementDocuments.language,
      sha256: documentVersions.sha256,
    })
    .from(agreementDocuments)
    .innerJoin(documentVersions, eq(documentVersions.documentId, agreementDocuments.id))
    .where(
      and(
        among(agreementDocuments.agreementId, agreementIds),
        inArray(agreementDocuments.kind, [...substanceDocuments]),
        isNull(agreementDocuments.archivedAt),
      ),
    )
    .orderBy(agreementDocuments.id, desc(documentVersions.version))
}

/** The hashes of what agreements say now, by their ids. */
export async function currentHashes(
  database: Queryable,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const substances = await readSubstances(database, agreementIds)
  return new Map([...substances].map(([id, substance]) => [id, contentHash(substance)]))
}

/** The hash of what an agreement says now. @throws where there is no such agreement. */
export async function currentHash(database: Queryable, agreementId: string): Promise<string> {
  const hash = (await currentHashes(database, [agreementId])).get(agreementId)
  if (hash === undefined) throw new Error(`there is no agreement ${agreementId}`)
  return hash
}
