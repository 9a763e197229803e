import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import {
  agreementImportRows,
  agreementImports,
  agreementImportWork,
  documentVersions,
  storedFiles,
} from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { recordFile } from '#features/documents/stored-file.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { openSpreadsheet } from '#platform/spreadsheet/open.ts'
import type { Storage } from '#platform/storage/storage.ts'
import type { UploadedFile } from '#platform/uploads/receive.ts'
import { createBatch, keepMapping, rowSetting, suggestSettings, usualSheet, waitingBatch } from './batch-steps.ts'
import { outcomesOf, writeOutcomes } from './check-steps.ts'
import { cellsKey, type ImportSettings, settingsFrom } from './model.ts'
import { type ImportBatch, lockImport, requireRow } from './queries.ts'
import { headingsAt } from './read-steps.ts'
import { keepSheet } from './sent-sheet.ts'

export interface ImportContext extends OnceContext {
  readonly storage: Storage
  readonly config: { readonly officeTimeZone: string }
}

export interface NewImport {
  readonly token: string
  readonly file: UploadedFile
  /** The language of titles where the file does not say. */
  readonly locale: Locale
}

/**
 * Makes a batch of a file, or finds the one in which the same file waits already; returns its id. Its rows are read
 * afterwards.
 * @throws SheetError for what is no spreadsheet that can be read
 */
export const startImport = command(
  'agreements.import',
  async (context: ImportContext, actor, { token, file, locale }: NewImport): Promise<string> => {
    await using book = await openSpreadsheet(file.path)
    const sheet = usualSheet(book)
    const known = await waitingBatch(context.database, file.sha256, sheet, actor)
    if (known !== undefined) return known
    const taken = await keepSheet(context.storage, file, book)
    const content = { sha256: file.sha256 }
    return await once(context, actor, { token, action: 'agreement_import.start', content }, async (tx) => {
      await recordFile(tx, context.storage, taken)
      const at = context.clock.now()
      const { name: fileName, sha256 } = file
      const id = await createBatch(tx, { fileName, sha256, book, sheet, locale, by: actor, at })
      await recordAudit(tx, actor, {
        action: 'agreement_import.start',
        subject: { kind: 'agreement_import', id },
        at,
        changes: [{ field: 'file', before: null, after: fileName }],
      })
      return id
    })
  },
)

interface Change {
  readonly id: string
  /** The version that the form was opened on. */
  readonly version: number
}

type Fields = Partial<typeof agreementImports.$inferInsert>

/** @throws DomainError `stale_version`, `busy` while it is worked on */
async function change(
  context: ImportContext,
  actor: KnownActor,
  { id, version }: Change,
  fieldsOf: (tx: Transaction, batch: ImportBatch) => Promise<Fields> | Fields,
): Promise<void> {
  await context.database.transaction(async (tx) => {
    const batch = await lockImport(tx, actor, id)
    if (batch.version !== version) throw new DomainError('stale_version', { version: batch.version })
    if (batch.state === 'reading' || batch.state === 'checking') throw new DomainError('busy')
    const fields = await fieldsOf(tx, batch)
    const updatedAt = context.clock.now().toString()
    await tx
      .update(agreementImports)
      .set({ ...fields, version: version + 1, updatedAt })
      .where(eq(agreementImports.id, id))
  })
}

/** Has another sheet read instead; what was mended in the batch goes. @throws DomainError `invalid_input` */
export const chooseSheet = command(
  'agreements.import',
  (context: ImportContext, actor, { sheet, ...where }: Change & { readonly sheet: string }) =>
    change(context, actor, where, async (tx, batch) => {
      if (!batch.sheets.some(({ name }) => name === sheet)) {
        throw new DomainError('invalid_input', {}, [
          { path: 'sheet', code: 'unknown_choice', params: { value: sheet.slice(0, 40) } },
        ])
      }
      const [done] = await tx
        .select({ number: agreementImportRows.number })
        .from(agreementImportRows)
        .where(and(eq(agreementImportRows.importId, batch.id), eq(agreementImportRows.state, 'done')))
        .limit(1)
      if (done !== undefined) throw new DomainError('transition_not_allowed')
      return { sheet, state: 'reading', findings: null, failure: null }
    }),
)

/** Says where the headings stand; the columns are matched anew. */
export const placeHeader = command(
  'agreements.import',
  (context: ImportContext, actor, { row, rows, ...where }: Change & { readonly row: number; readonly rows: 1 | 2 }) =>
    change(context, actor, where, async (tx, batch) => {
      const headings = await headingsAt(tx, batch.id, row, rows)
      const settings = await suggestSettings(tx, headings, settingsFrom(batch.settings))
      return { headerRow: row, headerRows: rows, headings, settings, state: 'mapping' }
    }),
)

