import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import {
  agreementImportMappings,
  agreementImportRows,
  agreementImports,
  agreementImportWork,
} from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import type { Spreadsheet } from '#platform/spreadsheet/model.ts'
import { headingsKey, matchColumns } from './headings.ts'
import { readLookups } from './lookups.ts'
import { type ImportSettings, limits, parseSettings, settingsFrom } from './model.ts'
import type { OnProgress } from './read-steps.ts'
import type { RowSetting } from './row-draft.ts'

export type BatchRow = typeof agreementImports.$inferSelect

export interface NewBatch {
  readonly fileName: string
  readonly sha256: string | null
  readonly book: Spreadsheet
  readonly sheet: string
  readonly locale: Locale
  readonly by: KnownActor
  readonly at: Temporal.Instant
}

/** Makes a batch that nothing has been read into yet; returns its id. */
export async function createBatch(
  database: Queryable,
  { fileName, sha256, book, sheet, locale, by, at }: NewBatch,
): Promise<string> {
  const id = newId()
  await database.insert(agreementImports).values({
    ...{ id, sha256, sheet, state: 'reading' },
    fileName: fileName.slice(0, limits.fileName),
    format: book.format,
    encoding: book.encoding ?? null,
    date1904: book.date1904,
    sheets: [...book.sheets],
    settings: emptySettings(locale),
    createdBy: by.kind === 'user' ? by.id : null,
    createdAt: at.toString(),
    updatedAt: at.toString(),
  })
  return id
}

const emptySettings = (sourceLocale: Locale): ImportSettings => ({
  columns: [],
  dayOrder: '',
  ...{ sourceLocale, kind: '', state: 'draft', visibility: 'internal', currency: '', amountUnit: '1' },
  partners: {},
})

/** The sheet that is read where nobody says which: the first that can be seen. */
export const usualSheet = ({ sheets }: Pick<Spreadsheet, 'sheets'>): string =>
  (sheets.find(({ hidden }) => !hidden) ?? sheets[0])?.name ?? ''

/** What columns with these headings are taken for: as the last time, else by their names. */
export async function suggestSettings(
  database: Queryable,
  headings: readonly string[],
  before: ImportSettings,
): Promise<ImportSettings> {
  const [kept] = await database
    .select({ settings: agreementImportMappings.settings })
    .from(agreementImportMappings)
    .where(eq(agreementImportMappings.headingsKey, headingsKey(headings)))
  const last = parseSettings(kept?.settings)
  // Whether a day comes first is a matter of who wrote the file, and asked of each.
  if (last.success) return { ...last.data, dayOrder: '' }
  const columns = matchColumns(headings)
  const value = headings[columns.indexOf('value')] ?? ''
  return { ...before, columns, amountUnit: /万|萬/.test(value) ? '10000' : '1' }
}

/** Keeps how these columns were taken, for the next file that has them. */
export async function keepMapping(
  database: Queryable,
  {
    headings,
    settings,
    by,
    at,
  }: {
    readonly headings: readonly string[]
    readonly settings: ImportSettings
    readonly by: KnownActor
    readonly at: Temporal.Instant
  },
): Promise<void> {
  const row = {
    headingsKey: headingsKey(headings),
    settings,
    updatedBy: by.kind === 'user' ? by.id : null,
    updatedAt: at.toString(),
  }
  await database
    .insert(agreementImportMappings)
    .values(row)
    .onConflictDoUpdate({ target: agreementImportMappings.headingsKey, set: row })
}

export async function rowSetting(
  database: Queryable,
  batch: Pick<BatchRow, 'settings' | 'date1904'>,
  today: Temporal.PlainDate,
): Promise<RowSetting> {
  return {
    settings: settingsFrom(batch.settings),
    date1904: batch.date1904,
    lookups: await readLookups(database),
    today,
  }
}

/** The batch of the same file that waits for somebody: a second run goes on with it. */
export async function waitingBatch(
  database: Queryable,
  sha256: string,
  sheet: string,
  by: KnownActor,
): Promise<string | undefined> {
  const userId = by.kind === 'user' ? by.id : null
  const waiting = database
    .select({ one: sql`1` })
    .from(agreementImportRows)
    .where(
      and(
        eq(agreementImportRows.importId, agreementImports.id),
        inArray(agreementImportRows.state, ['wrong', 'ready', 'unchecked']),
        // Headings are no rows that wait.
        sql`${agreementImportRows.number} >= ${agreementImports.headerRow} + ${agreementImports.headerRows}`,
      ),
    )
  const [row] = await database
    .select({ id: agreementImports.id })
    .from(agreementImports)
    .where(
      and(
        eq(agreementImports.sha256, sha256),
        eq(agreementImports.sheet, sheet),
        sql`${agreementImports.createdBy} is not distinct from ${userId}`,
        sql`exists ${waiting}`,
        inArray(agreementImports.state, ['mapping', 'checked']),
      ),
    )
    .orderBy(desc(agreementImports.createdAt))
    .limit(1)
  return row?.id
}

/** Tells how far a batch has come, in a transaction of its own. */
export function progressOf(
  database: Queryable,
  importId: string,
  stage: 'read' | 'check' | 'commit',
  { total = 0, now }: { readonly total?: number; readonly now: () => Temporal.Instant },
): OnProgress {
  return async (done) => {
    const row = { importId, stage, done, total, at: now().toString() }
    await database
      .insert(agreementImportWork)
      .values(row)
      .onConflictDoUpdate({ target: agreementImportWork.importId, set: row })
  }
}
