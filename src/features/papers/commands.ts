import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreements, type agreementSeals } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { refreshTokens } from '#features/agreements/search-steps.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { documentOptions } from '#features/documents/queries.ts'
import { checkFiling, checkPaper, type Typed } from './check.ts'
import { markOf } from './mark.ts'
import { filingFields, type Paper, type PaperKind } from './model.ts'
import { filingOf, papersOf, paperTables } from './queries.ts'

export interface PaperContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

export interface PaperInput {
  readonly agreementId: string
  readonly token: string
  readonly kind: PaperKind
  /** Undefined for a new row. */
  readonly id: string | undefined
  /** `markOf` the row that the form was opened on. */
  readonly seen: string
  readonly typed: Typed
  readonly keep: readonly string[]
}

/**
 * Adds a seal, power of attorney or original, or changes one; returns the agreement's id.
 * @throws DomainError `not_found`, `forbidden`, `stale_version` where somebody has changed the row, `invalid_input`
 */
export const savePaper = command('papers.record', (context: PaperContext, actor, input: PaperInput) => {
  const { agreementId, token, kind, id, seen, typed, keep } = input
  const content = { kind, id: id ?? null, ...typed }
  return once(context, actor, { token, action: `paper.save:${agreementId}`, content }, async (tx) => {
    const record = await lockOwn(tx, actor, agreementId)
    const old = id === undefined ? undefined : await seenPaper(tx, record.id, { kind, id, seen })
    const documents = await documentOptions(tx, actor, record.id)
    const known = [...documents.map((document) => document.id), ...[old?.values['documentId']].filter(isText)]
    const checked = checkPaper(kind, typed, {
      parties: record.words.parties.length,
      documentIds: known,
      today: today(context),
      keep,
    })
    if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
    const { value } = checked
    if (old !== undefined && markOf(old.values) === markOf(value)) return record.id
    // One table's columns stand for those of all three: the check has made the row of its kind.
    const table = paperTables[kind] as typeof agreementSeals
    const row = value as unknown as Omit<typeof agreementSeals.$inferInsert, 'id' | 'agreementId'>
    if (old === undefined) await tx.insert(table).values({ ...row, id: newId(), agreementId: record.id })
    else await tx.update(table).set(row).where(eq(table.id, old.id))
    const action = old === undefined ? 'paper.add' : 'paper.edit'
    await note(tx, context, actor, record.id, action, kind, old?.values ?? null, value)
    return record.id
  })
})

export interface PaperRemoval {
  readonly agreementId: string
  readonly token: string
  readonly kind: PaperKind
  readonly id: string
  readonly seen: string
}

/** Takes a row out of the list; the history keeps what it said. Returns the agreement's id. @throws as `savePaper` */
export const removePaper = command('papers.record', (context: PaperContext, actor, input: PaperRemoval) =>
  once(context, actor, { token: input.token, action: `paper.remove:${input.id}` }, async (tx) => {
    const record = await lockOwn(tx, actor, input.agreementId)
    const old = await seenPaper(tx, record.id, input)
    const table = paperTables[input.kind] as typeof agreementSeals
    await tx.delete(table).where(eq(table.id, old.id))
    await note(tx, context, actor, record.id, 'paper.remove', input.kind, old.values, null)
    return record.id
  }),
)

export interface FilingInput {
  readonly agreementId: string
  readonly token: string
  /** `markOf` the filing that the form was opened on. */
  readonly seen: string
  readonly typed: Typed
  readonly keep: readonly string[]
}

/** Records archive number, retention and filing; returns the agreement's id. @throws as `savePaper` */
export const recordFiling = command('papers.record', (context: PaperContext, actor, input: FilingInput) => {
  const { agreementId, token, seen, typed, keep } = input
  return once(context, actor, { token, action: `paper.file:${agreementId}`, content: { ...typed } }, async (tx) => {
    const record = await lockOwn(tx, actor, agreementId)
    const before = await filingOf(tx, record.id)
    if (markOf({ ...before }) !== seen) throw new DomainError('stale_version', { version: record.version })
    const checked = checkFiling(typed, { today: today(context), keep })
    if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
    const { value } = checked
    const changes = filingFields.map((field) => ({
      field: `filing.${field}`,
      before: before[field],
      after: value[field],
    }))
    if (changes.every((change) => change.before === change.after)) return record.id
    await tx.update(agreements).set(value).where(eq(agreements.id, record.id))
    await refreshNextDue(tx, record.id, today(context))
    await refreshTokens(tx, [record.id])
    const subject = { kind: 'agreement', id: record.id }
    await recordAudit(tx, actor, { action: 'paper.file', subject, at: context.clock.now(), changes })
    return record.id
  })
})

const today = (context: PaperContext) => officeDay(context.clock, context.config.officeTimeZone)

const isText = (value: unknown): value is string => typeof value === 'string'

async function seenPaper(
  tx: Transaction,
  agreementId: string,
  { kind, id, seen }: Pick<PaperRemoval, 'kind' | 'id' | 'seen'>,
): Promise<Paper> {
  const paper = (await papersOf(tx, agreementId)).find((one) => one.kind === kind && one.id === id)
  if (paper === undefined) throw new DomainError('not_found')
  if (markOf(paper.values) !== seen) throw new DomainError('stale_version')
  return paper
}

async function note(
  tx: Transaction,
  context: PaperContext,
  actor: KnownActor,
  id: string,
  action: string,
  kind: PaperKind,
  before: AuditValue,
  after: AuditValue,
): Promise<void> {
  const at = context.clock.now()
  await recordAudit(tx, actor, {
    action,
    subject: { kind: 'agreement', id },
    at,
    changes: [{ field: `paper.${kind}`, before, after }],
  })
}
