import { eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { visits, visitSelections } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { knownTo } from './choices.ts'
import { checkVisit } from './check.ts'
import type { Typed, VisitWords } from './model.ts'
import { selectionsOf, visitWordsOf } from './queries.ts'
import { changesBetween, lockVisit, recordOn, userOf } from './steps.ts'

export interface VisitForm {
  readonly token: string
  readonly typed: Typed
  /** Kept selections that were ticked. */
  readonly selections: readonly string[]
}

const contentOf = ({ typed, selections }: Pick<VisitForm, 'typed' | 'selections'>): AuditValue => ({
  values: { ...typed.values },
  keep: [...typed.keep],
  selections: [...selections],
})

/** Records a visit; returns its id. @throws DomainError `invalid_input` */
export const recordVisit = command('visits.record', (context: OnceContext, actor, form: VisitForm) =>
  once(context, actor, { token: form.token, action: 'visit.record', content: contentOf(form) }, async (tx) => {
    const checked = checkVisit(form.typed, form.selections, await knownTo(tx))
    if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
    const { words } = checked
    const id = newId()
    const at = context.clock.now()
    const day = at.toString()
    await tx
      .insert(visits)
      .values({ id, ...columnsOf(words), createdBy: userOf(actor), createdAt: day, updatedAt: day })
    await attach(tx, id, words.selectionIds)
    await recordOn(tx, actor, id, { action: 'record', at, changes: changesBetween(undefined, words) })
    return id
  }),
)

export interface VisitChange extends VisitForm {
  readonly id: string
  /** That the form was opened on. */
  readonly version: number
}

/** Changes what a visit says; returns its id. @throws DomainError `not_found`, `stale_version`, `invalid_input`, `visit_archived` */
export const changeVisit = command('visits.record', (context: OnceContext, actor, form: VisitChange) => {
  const { id, token, version } = form
  return once(context, actor, { token, action: `visit.change:${id}`, content: contentOf(form) }, async (tx) => {
    const row = await lockVisit(tx, id)
    const before = visitWordsOf(row, await selectionsOf(tx, id))
    if (row.version !== version) throw new DomainError('stale_version')
    const kept = [...before.hostIds, ...before.guestIds, before.officerId]
    const checked = checkVisit(form.typed, form.selections, await knownTo(tx, kept))
    if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
    const { words } = checked
    const changes = changesBetween(before, words)
    if (changes.every(({ before: one, after }) => JSON.stringify(one) === JSON.stringify(after))) return id
    await tx
      .update(visits)
      .set({ ...columnsOf(words), version: version + 1 })
      .where(eq(visits.id, id))
    await tx.delete(visitSelections).where(eq(visitSelections.visitId, id))
    await attach(tx, id, words.selectionIds)
    await recordOn(tx, actor, id, { action: 'change', at: context.clock.now(), changes })
    return id
  })
})

export interface VisitStep {
  readonly id: string
  readonly token: string
}

/** Puts a visit that is over away, or takes it out again; done already, it does nothing. @throws DomainError `not_found` */
function archiving(action: 'archive' | 'restore') {
  return (context: OnceContext, actor: Parameters<typeof recordOn>[1], { id, token }: VisitStep) =>
    once(context, actor, { token, action: `visit.${action}:${id}` }, async (tx) => {
      const row = await lockVisit(tx, id, { archived: true })
      const at = context.clock.now()
      const archivedAt = action === 'archive' ? at.toString() : null
      if ((row.archivedAt === null) === (archivedAt === null)) return id
      await tx
        .update(visits)
        .set({ archivedAt, version: row.version + 1 })
        .where(eq(visits.id, id))
      await recordOn(tx, actor, id, { action, at })
      return id
    })
}

export const archiveVisit = command('visits.record', archiving('archive'))

export const restoreVisit = command('visits.record', archiving('restore'))

function columnsOf({ selectionIds: _, ...words }: VisitWords) {
  return { ...words, hostIds: [...words.hostIds], guestIds: [...words.guestIds] }
}

async function attach(tx: Transaction, visitId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.insert(visitSelections).values(ids.map((selectionId, position) => ({ visitId, selectionId, position })))
}
