import { and, eq, sql } from 'drizzle-orm'
import { sqlState, type Transaction } from '#db/client.ts'
import { keptSelections } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { checkWords, keyOf, type SelectionContents } from './model.ts'
import { columnsOf, contentsOf } from './own.ts'

/** What staff do with selections that they keep under a name. */

type Row = typeof keptSelections.$inferSelect

export interface KeepStep {
  readonly token: string
  readonly name: string
  readonly contents: SelectionContents
}

/**
 * Keeps a selection under a name, in place of what was kept under it before; returns its id.
 * @throws DomainError `invalid_input` for a name that is missing or too long
 */
export const keepSelection = command('visits.record', async (context: OnceContext, actor, input: KeepStep) => {
  const checked = checkWords(input.name, 'name', { required: true })
  if ('problem' in checked) throw new DomainError('invalid_input', {}, [checked.problem])
  const { token, contents } = input
  const name = checked.words
  const content = { name, contents: auditOf(contents) }
  return once(context, actor, { token, action: 'selection.keep', content }, async (tx) => {
    const at = context.clock.now()
    // Whoever keeps another under the same name waits here.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kept_selections'))`)
    const [before] = await tx.select().from(keptSelections).where(eq(keptSelections.name, name)).for('update')
    const id = before?.id ?? newId()
    const by = userOf(actor)
    const values = { ...columnsOf(contents), updatedBy: by, updatedAt: at.toString() }
    if (before === undefined) {
      await tx.insert(keptSelections).values({ id, name, ...values, createdBy: by, createdAt: at.toString() })
    } else {
      await tx
        .update(keptSelections)
        .set({ ...values, version: before.version + 1 })
        .where(eq(keptSelections.id, id))
    }
    await recordAudit(tx, actor, {
      action: 'selection.keep',
      subject: { kind: 'selection', id },
      at,
      changes: [
        { field: 'name', before: before?.name ?? null, after: name },
        {
          field: 'contents',
          before: before === undefined ? null : auditOf(contentsOf(before)),
          after: auditOf(contents),
        },
      ],
    })
    return id
  })
})

export interface DescribeStep {
  readonly token: string
  readonly id: string
  readonly version: number
  readonly name: string
  readonly notes: string
}

/**
 * Gives a kept selection another name, and notes for the office; returns its id.
 * @throws DomainError `not_found`, `stale_version`, `invalid_input`
 */
export const describeSelection = command('visits.record', async (context: OnceContext, actor, input: DescribeStep) => {
  const name = checkWords(input.name, 'name', { required: true })
  const notes = checkWords(input.notes, 'notes', { lines: true })
  const problems = [name, notes].flatMap((one): readonly FieldProblem[] => ('problem' in one ? [one.problem] : []))
  if ('problem' in name || 'problem' in notes) throw new DomainError('invalid_input', {}, problems)
  const { id, token, version } = input
  const content = { version, name: name.words, notes: notes.words }
  try {
    return await once(context, actor, { token, action: `selection.describe:${id}`, content }, async (tx) => {
      const row = await lock(tx, id)
      if (row.version !== version) throw new DomainError('stale_version')
      const at = context.clock.now()
      const kept = notes.words === '' ? null : notes.words
      await tx
        .update(keptSelections)
        .set({
          name: name.words,
          notes: kept,
          version: version + 1,
          updatedBy: userOf(actor),
          updatedAt: at.toString(),
        })
        .where(eq(keptSelections.id, id))
      await recordAudit(tx, actor, {
        action: 'selection.describe',
        subject: { kind: 'selection', id },
        at,
        changes: [
          { field: 'name', before: row.name, after: name.words },
          { field: 'notes', before: row.notes, after: kept },
        ],
      })
      return id
    })
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    throw new DomainError('invalid_input', {}, [{ path: 'name', code: 'name_taken' }], error)
  }
})

/** Forgets a kept selection, and takes it off the visits that show it; returns its id. @throws DomainError `not_found` */
export const forgetSelection = command(
  'visits.record',
  async (context: OnceContext, actor, { id, token }: { readonly id: string; readonly token: string }) =>
    once(context, actor, { token, action: `selection.forget:${id}` }, async (tx) => {
      const row = await lock(tx, id)
      await tx.delete(keptSelections).where(and(eq(keptSelections.id, id)))
      await recordAudit(tx, actor, {
        action: 'selection.forget',
        subject: { kind: 'selection', id },
        at: context.clock.now(),
        changes: [
          { field: 'name', before: row.name, after: null },
          { field: 'contents', before: auditOf(contentsOf(row)), after: null },
        ],
      })
      return id
    }),
)

async function lock(tx: Transaction, id: string): Promise<Row> {
  const [row] = isUuid(id) ? await tx.select().from(keptSelections).where(eq(keptSelections.id, id)).for('update') : []
  if (row === undefined) throw new DomainError('not_found')
  return row
}

const uniqueViolation = '23505'

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)

function auditOf({ items, ...rest }: SelectionContents): AuditValue {
  return { ...rest, items: items.map(keyOf) }
}