/**
 * Takes the columns as said, keeps that for the next file, and has every row checked.
 * @throws DomainError `invalid_input` without the declaration that the file holds no secrets
 */
export const takeColumns = command(
  'agreements.import',
  (
    context: ImportContext,
    actor,
    {
      settings,
      holdsNoSecrets,
      ...where
    }: Change & { readonly settings: ImportSettings; readonly holdsNoSecrets: boolean },
  ) =>
    change(context, actor, where, async (tx, batch) => {
      const isDeclared = batch.secrecyDeclaredAt !== null
      if (!holdsNoSecrets && !isDeclared) {
        throw new DomainError('invalid_input', {}, [{ path: 'secrecy', code: 'secrecy' }])
      }
      const at = context.clock.now()
      await keepMapping(tx, { headings: batch.headings, settings, by: actor, at })
      const by = actor.kind === 'user' ? actor.id : null
      const declared = isDeclared ? {} : { secrecyDeclaredBy: by, secrecyDeclaredAt: at.toString() }
      return { settings, ...declared, state: 'checking' }
    }),
)

export interface MendedRow {
  readonly id: string
  readonly number: number
  /** Of the cells as the form was opened on them. */
  readonly cellsKey: string
  /** By column of the file. Undefined: they stay as they are. */
  readonly cells?: readonly string[]
  /** Whether the row is left out. */
  readonly left: boolean
}

/**
 * Changes the cells of a row in the batch and checks it, or leaves it out; returns its state.
 * @throws DomainError `stale_version` where somebody has changed it meanwhile, `busy` while the batch is worked on
 */
export const mendRow = command(
  'agreements.import',
  (context: ImportContext, actor, { id, number, cells, left, cellsKey: seen }: MendedRow): Promise<string> =>
    context.database.transaction(async (tx) => {
      const batch = await lockImport(tx, actor, id)
      if (batch.state !== 'checked') throw new DomainError('busy')
      const row = await requireRow(tx, id, number)
      if (cellsKey(row.cells) !== seen || row.state === 'done') throw new DomainError('stale_version', { version: 0 })
      const now = cells === undefined ? row.cells : cells
      const mended = row.mended || cellsKey(now) !== seen
      await tx
        .update(agreementImportRows)
        .set({
          ...{ cells: [...now], mended, state: left ? 'left' : 'unchecked' },
          ...(left ? { problems: null, referenceKey: null, hash: null, agreementId: null } : {}),
        })
        .where(and(eq(agreementImportRows.importId, id), eq(agreementImportRows.number, number)))
      if (left) return 'left'
      const setting = await rowSetting(tx, batch, officeDay(context.clock, context.config.officeTimeZone))
      const [outcome] = await outcomesOf(tx, actor, id, [{ number, cells: now }], setting)
      if (outcome === undefined) return 'unchecked'
      await writeOutcomes(tx, id, [outcome])
      if (outcome.checked.confidential) {
        await tx.update(agreementImports).set({ confidential: true }).where(eq(agreementImports.id, id))
      }
      return outcome.state
    }),
)

/** Removes a batch with all its rows; what it committed stays in the register, and its file goes with the next sweep. */
export const discardImport = command('agreements.import', async (context: ImportContext, actor, id: string) => {
  await context.database.transaction(async (tx) => {
    const batch = await lockImport(tx, actor, id)
    await tx.delete(agreementImportWork).where(eq(agreementImportWork.importId, id))
    await tx.delete(agreementImports).where(eq(agreementImports.id, id))
    if (batch.sha256 !== null) await forgetFile(tx, batch.sha256)
    await recordAudit(tx, actor, {
      action: 'agreement_import.discard',
      subject: { kind: 'agreement_import', id },
      at: context.clock.now(),
      changes: [{ field: 'file', before: batch.fileName, after: null }],
    })
  })
})

async function forgetFile(tx: Transaction, sha256: string): Promise<void> {
  await tx
    .delete(storedFiles)
    .where(
      and(
        eq(storedFiles.sha256, sha256),
        sql`not exists (select 1 from ${documentVersions} where ${documentVersions.sha256} = ${sha256})`,
        sql`not exists (select 1 from ${agreementImports} where ${agreementImports.sha256} = ${sha256})`,
      ),
    )
}
