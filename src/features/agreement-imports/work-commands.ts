import { eq, lt } from 'drizzle-orm'
import { agreementImportWork, agreementImports } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { SheetError } from '#platform/spreadsheet/model.ts'
import { openSpreadsheet } from '#platform/spreadsheet/open.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { progressOf, rowSetting, suggestSettings } from './batch-steps.ts'
import { checkBatch } from './check-steps.ts'
import { commitInOneGo, type CommitContext } from './commit-steps.ts'
import { settingsFrom } from './model.ts'
import { type ImportBatch, patienceSeconds, requireImport } from './queries.ts'
import { readRows } from './read-steps.ts'

export interface WorkContext extends CommitContext {
  readonly storage: Storage
}

/**
 * Does what a batch waits for: reads its file, checks its rows, or commits what is ready; nothing while somebody else
 * is at it. Where it is broken off, the batch is as before, and may be worked on again after a minute of silence.
 * Returns how many agreements it added.
 */
export const workImport = command(
  'agreements.import',
  async (
    context: WorkContext,
    actor,
    { id, commit }: { readonly id: string; readonly commit: boolean },
  ): Promise<number> => {
    const batch = await requireImport(context.database, actor, id)
    const stage = batch.state === 'reading' ? 'read' : batch.state === 'checking' ? 'check' : 'commit'
    if (stage === 'commit' && (!commit || batch.state !== 'checked')) return 0
    if (!(await claim(context, id, stage))) return 0
    try {
      if (stage === 'read') await readFile(context, batch)
      else if (stage === 'check') await check(context, actor, batch)
      else return await commitInOneGo(context, actor, id, progressOf(context.database, id, 'commit', now(context)))
      return 0
    } finally {
      await context.database.delete(agreementImportWork).where(eq(agreementImportWork.importId, id))
    }
  },
)

const now = ({ clock }: { readonly clock: Clock }) => ({ now: () => clock.now() })

async function claim({ database, clock }: WorkContext, importId: string, stage: 'read' | 'check' | 'commit') {
  const at = clock.now()
  const row = { importId, stage, done: 0, total: 0, at: at.toString() }
  const claimed = await database
    .insert(agreementImportWork)
    .values(row)
    .onConflictDoUpdate({
      target: agreementImportWork.importId,
      set: row,
      setWhere: lt(agreementImportWork.at, at.subtract({ seconds: patienceSeconds }).toString()),
    })
    .returning({ id: agreementImportWork.importId })
  return claimed.length > 0
}

async function readFile(context: WorkContext, batch: ImportBatch): Promise<void> {
  const { database, storage } = context
  const set = (fields: Partial<typeof agreementImports.$inferInsert>) =>
    database.update(agreementImports).set(fields).where(eq(agreementImports.id, batch.id))
  const file = await storage.stage(await storage.read(batch.sha256 ?? ''))
  try {
    await using book = await openSpreadsheet(file.path)
    const progress = progressOf(database, batch.id, 'read', now(context))
    const { headings, row } = await readRows(database, batch.id, book, batch.sheet, progress)
    if (row === 0) throw new SheetError('sheet_no_rows')
    const settings = await suggestSettings(database, headings, settingsFrom(batch.settings))
    await set({ settings, state: 'mapping' })
  } catch (error) {
    if (!(error instanceof SheetError)) throw error
    await set({ state: 'failed', failure: { code: error.code, params: error.params } })
  } finally {
    await file.discard()
  }
}

async function check(context: WorkContext, actor: KnownActor, batch: ImportBatch): Promise<void> {
  const { database, clock, config } = context
  const progress = progressOf(database, batch.id, 'check', now(context))
  const setting = await rowSetting(database, batch, officeDay(clock, config.officeTimeZone))
  await checkBatch(database, actor, batch, setting, progress)
  await database.update(agreementImports).set({ state: 'checked' }).where(eq(agreementImports.id, batch.id))
}
