import { createReadStream } from 'node:fs'
import { eq } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { agreementImports } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { recordFile } from '#features/documents/stored-file.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { openSpreadsheet } from '#platform/spreadsheet/open.ts'
import type { Spreadsheet } from '#platform/spreadsheet/model.ts'
import type { StagedFile } from '#platform/storage/staging.ts'
import type { Storage } from '#platform/storage/storage.ts'
import {
  createBatch,
  keepMapping,
  progressOf,
  rowSetting,
  suggestSettings,
  usualSheet,
  waitingBatch,
} from './batch-steps.ts'
import { checkBatch } from './check-steps.ts'
import { commitInOneGo } from './commit-steps.ts'
import { MappingError, type MappingFile, withMapping } from './mapping-file.ts'
import { type RowProblem, settingsFrom, type Target } from './model.ts'
import { countsOf, type RowCounts, wrongRows } from './queries.ts'
import { headingsAt, type OnProgress, readRows } from './read-steps.ts'
import { keepSheet } from './sent-sheet.ts'

export interface FileImportContext {
  readonly database: Database
  readonly clock: Clock
  readonly storage: Storage
  readonly config: { readonly officeTimeZone: string }
}

export interface FileImport {
  readonly path: string
  readonly fileName: string
  readonly mapping: MappingFile
  /** Checks and changes nothing. */
  readonly dryRun: boolean
  /** The language of titles where the file does not say. */
  readonly locale: Locale
  readonly onProgress: (stage: 'read' | 'check' | 'commit', done: number) => void
  /** Told before anything is checked. */
  readonly onRead: (found: FileFound) => void
  /** Told of each thing that is wrong, in the order of the file. */
  readonly onProblem: (row: number, heading: string, problem: RowProblem) => void
}

export interface FileFound {
  readonly sheet: string
  readonly hiddenSheets: number
  readonly encoding: string | undefined
  readonly formulas: number
  readonly merged: number
  readonly headerRow: number
  /** Headings of columns that are not read. */
  readonly unread: readonly string[]
}

export interface FileReport {
  readonly importId: string
  readonly counts: RowCounts
  /** Agreements that were added. */
  readonly added: number
}

class DryRun extends Error {
  readonly report: FileReport

  constructor(report: FileReport) {
    super('a dry run')
    this.report = report
  }
}

/**
 * Takes a file into the register: what is right in one transaction, the rest waits in a batch with its reasons. With
 * `dryRun` all of it happens in a transaction that is taken back.
 * @throws SheetError for what cannot be read, MappingError for a mapping that does not fit
 */
export const importFile = command(
  'agreements.import',
  async (context: FileImportContext, actor, input: FileImport): Promise<FileReport> => {
    const { database, clock, storage } = context
    const file = await storage.stage(createReadStream(input.path))
    try {
      await using book = await openSpreadsheet(file.path)
      const sheet = input.mapping.sheet ?? usualSheet(book)
      if (input.dryRun) return await tryOut(context, actor, input, book, sheet)
      const known = await waitingBatch(database, file.sha256, sheet, actor)
      const id = known ?? (await keepNew(context, actor, input, { file, book, sheet }))
      const tell = (stage: Stage) => progressOf(database, id, stage, { now: () => clock.now() })
      await readAndCheck(context, database, actor, input, { id, book, sheet, known: known !== undefined, tell })
      const progress = tell('commit')
      const added = await commitInOneGo(context, actor, id, async (done) => {
        input.onProgress('commit', done)
        await progress(done)
      })
      return { importId: id, counts: await countsOf(database, id), added }
    } finally {
      await file.discard()
    }
  },
)

/** The same up to what would be committed, in a transaction that is taken back. */
async function tryOut(
  context: FileImportContext,
  actor: KnownActor,
  input: FileImport,
  book: Spreadsheet,
  sheet: string,
): Promise<FileReport> {
  try {
    return await context.database.transaction(async (tx) => {
      const { fileName, locale } = input
      const at = context.clock.now()
      const id = await createBatch(tx, { fileName, locale, sha256: null, book, sheet, by: actor, at })
      await readAndCheck(context, tx, actor, input, { id, book, sheet, known: false, tell: () => undefined })
      throw new DryRun({ importId: id, counts: await countsOf(tx, id), added: 0 })
    })
  } catch (error) {
    if (error instanceof DryRun) return error.report
    throw error
  }
}

type Stage = 'read' | 'check' | 'commit'

interface Work {
  readonly id: string
  readonly book: Spreadsheet
  readonly sheet: string
  /** The file has been read before, and waits in this batch. */
  readonly known: boolean
  readonly tell: (stage: Stage) => OnProgress | undefined
}

async function readAndCheck(
  { clock, config }: FileImportContext,
  database: Queryable,
  actor: KnownActor,
  input: FileImport,
  { id, book, sheet, known, tell }: Work,
): Promise<void> {
  const both = (stage: 'read' | 'check') => async (done: number) => {
    input.onProgress(stage, done)
    await tell(stage)?.(done)
  }
  if (!known) await readRows(database, id, book, sheet, both('read'))
  const [batch] = await database.select().from(agreementImports).where(eq(agreementImports.id, id))
  if (batch === undefined) throw new Error('the batch is gone')
  const headerRow = input.mapping.headerRow ?? batch.headerRow
  const headerRows = input.mapping.headerRows ?? (input.mapping.headerRow === undefined ? batch.headerRows : 1)
  const headings = await headingsAt(database, id, headerRow, headerRows === 2 ? 2 : 1)
  const before = settingsFrom(batch.settings)
  const suggested = known ? before : await suggestSettings(database, headings, before)
  const settings = await withMapping(database, suggested, headings, input.mapping)
  if (!settings.columns.some((target) => target !== '')) throw new MappingError('import_no_columns')
  await database
    .update(agreementImports)
    .set({ settings, headings, headerRow, headerRows, state: 'checked' })
    .where(eq(agreementImports.id, id))
  input.onRead({
    sheet,
    hiddenSheets: book.sheets.filter(({ hidden }) => hidden).length,
    encoding: book.encoding,
    formulas: batch.findings?.formulas ?? 0,
    merged: batch.findings?.merged ?? 0,
    headerRow,
    unread: headings.filter((heading, column) => heading !== '' && (settings.columns[column] ?? '') === ''),
  })
  const today = officeDay(clock, config.officeTimeZone)
  const setting = await rowSetting(database, { ...batch, settings }, today)
  await checkBatch(database, actor, { id, headerRow, headerRows }, setting, both('check'))
  if (!input.dryRun) await keepMapping(database, { headings, settings, by: actor, at: clock.now() })
  await tellProblems(database, id, headings, settings.columns, input.onProblem)
}

async function tellProblems(
  database: Queryable,
  id: string,
  headings: readonly string[],
  columns: readonly (Target | '')[],
  onProblem: FileImport['onProblem'],
): Promise<void> {
  for await (const { number, problems } of wrongRows(database, id)) {
    for (const problem of problems) {
      onProblem(number, headings[columns.indexOf(problem.key as Target)] ?? '', problem)
    }
  }
}

async function keepNew(
  { database, clock, storage }: FileImportContext,
  actor: KnownActor,
  { fileName, locale }: FileImport,
  { file, book, sheet }: { file: StagedFile; book: Spreadsheet; sheet: string },
): Promise<string> {
  const taken = await keepSheet(storage, file, book)
  return database.transaction(async (tx) => {
    await recordFile(tx, storage, taken)
    const { sha256 } = file
    return createBatch(tx, { fileName, locale, sha256, book, sheet, by: actor, at: clock.now() })
  })
}
