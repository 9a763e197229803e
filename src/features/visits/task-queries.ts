import { and, asc, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { visits, visitTasks } from '#db/schema/index.ts'
import { type Actor, authorise, may } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { bestName, type Named } from '#features/hub/model.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'

/** Tasks of all visits together, for whoever may read visits. One without an officer is the visit's officer's. */

export interface TaskLine {
  readonly id: string
  readonly what: string
  readonly visitId: string
  readonly visit: Named
  /** ISO 8601; null: at any time. */
  readonly dueOn: string | null
  readonly isOverdue: boolean
  /** Who does it; undefined where nobody was named. */
  readonly officer: string | undefined
}

export interface TaskLines {
  readonly lines: readonly TaskLine[]
  /** With those that are not among the lines. */
  readonly total: number
}

/** Open tasks: one's own, everybody's that should have been done before today, and everybody's. */
export const taskLists = ['mine', 'overdue', 'open'] as const

export type TaskListName = (typeof taskLists)[number]

interface Asked {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly today: Temporal.PlainDate
  readonly locale: Locale
}

/** Who does a task, as SQL over the task and its visit. */
export const responsible = sql`coalesce(${visitTasks.officerId}, ${visits.officerId})`

const isMine = ({ actor }: Asked) =>
  or(eq(visitTasks.officerId, actor.id), and(isNull(visitTasks.officerId), eq(visits.officerId, actor.id)))

const isLate = ({ today }: Asked) => lt(visitTasks.dueOn, today.toString())

/** Lines of each list on the desk. */
const deskLines = 10

export interface DeskTasks {
  readonly mine: TaskLines
  /** Overdue ones of others, and of nobody. */
  readonly overdue: TaskLines
}

const none: TaskLines = { lines: [], total: 0 }

/** What of the visits' tasks needs somebody first; nothing for whoever may not read visits. */
export async function readDeskTasks(database: Queryable, asked: Asked): Promise<DeskTasks> {
  if (!may(asked.actor, 'visits.read')) return { mine: none, overdue: none }
  const others = sql`${responsible} is distinct from ${asked.actor.id}`
  const [mine, overdue] = await Promise.all([
    read(database, asked, isMine(asked), { limit: deskLines, offset: 0 }),
    read(database, asked, and(isLate(asked), others), { limit: deskLines, offset: 0 }),
  ])
  return { mine, overdue }
}

export interface TaskPage extends TaskLines {
  readonly show: TaskListName
  readonly page: number
  readonly pages: number
}

const pageSize = 50

/** @throws DomainError `forbidden`; `bad_request`, `not_found` for a list or a page that there is not */
export async function listTasks(database: Queryable, asked: Asked, search: URLSearchParams): Promise<TaskPage> {
  authorise(asked.actor, 'visits.read')
  const wanted = search.get('show') ?? 'mine'
  const show = taskLists.find((one) => one === wanted)
  if (show === undefined) throw new DomainError('bad_request', { parameter: 'show' })
  const typed = search.get('page') ?? '1'
  if (!/^[1-9]\d{0,5}$/.test(typed)) throw new DomainError('bad_request', { parameter: 'page' })
  const page = Number(typed)
  const where = { mine: isMine(asked), overdue: isLate(asked), open: undefined }[show]
  const found = await read(database, asked, where, { limit: pageSize, offset: (page - 1) * pageSize })
  if (found.lines.length === 0 && page > 1) throw new DomainError('not_found')
  return { ...found, show, page, pages: Math.max(1, Math.ceil(found.total / pageSize)) }
}

/** Open tasks of visits that are in the list, the most urgent first, those without a day last. */
async function read(
  database: Queryable,
  { today, locale }: Asked,
  where: SQL | undefined,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<TaskLines> {
  const { id, what, visitId, dueOn, doneAt } = visitTasks
  const rows = await database
    .select({
      ...{ id, what, visitId, dueOn },
      officerId: sql<string | null>`${responsible}`,
      titles: visits.titles,
      startsOn: visits.startsOn,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(visitTasks)
    .innerJoin(visits, eq(visits.id, visitId))
    .where(and(isNull(doneAt), isNull(visits.archivedAt), where))
    .orderBy(asc(dueOn), asc(id))
    .limit(limit)
    .offset(offset)
  const names = await namesOfUsers(
    database,
    rows.map((row) => row.officerId),
  )
  const lines = rows.map(({ titles, startsOn, officerId, total: _, ...task }) => ({
    ...task,
    visit: bestName(titles, locale) ?? { value: startsOn, lang: '' },
    isOverdue: task.dueOn !== null && task.dueOn < today.toString(),
    officer: names.get(officerId ?? ''),
  }))
  return { lines, total: rows[0]?.total ?? 0 }
}

/** What visits are called, by their ids. Unscoped: its callers ask for visits that the actor may read. */
export async function visitNames(
  database: Queryable,
  ids: readonly string[],
  locale: Locale,
): Promise<ReadonlyMap<string, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: visits.id, titles: visits.titles, startsOn: visits.startsOn })
    .from(visits)
    .where(inArray(visits.id, [...new Set(ids)]))
  return new Map(
    rows.map(({ id, titles, startsOn }) => [id, bestName(titles, locale) ?? { value: startsOn, lang: '' }]),
  )
}
