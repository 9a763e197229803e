import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Actor } from '#features/accounts/model.ts'
import type { DayRange } from '#features/agreements/day-range.ts'
import type { Money } from '#features/agreements/model.ts'
import { type AgreementLabel, labelsOf } from '#features/agreements/office-titles.ts'
import type { Named } from '#features/hub/model.ts'
import { plainDecimal } from '#features/milestones/money.ts'
import type { OccurrenceState } from '#features/milestones/model.ts'
import { visitNames } from '#features/visits/task-queries.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { dueItems } from './due-sql.ts'
import { type CalendarFilters, type DueKind, weeksOf } from './model.ts'

/** Something due on a day. */
export interface DueItem {
  readonly kind: DueKind
  readonly day: Temporal.PlainDate
  /** Undefined for a task of a visit. */
  readonly agreementId: string | undefined
  readonly agreement: AgreementLabel | undefined
  readonly task: Task | undefined
  /** Of a milestone, an obligation or a payment. */
  readonly milestone: { readonly id: string; readonly title: string; readonly money: Money | null } | undefined
  readonly state: OccurrenceState
  /** An end after which the agreement renews itself. */
  readonly renews: boolean
  readonly overdue: boolean
}

interface Task {
  readonly id: string
  readonly what: string
  readonly visitId: string
  readonly visit: Named | undefined
}

interface Row extends Record<string, unknown> {
  readonly kind: DueKind
  readonly day: string
  readonly agreement_id: string | null
  /** Of a task, its own. */
  readonly milestone_id: string | null
  readonly visit_id: string | null
  readonly title: string | null
  readonly state: OccurrenceState
  readonly amount: string | null
  readonly currency: string | null
  readonly renews: boolean
  /** Of its day in a month, of the whole agenda else. */
  readonly total: number
}

export interface Agenda {
  readonly items: readonly DueItem[]
  readonly total: number
  readonly pages: number
}

export const agendaPage = 50

interface Asked {
  readonly actor: Actor
  readonly filters: CalendarFilters
  readonly locale: Locale
  /** The office's day. */
  readonly today: Temporal.PlainDate
}

/** What is due on the days that were asked for, in order, a page of it. @throws DomainError `not_found` past the last */
export async function readAgenda(database: Database, { actor, filters, locale, today }: Asked): Promise<Agenda> {
  const items = dueItems(actor, filters, filters.days, today)
  const offset = (filters.page - 1) * agendaPage
  const rows = await database.execute<Row>(sql`
    with due as materialized (${items})
    select due.*, day::text as day, amount::text as amount, (select count(*)::int from due) as total
    from due order by due.day, kind, agreement_id, milestone_id limit ${agendaPage} offset ${offset}`)
  if (rows.length === 0 && filters.page > 1) throw new DomainError('not_found')
  const total = rows[0]?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / agendaPage))
  return { items: await itemsOf(database, rows, locale, today), total, pages }
}

/** How many things are due on some days: the number of the agenda's list. */
export async function countDue(
  database: Database,
  { actor, filters, today }: Omit<Asked, 'locale'>,
  range: DayRange,
): Promise<number> {
  const [row] = await database.execute<{ n: number }>(
    sql`select count(*)::int as n from (${dueItems(actor, filters, range, today)}) as due`,
  )
  return row?.n ?? 0
}

export interface CalendarDay {
  readonly day: Temporal.PlainDate
  /** The first few. */
  readonly items: readonly DueItem[]
  readonly total: number
}

/** Of each day, so many are named in the month; the agenda has all. */
const namedEachDay = 3

/** The weeks of the month, each day with what is due on it. */
export async function readMonth(
  database: Database,
  { actor, filters, locale, today }: Asked,
): Promise<CalendarDay[][]> {
  const weeks = weeksOf(filters.month)
  const days = weeks.flat()
  const [first = today, last = today] = [days[0], days.at(-1)]
  const rows = await database.execute<Row>(sql`
    select placed.*, day::text as day, amount::text as amount from (
      select due.*, row_number() over one_day as place, (count(*) over (partition by day))::int as total
      from (${dueItems(actor, filters, { first, last }, today)}) as due
      window one_day as (partition by day order by kind, agreement_id, milestone_id)
    ) as placed where place <= ${namedEachDay} order by placed.day, place`)
  const totals = new Map(rows.map(({ day, total }) => [day, total]))
  const items = Map.groupBy(await itemsOf(database, rows, locale, today), ({ day }) => day.toString())
  return weeks.map((week) =>
    week.map((day) => ({
      day,
      items: items.get(day.toString()) ?? [],
      total: totals.get(day.toString()) ?? 0,
    })),
  )
}

async function itemsOf(
  database: Database,
  rows: readonly Row[],
  locale: Locale,
  today: Temporal.PlainDate,
): Promise<DueItem[]> {
  const idsIn = (name: 'agreement_id' | 'visit_id') =>
    [...new Set(rows.map((row) => row[name]))].filter((id) => id !== null)
  const [labels, visits] = await Promise.all([
    labelsOf(database, idsIn('agreement_id'), locale),
    visitNames(database, idsIn('visit_id'), locale),
  ])
  return rows.map((row) => {
    const day = Temporal.PlainDate.from(row.day)
    const { amount, currency } = row
    const money = amount === null || currency === null ? null : { amount: plainDecimal(amount), currency }
    return {
      kind: row.kind,
      day,
      agreementId: row.agreement_id ?? undefined,
      agreement: labels.get(row.agreement_id ?? ''),
      milestone:
        row.milestone_id === null || row.visit_id !== null
          ? undefined
          : { id: row.milestone_id, title: row.title ?? '', money },
      task:
        row.visit_id === null
          ? undefined
          : {
              id: row.milestone_id ?? '',
              what: row.title ?? '',
              visitId: row.visit_id,
              visit: visits.get(row.visit_id),
            },
      state: row.state,
      renews: row.renews,
      overdue: row.state === 'scheduled' && Temporal.PlainDate.compare(day, today) < 0,
    }
  })
}
