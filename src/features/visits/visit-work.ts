import type { OfficeVisit } from '#features/accounts/enter-office.ts'
import { may } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { VisitPart } from '#platform/paths.ts'
import { archiveVisit, changeVisit, recordVisit, restoreVisit } from './commands.ts'
import { type FormOutcome, type FormSort, workOnForm } from './form-work.ts'
import {
  finishTask,
  removeEntry,
  removePerson,
  removeTask,
  reopenTask,
  saveEntry,
  savePerson,
  saveTask,
} from './part-commands.ts'
import { requireVisit, type Visit } from './queries.ts'
import {
  emptyTyped,
  entryFields,
  entryTyped,
  newVisitTyped,
  personFields,
  personTyped,
  taskFields,
  taskTyped,
  visitFields,
  visitTyped,
} from './typed.ts'

/** The form of a new visit. */
export function workOnNewVisit(context: AppContext, visit: OfficeVisit, locale: Locale): Promise<FormOutcome> {
  const { actor } = visit
  return workOnForm(visit, {
    fields: visitFields,
    boxes: 'selections',
    read: () =>
      Promise.resolve({ typed: newVisitTyped(locale, may(actor, 'visits.record') ? actor.id : ''), version: 0 }),
    save: ({ token, typed, ticked }) => recordVisit(context, actor, { token, typed, selections: ticked }),
  })
}

/** The form about a visit as a whole. @throws DomainError `not_found`, `visit_archived` */
export function workOnVisitForm(context: AppContext, visit: OfficeVisit, id: string): Promise<FormOutcome> {
  const { actor } = visit
  return workOnForm(visit, {
    fields: visitFields,
    boxes: 'selections',
    read: async () => {
      const found = await requireOpen(context, visit, id)
      return { typed: visitTyped(found), ticked: found.selectionIds, version: found.version }
    },
    save: ({ token, typed, ticked, version }) =>
      changeVisit(context, actor, { id, token, typed, version, selections: ticked }),
  })
}

async function requireOpen(context: AppContext, { actor }: OfficeVisit, id: string): Promise<Visit> {
  const found = await requireVisit(context.database, actor, id)
  if (found.archivedAt !== undefined) throw new DomainError('visit_archived')
  return found
}

/** What may be known of a part that is not there yet: the side that was asked for, the next rank, the first day. */
export interface PartStart {
  readonly side?: string | null
  readonly day?: string | null
}

/**
 * The form of a person, an entry of the programme or a task; `new` is one that is not there yet.
 * @throws DomainError `not_found`, `visit_archived`
 */
export async function workOnPart(
  context: AppContext,
  visit: OfficeVisit,
  { id, part, one, start = {} }: { id: string; part: VisitPart; one: string; start?: PartStart },
): Promise<{ readonly outcome: FormOutcome; readonly found: Visit }> {
  const found = await requireOpen(context, visit, id)
  const sort = sortOf(context, visit, { found, part, one, start })
  return { outcome: await workOnForm(visit, sort), found }
}

function sortOf(
  context: AppContext,
  { actor }: OfficeVisit,
  { found, part, one, start }: { found: Visit; part: VisitPart; one: string; start: PartStart },
): FormSort {
  const visitId = found.id
  const id = one === 'new' ? undefined : one
  const step = (token: string) => ({ visitId, id: id ?? '', token })
  const kinds = {
    people: {
      fields: personFields,
      rows: found.people.map((row) => ({ id: row.id, version: row.version, typed: personTyped(row) })),
      fresh: newPerson(found, start),
      save: savePerson,
      remove: removePerson,
    },
    programme: {
      fields: entryFields,
      rows: found.entries.map((row) => ({ id: row.id, version: row.version, typed: entryTyped(row) })),
      fresh: emptyTyped({ day: start.day ?? found.entries.at(-1)?.day ?? found.startsOn }),
      save: saveEntry,
      remove: removeEntry,
    },
    tasks: {
      fields: taskFields,
      rows: found.tasks.map((row) => ({ id: row.id, version: row.version, typed: taskTyped(row) })),
      fresh: emptyTyped({ officer: found.officerId ?? '' }),
      save: saveTask,
      remove: removeTask,
    },
  }
  const kind = kinds[part]
  const row = kind.rows.find((candidate) => candidate.id === id)
  if (id !== undefined && row === undefined) throw new DomainError('not_found')
  return {
    fields: kind.fields,
    read: () => Promise.resolve(row ?? { typed: kind.fresh, version: 0 }),
    save: ({ token, typed, version }) => kind.save(context, actor, { visitId, id, version, token, typed }),
    ...(id !== undefined && { remove: (token: string) => kind.remove(context, actor, step(token)) }),
  }
}

function newPerson(found: Visit, { side }: PartStart) {
  const own = side === 'host' ? 'host' : 'guest'
  const ranks = found.people.filter((person) => person.side === own).map(({ rank }) => rank)
  return emptyTyped({ side: own, rank: String(Math.min(999, Math.max(0, ...ranks) + 1)) })
}

/** What a button on a visit's own page did; `make`: its brief is asked for. */
export type VisitDeed = 'archived' | 'restored' | 'finished' | 'reopened' | 'make'

/** @throws DomainError `not_found`, `bad_request` for what no form of ours sends */
export async function workOnVisit(
  context: AppContext,
  { actor, form, resumed }: OfficeVisit,
  id: string,
): Promise<VisitDeed | 'resumed' | undefined> {
  if (form === undefined) return undefined
  const fields = readFields(form, ['do', 'token', 'task'])
  if (resumed) return 'resumed'
  const token = fields.text('token')
  const step = { visitId: id, id: fields.text('task'), token }
  switch (fields.text('do')) {
    case 'archive':
      await archiveVisit(context, actor, { id, token })
      return 'archived'
    case 'restore':
      await restoreVisit(context, actor, { id, token })
      return 'restored'
    case 'finish':
      await finishTask(context, actor, step)
      return 'finished'
    case 'reopen':
      await reopenTask(context, actor, step)
      return 'reopened'
    case 'make':
      return 'make'
    default:
      throw new DomainError('bad_request', { parameter: 'do' })
  }
}
