import { and, eq, inArray, isNotNull, isNull, lt, ne, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementFinding, agreementImportRows, agreements, agreementTexts } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'

/** A row as it may be known already. */
export interface Candidate {
  readonly number: number
  /** The office's number, folded; null for a row without one. */
  readonly referenceKey: string | null
  readonly hash: string | null
  readonly title: string
  readonly kind: string
  readonly sourceLocale: Locale
  readonly signed: string | null
}

/** What the register and the file itself know of some rows. */
export interface Known {
  /** By folded number: the agreement that has it, with its titles; without an id where the actor may not see it. */
  readonly byNumber: ReadonlyMap<string, { readonly id: string | undefined; readonly titles: readonly string[] }>
  /** By hash: the agreement that a row of another import became that said the very same. */
  readonly byHash: ReadonlyMap<string, string>
  /** By row: the agreement without a number that has its title, kind and day of signature. */
  readonly byTitle: ReadonlyMap<number, string>
}

const finding = {
  zh: agreementFinding.titleZh,
  en: agreementFinding.titleEn,
  th: agreementFinding.titleTh,
  vi: agreementFinding.titleVi,
  my: agreementFinding.titleMy,
} as const

/** Looks some rows up at once. What somebody may not see is known by nothing but that its number is taken. */
export async function readKnown(
  database: Queryable,
  actor: Actor,
  importId: string,
  rows: readonly Candidate[],
): Promise<Known> {
  const keys = [...new Set(rows.flatMap(({ referenceKey }) => referenceKey ?? []))]
  const hashes = [...new Set(rows.flatMap(({ hash }) => hash ?? []))]
  const byNumber = new Map<string, { id: string | undefined; titles: string[] }>()
  if (keys.length > 0) {
    // Unscoped: whether a number is taken, whoever has it.
    const taken = await database
      .select({ key: agreements.referenceKey })
      .from(agreements)
      .where(inArray(agreements.referenceKey, keys))
    for (const { key } of taken) if (key !== null) byNumber.set(key, { id: undefined, titles: [] })
    const seen = await database
      .select({ id: agreements.id, key: agreements.referenceKey, title: agreementTexts.title })
      .from(agreements)
      .leftJoin(agreementTexts, eq(agreementTexts.agreementId, agreements.id))
      .where(and(inArray(agreements.referenceKey, keys), visibleTo(actor)))
    for (const { id, key, title } of seen) {
      const before = byNumber.get(key ?? '')?.titles ?? []
      byNumber.set(key ?? '', { id, titles: title === null ? before : [...before, title] })
    }
  }
  const before =
    hashes.length === 0
      ? []
      : await database
          .select({ hash: agreementImportRows.hash, id: agreements.id })
          .from(agreementImportRows)
          .innerJoin(agreements, eq(agreements.id, agreementImportRows.agreementId))
          .where(
            and(
              inArray(agreementImportRows.hash, hashes),
              eq(agreementImportRows.state, 'done'),
              ne(agreementImportRows.importId, importId),
              isNotNull(agreementImportRows.agreementId),
              visibleTo(actor),
            ),
          )
  const byTitle = new Map<number, string>()
  for (const locale of locales) {
    const own = rows.filter((row) => row.referenceKey === null && row.sourceLocale === locale && row.title !== '')
    if (own.length === 0) continue
    const found = await database
      .select({ id: agreements.id, title: finding[locale], kind: agreements.kind, signed: agreements.signed })
      .from(agreementFinding)
      .innerJoin(agreements, eq(agreements.id, agreementFinding.agreementId))
      .where(
        and(
          inArray(finding[locale], [...new Set(own.map(({ title }) => title))]),
          isNull(agreements.referenceKey),
          eq(agreements.sourceLocale, locale),
          visibleTo(actor),
        ),
      )
    for (const row of own) {
      const one = found.find(
        ({ title, kind, signed }) => title === row.title && kind === row.kind && signed === row.signed,
      )
      if (one !== undefined) byTitle.set(row.number, one.id)
    }
  }
  return { byNumber, byHash: new Map(before.map(({ hash, id }) => [hash ?? '', id])), byTitle }
}

/** The first row above that has the same number, or says the very same: by folded number and by hash. */
export async function readTwins(
  database: Queryable,
  importId: string,
  rows: readonly Candidate[],
): Promise<{ readonly byNumber: ReadonlyMap<string, number>; readonly byHash: ReadonlyMap<string, number> }> {
  const first = rows[0]?.number ?? 0
  const of = async (
    column: typeof agreementImportRows.hash | typeof agreementImportRows.referenceKey,
    keys: string[],
  ) => {
    if (keys.length === 0) return new Map<string, number>()
    const found = await database
      .select({ key: column, number: sql<number>`min(${agreementImportRows.number})` })
      .from(agreementImportRows)
      .where(
        and(
          eq(agreementImportRows.importId, importId),
          inArray(column, keys),
          lt(agreementImportRows.number, first),
          ne(agreementImportRows.state, 'left'),
        ),
      )
      .groupBy(column)
    return new Map(found.map(({ key, number }) => [key ?? '', number]))
  }
  return {
    byNumber: await of(agreementImportRows.referenceKey, [...new Set(rows.flatMap((row) => row.referenceKey ?? []))]),
    byHash: await of(agreementImportRows.hash, [...new Set(rows.flatMap((row) => row.hash ?? []))]),
  }
}
