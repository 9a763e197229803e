import { and, asc, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { visitEntries, visitPeople, visits, visitSelections, visitTasks } from '#db/schema/index.ts'
import { type Actor, authorise } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { bestName, type Named } from '#features/hub/model.ts'
import { type HistoryEvent, readHistory } from '#platform/audit/history.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import type { EntryWords, PersonWords, TaskWords, VisitWords } from './model.ts'

/** Visits are the office's own: whoever may read them reads all, and nobody else any. */

export interface Person extends PersonWords {
  readonly id: string
  readonly version: number
}

export interface Entry extends EntryWords {
  readonly id: string
  readonly version: number
}

export interface Task extends TaskWords {
  readonly id: string
  readonly version: number
  readonly doneAt: Temporal.Instant | undefined
  readonly doneBy: string | null
}

export interface Visit extends VisitWords {
  readonly id: string
  readonly version: number
  readonly createdBy: string | null
  readonly updatedAt: Temporal.Instant
  readonly archivedAt: Temporal.Instant | undefined
  /** Both sides in their order. */
  readonly people: readonly Person[]
  /** By day and time. */
  readonly entries: readonly Entry[]
  /** Open ones first, the most urgent before all. */
  readonly tasks: readonly Task[]
}

type Row = typeof visits.$inferSelect

/** The words of a row; `selectionIds` stand in a table of their own. */
export function visitWordsOf(row: Row, selectionIds: readonly string[]): VisitWords {
  return {
    titles: row.titles,
    delegation: row.delegation,
    place: row.place,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    firstLanguage: isLocale(row.firstLanguage) ? row.firstLanguage : 'zh',
    secondLanguage: isLocale(row.secondLanguage) ? row.secondLanguage : null,
    hostIds: row.hostIds,
    guestIds: row.guestIds,
    preparation: row.preparation,
    notes: row.notes,
    officerId: row.officerId,
    selectionIds,
  }
}

/** A visit with all that stands below it. @throws DomainError `forbidden`, `not_found` */
export async function requireVisit(database: Queryable, actor: Actor, id: string): Promise<Visit> {
  authorise(actor, 'visits.read')
  const [row] = isUuid(id) ? await database.select().from(visits).where(eq(visits.id, id)) : []
  if (row === undefined) throw new DomainError('not_found')
  const [selections, people, entries, tasks] = await Promise.all([
    selectionsOf(database, id),
    database
      .select()
      .from(visitPeople)
      .where(eq(visitPeople.visitId, id))
      .orderBy(desc(visitPeople.side), asc(visitPeople.rank), asc(visitPeople.id)),
    database
      .select()
      .from(visitEntries)
      .where(eq(visitEntries.visitId, id))
      .orderBy(asc(visitEntries.day), asc(visitEntries.startsAt), asc(visitEntries.id)),
    database
      .select()
      .from(visitTasks)
      .where(eq(visitTasks.visitId, id))
      .orderBy(desc(isNull(visitTasks.doneAt)), asc(visitTasks.dueOn), asc(visitTasks.id)),
  ])
  return {
    id,
    version: row.version,
    ...visitWordsOf(row, selections),
    createdBy: row.createdBy,
    updatedAt: Temporal.Instant.from(row.updatedAt),
    archivedAt: row.archivedAt === null ? undefined : Temporal.Instant.from(row.archivedAt),
    people: people.map(({ visitId: _, ...person }) => person),
    entries: entries.map(({ visitId: _, ...entry }) => entry),
    tasks: tasks.map(({ visitId: _, createdAt: __, doneAt, ...task }) => ({
      ...task,
      doneAt: doneAt === null ? undefined : Temporal.Instant.from(doneAt),
    })),
  }
}

export async function selectionsOf(database: Queryable, visitId: string): Promise<string[]> {
  const rows = await database
    .select({ id: visitSelections.selectionId })
    .from(visitSelections)
    .where(eq(visitSelections.visitId, visitId))
    .orderBy(asc(visitSelections.position))
  return rows.map(({ id }) => id)
}

/** A line of the list of visits. */
export interface VisitEntry {
  readonly id: string
  readonly title: Named
  readonly delegation: Named | undefined
  readonly startsOn: string
  readonly endsOn: string
  readonly officer: string | undefined
  readonly openTasks: number
}

export interface VisitList {
  readonly entries: readonly VisitEntry[]
  readonly archived: boolean
  readonly page: number
  readonly pages: number
}

const pageSize = 50

/** Visits, the latest first. @throws DomainError `forbidden`; `bad_request`, `not_found` for a page that there is not */
export async function listVisits(
  database: Queryable,
  actor: Actor,
  search: URLSearchParams,
  locale: Locale,
): Promise<VisitList> {
  authorise(actor, 'visits.read')
  const archived = search.get('archived') === 'yes'
  const asked = search.get('page') ?? '1'
  if (!/^[1-9]\d{0,5}$/.test(asked)) throw new DomainError('bad_request', { parameter: 'page' })
  const page = Number(asked)
  const fits = archived ? isNotNull(visits.archivedAt) : isNull(visits.archivedAt)
  const [{ total } = { total: 0 }] = await database.select({ total: count() }).from(visits).where(fits)
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (page > pages) throw new DomainError('not_found')
  const rows = await database
    .select()
    .from(visits)
    .where(fits)
    .orderBy(desc(visits.startsOn), desc(visits.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
  const [officers, open] = await Promise.all([
    namesOfUsers(
      database,
      rows.map((row) => row.officerId),
    ),
    openTasksOf(
      database,
      rows.map((row) => row.id),
    ),
  ])
  return {
    entries: rows.map((row) => ({
      id: row.id,
      title: bestName(row.titles, locale) ?? { value: row.startsOn, lang: '' },
      delegation: bestName(row.delegation, locale),
      startsOn: row.startsOn,
      endsOn: row.endsOn,
      officer: officers.get(row.officerId ?? ''),
      openTasks: open.get(row.id) ?? 0,
    })),
    archived,
    page,
    pages,
  }
}

async function openTasksOf(database: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: visitTasks.visitId, n: count() })
    .from(visitTasks)
    .where(and(inArray(visitTasks.visitId, [...ids]), isNull(visitTasks.doneAt)))
    .groupBy(visitTasks.visitId)
  return new Map(rows.map(({ id, n }) => [id, n]))
}

const eventsShown = 50

export type VisitEvent = HistoryEvent & { readonly who: string | undefined }

/** What was done to a visit, newest first. @throws DomainError `forbidden` */
export async function historyOf(database: Queryable, actor: Actor, id: string): Promise<readonly VisitEvent[]> {
  authorise(actor, 'visits.read')
  const events = await readHistory(database, { kind: 'visit', id }, eventsShown)
  const people = await namesOfUsers(
    database,
    events.map((event) => event.actorId),
  )
  return events.map((event) => ({ ...event, who: people.get(event.actorId ?? '') }))
}
