import { and, count, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { visitEntries, visitPeople, visitTasks } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { knownTo } from './choices.ts'
import { checkEntry, checkPerson, checkTask } from './check.ts'
import { limits, type Typed } from './model.ts'
import { visitWordsOf } from './queries.ts'
import { changesBetween, lockVisit, recordOn, userOf } from './steps.ts'

/** What is done with the people, the programme and the tasks of a visit: each kind in the same way. */

export interface PartForm {
  readonly visitId: string
  /** Undefined for one that is not there yet. */
  readonly id: string | undefined
  /** That the form was opened on; of one that is there. */
  readonly version: number
  readonly token: string
  readonly typed: Typed
}

export interface PartStep {
  readonly visitId: string
  readonly id: string
  readonly token: string
}

type PartTable = typeof visitPeople | typeof visitEntries | typeof visitTasks

type Row = { readonly id: string; readonly visitId: string; readonly version: number } & Record<string, unknown>

interface Part {
  readonly name: 'person' | 'entry' | 'task'
  readonly table: PartTable
  readonly most: number
  readonly check: (
    tx: Transaction,
    typed: Typed,
    around: { readonly visit: ReturnType<typeof visitWordsOf>; readonly before: Row | undefined },
  ) => Promise<{ readonly words: object } | { readonly problems: readonly FieldProblem[] }>
}

const person: Part = {
  name: 'person',
  table: visitPeople,
  most: limits.people,
  check: async (tx, typed, { before }) =>
    checkPerson(typed, await knownTo(tx, [(before?.['partnerId'] ?? null) as string | null])),
}

const entry: Part = {
  name: 'entry',
  table: visitEntries,
  most: limits.entries,
  check: (_, typed, { visit }) => Promise.resolve(checkEntry(typed, visit)),
}

const task: Part = {
  name: 'task',
  table: visitTasks,
  most: limits.tasks,
  check: async (tx, typed, { before }) =>
    checkTask(typed, await knownTo(tx, [(before?.['officerId'] ?? null) as string | null])),
}

/** Fields of a row that no form says. */
const aside = ['id', 'visitId', 'version', 'createdAt', 'doneAt', 'doneBy']

const wordsOf = (row: Row | undefined) =>
  row && Object.fromEntries(Object.entries(row).filter(([field]) => !aside.includes(field)))

async function find(tx: Transaction, { table }: Part, visitId: string, id: string): Promise<Row> {
  const [row] = isUuid(id)
    ? await tx
        .select()
        .from(table)
        .where(and(eq(table.id, id), eq(table.visitId, visitId)))
    : []
  if (row === undefined) throw new DomainError('not_found')
  return row
}

/** Returns the id of the part. @throws DomainError `not_found`, `stale_version`, `invalid_input`, `visit_archived` */
function saving(part: Part) {
  return (context: OnceContext, actor: KnownActor, { visitId, id, version, token, typed }: PartForm) => {
    const content: AuditValue = { values: { ...typed.values }, keep: [...typed.keep] }
    const action = `visit.save_${part.name}:${visitId}:${id ?? ''}`
    return once(context, actor, { token, action, content }, async (tx) => {
      const visit = visitWordsOf(await lockVisit(tx, visitId), [])
      const before = id === undefined ? undefined : await find(tx, part, visitId, id)
      if (before !== undefined && before.version !== version) throw new DomainError('stale_version')
      const checked = await part.check(tx, typed, { visit, before })
      if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
      const at = context.clock.now()
      const own = before?.id ?? newId()
      const { table } = part
      if (before === undefined) {
        await refuseTooMany(tx, part, visitId)
        const row = { id: own, visitId, ...checked.words, ...(part.name === 'task' && { createdAt: at.toString() }) }
        await tx.insert(table as typeof visitPeople).values(row as typeof visitPeople.$inferInsert)
      } else {
        await tx
          .update(table as typeof visitPeople)
          .set({ ...checked.words, version: version + 1 })
          .where(eq(table.id, own))
      }
      const changes = changesBetween(wordsOf(before), checked.words, `${part.name}.`)
      await recordOn(tx, actor, visitId, { action: `save_${part.name}`, at, changes })
      return own
    })
  }
}

async function refuseTooMany(tx: Transaction, { table, most }: Part, visitId: string): Promise<void> {
  const [{ n } = { n: 0 }] = await tx.select({ n: count() }).from(table).where(eq(table.visitId, visitId))
  if (n >= most)
    throw new DomainError('invalid_input', {}, [{ path: '', code: 'too_many_entries', params: { max: most } }])
}

/** Returns the id of the part. @throws DomainError `not_found`, `visit_archived` */
function removing(part: Part) {
  return (context: OnceContext, actor: KnownActor, { visitId, id, token }: PartStep) =>
    once(context, actor, { token, action: `visit.remove_${part.name}:${visitId}:${id}` }, async (tx) => {
      await lockVisit(tx, visitId)
      const before = await find(tx, part, visitId, id)
      await tx.delete(part.table).where(eq(part.table.id, id))
      await recordOn(tx, actor, visitId, {
        action: `remove_${part.name}`,
        at: context.clock.now(),
        changes: changesBetween(wordsOf(before), undefined, `${part.name}.`),
      })
      return id
    })
}

export const savePerson = command('visits.record', saving(person))
export const removePerson = command('visits.record', removing(person))
export const saveEntry = command('visits.record', saving(entry))
export const removeEntry = command('visits.record', removing(entry))
export const saveTask = command('visits.record', saving(task))
export const removeTask = command('visits.record', removing(task))

/** Says that a task is done, or that it is not after all; said already, nothing happens. @throws DomainError `not_found` */
function finishing(isDone: boolean) {
  return (context: OnceContext, actor: KnownActor, { visitId, id, token }: PartStep) => {
    const action = isDone ? 'finish_task' : 'reopen_task'
    return once(context, actor, { token, action: `visit.${action}:${id}` }, async (tx) => {
      await lockVisit(tx, visitId, { archived: true })
      const before = await find(tx, task, visitId, id)
      if ((before['doneAt'] !== null) === isDone) return id
      const at = context.clock.now()
      await tx
        .update(visitTasks)
        .set(isDone ? { doneAt: at.toString(), doneBy: userOf(actor) } : { doneAt: null, doneBy: null })
        .where(eq(visitTasks.id, id))
      const what = before['what'] as string
      const changes = [{ field: 'task.what', before: isDone ? what : null, after: isDone ? null : what }]
      await recordOn(tx, actor, visitId, { action, at, changes })
      return id
    })
  }
}

export const finishTask = command('visits.record', finishing(true))
export const reopenTask = command('visits.record', finishing(false))
