import { and, count, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { agreements, reportEdits } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { happenedIn } from '#features/agreements/happenings.ts'
import { statutoryKinds } from '#features/agreements/model.ts'
import type { Happening } from '#features/agreements/office-filters.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { readCalendarFilters } from '#features/calendar/model.ts'
import { countDue } from '#features/calendar/queries.ts'
import { plainDecimal } from '#features/milestones/money.ts'
import { withQuery } from '#platform/paths.ts'
import { type CountFigure, type Figure, figureKey, figuresWith, listOf } from './model.ts'
import { daysOf, type Period, periodKey, yearBefore } from './period.ts'

/** A figure of one period: what was counted, and what somebody put in its place. */
export interface Reported {
  /** Plain decimal text; `0` where nothing was counted. */
  readonly counted: string
  readonly edit: Edit | undefined
  /** Of the edit on record, taken back or not; 0 for none. */
  readonly version: number
}

export interface Edit {
  readonly value: string
  readonly reason: string
  readonly by: string | undefined
  readonly at: Temporal.Instant
}

export interface ReportLine {
  readonly figure: Figure
  readonly now: Reported
  /** The same period of the year before, with its own edits. */
  readonly before: Reported
}

export interface Report {
  readonly period: Period
  readonly lines: readonly ReportLine[]
}

export const valueOf = ({ counted, edit }: Reported): string => edit?.value ?? counted

interface Asked {
  readonly actor: Actor
  readonly period: Period
  /** The office's day and zone. */
  readonly today: Temporal.PlainDate
  readonly timeZone: string
}

/** The figures of a period beside those of the year before. */
export async function readReport(database: Database, asked: Asked): Promise<Report> {
  const { period } = asked
  const before = yearBefore(period)
  const [now, then, edits] = await Promise.all([
    countPeriod(database, asked),
    countPeriod(database, { ...asked, period: before }),
    readEdits(database, [periodKey(period), periodKey(before)]),
  ])
  const lines = figuresWith(currenciesIn([...now.keys(), ...then.keys(), ...edits.keys()])).map((figure) => {
    const key = figureKey(figure)
    const of = (counts: Counts, one: Period): Reported => {
      const edit = edits.get(`${periodKey(one)} ${key}`)
      const { version = 0 } = edit ?? {}
      return { counted: counts.get(key) ?? '0', edit: edit?.value === null ? undefined : (edit as Edit), version }
    }
    return { figure, now: of(now, period), before: of(then, before) }
  })
  return { period, lines }
}

/** Currencies of the figures that have one, the office's own first. */
function currenciesIn(keys: readonly string[]): string[] {
  const found = keys.flatMap((key) => /_value_([A-Z]{3})$/.exec(key)?.[1] ?? [])
  return [...new Set(found)].toSorted((a, b) => (a === 'CNY' ? -1 : b === 'CNY' ? 1 : a < b ? -1 : 1))
}

/** Plain decimal texts by figure. */
type Counts = ReadonlyMap<string, string>

async function countPeriod(database: Database, asked: Asked): Promise<Counts> {
  const { actor, period, timeZone } = asked
  const open = and(visibleTo(actor), ne(agreements.visibility, 'confidential')) as SQL
  const happened = (what: Happening) => and(open, happenedIn(what, daysOf(period), timeZone)) as SQL
  const howMany = async (what: Happening) => {
    const [row] = await database.select({ n: count() }).from(agreements).where(happened(what))
    return [what, String(row?.n ?? 0)] as const
  }
  const due = async (name: CountFigure) => {
    const search = new URLSearchParams(withQuery('', listOf({ name }, period).query).slice(1))
    const filters = readCalendarFilters(search, asked.today)
    const n = await countDue(database, { actor, filters, today: asked.today }, filters.days)
    return [name, String(n)] as const
  }
  const [kinds, values, sides, ...counts] = await Promise.all([
    database
      .select({ kind: agreements.kind, n: count() })
      .from(agreements)
      .where(happened('signed'))
      .groupBy(agreements.kind),
    valuesOf(database, happened('signed')),
    sidesOf(database, happened('signed')),
    ...(['signed', 'begun', 'ended', 'renewed'] as const).map(howMany),
    ...(['milestones_due', 'milestones_met', 'milestones_overdue'] as const).map(due),
  ])
  const contracts = kinds.filter(({ kind }) => (statutoryKinds as readonly string[]).includes(kind))
  return new Map([
    ...counts,
    ...kinds.map(({ kind, n }) => [`kind_${kind}`, String(n)] as const),
    ['technology_contracts', String(contracts.reduce((sum, { n }) => sum + n, 0))],
    ...sides,
    ...values,
  ])
}

async function valuesOf(database: Queryable, signed: SQL): Promise<(readonly [string, string])[]> {
  const rows = await database
    .select({
      currency: agreements.valueCurrency,
      value: sql<string | null>`sum(${agreements.valueAmount})::text`,
      technology: sql<string | null>`sum(${agreements.technologyAmount})::text`,
    })
    .from(agreements)
    .where(and(signed, inArray(agreements.kind, [...statutoryKinds]), sql`${agreements.valueCurrency} is not null`))
    .groupBy(agreements.valueCurrency)
  return rows.flatMap(({ currency, value, technology }) => [
    [`contract_value_${currency}`, plainDecimal(value ?? '0')] as const,
    [`technology_value_${currency}`, plainDecimal(technology ?? '0')] as const,
  ])
}

/** Distinct partners and countries: what agreements are found under, countries by two letters and partners by an id. */
async function sidesOf(database: Queryable, signed: SQL): Promise<(readonly [string, string])[]> {
  const [row] = await database.execute<{ partners: string; countries: string }>(sql`
    select count(distinct party) filter (where length(party) > 2)::text as partners,
      count(distinct party) filter (where length(party) = 2)::text as countries
    from ${agreements} cross join unnest(${agreements.partyKeys}) as party where ${signed}`)
  return [
    ['partners', row?.partners ?? '0'],
    ['countries', row?.countries ?? '0'],
  ]
}

/** Edits by period and figure, those that were taken back with the value null. */
async function readEdits(database: Queryable, periods: readonly string[]) {
  const rows = await database
    .select()
    .from(reportEdits)
    .where(inArray(reportEdits.period, [...periods]))
  const names = await namesOfUsers(
    database,
    rows.map(({ editedBy }) => editedBy),
  )
  return new Map(
    rows.map(({ period, figure, value, reason, version, editedBy, editedAt }) => [
      `${period} ${figure}`,
      {
        value: value === null ? null : plainDecimal(value),
        reason,
        version,
        by: names.get(editedBy ?? ''),
        at: Temporal.Instant.from(editedAt),
      },
    ]),
  )
}

/** The edit of a figure as it is on record, held until the transaction ends. */
export async function lockEdit(tx: Queryable, period: string, figure: string) {
  const [row] = await tx
    .select()
    .from(reportEdits)
    .where(and(eq(reportEdits.period, period), eq(reportEdits.figure, figure)))
    .for('update')
  return row
}
