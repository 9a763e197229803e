import { and, asc, count, desc, eq, ilike, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementParties, agreementReleases, agreements, agreementTexts, partnerTexts } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import type { Named } from '#features/hub/model.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { fromColumns, type PartialDate } from '#platform/partial-date.ts'
import { type AgreementState, isAgreementState } from './lifecycle.ts'
import type { AgreementKind } from './model.ts'
import type { OfficeFilters, Sorting } from './office-filters.ts'
import { labelsOf } from './office-titles.ts'
import { visibleTo } from './scope.ts'

/** One line about an agreement in the office. */
export interface OfficeEntry {
  readonly id: string
  readonly title: Named | undefined
  readonly parties: readonly Named[]
  readonly kind: AgreementKind
  readonly state: AgreementState
  readonly reference: string | null
  readonly signed: PartialDate | null
  readonly ends: PartialDate | null
  readonly updatedAt: Temporal.Instant
}

export interface OfficeList {
  readonly entries: readonly OfficeEntry[]
  readonly total: number
  readonly pages: number
  /** How many there are in each state, whatever the list is narrowed to. */
  readonly counts: ReadonlyMap<string, number>
}

const pageSize = 50

const orders: Readonly<Record<Sorting, SQL>> = {
  updated: sql`${agreements.updatedAt} desc`,
  reference: sql`${agreements.referenceKey} asc nulls last`,
  signed: sql`${agreements.signed} desc nulls last`,
  ends: sql`${agreements.ends} asc nulls last`,
}

/** One page of the office's register. @throws DomainError `not_found` past the last page. */
export async function listForOffice(
  database: Database,
  actor: Actor,
  filters: OfficeFilters,
  locale: Locale,
): Promise<OfficeList> {
  const narrowed = and(
    visibleTo(actor),
    filters.states.length > 0 ? inArray(agreements.state, [...filters.states]) : undefined,
    filters.kinds.length > 0 ? inArray(agreements.kind, [...filters.kinds]) : undefined,
    ...filters.words.split(' ').filter(Boolean).map(hasWord),
  )
  const [[found], states] = await Promise.all([
    database.select({ total: count() }).from(agreements).where(narrowed),
    database
      .select({ state: agreements.state, n: count() })
      .from(agreements)
      .where(visibleTo(actor))
      .groupBy(agreements.state),
  ])
  const total = found?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (filters.page > pages) throw new DomainError('not_found')
  const rows = await database
    .select()
    .from(agreements)
    .where(narrowed)
    .orderBy(orders[filters.sort], asc(agreements.id))
    .limit(pageSize)
    .offset((filters.page - 1) * pageSize)
  return {
    entries: await entriesOf(database, rows, locale),
    total,
    pages,
    counts: new Map(states.map(({ state, n }) => [state ?? '', n])),
  }
}

/** The word stands in the reference, in a title, or in the name of a party. */
function hasWord(word: string): SQL {
  const like = `%${word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return or(
    ilike(agreements.reference, like),
    sql`exists (
      select from ${agreementTexts}
      where ${agreementTexts.agreementId} = ${agreements.id} and ${agreementTexts.title} ilike ${like}
    )`,
    sql`exists (
      select from ${agreementParties}
      left join ${partnerTexts} on ${partnerTexts.partnerId} = ${agreementParties.partnerId}
      where ${agreementParties.agreementId} = ${agreements.id}
        and (
          ${partnerTexts.name} ilike ${like}
          or jsonb_path_query_array(${agreementParties.names}, '$.*')::text ilike ${like}
        )
    )`,
  ) as SQL
}

type Row = typeof agreements.$inferSelect

async function entriesOf(database: Database, rows: readonly Row[], locale: Locale): Promise<OfficeEntry[]> {
  const labels = await labelsOf(
    database,
    rows.map((row) => row.id),
    locale,
  )
  return rows.map((row) => {
    if (!isAgreementState(row.state)) throw new Error(`agreement ${row.id} is in a state that does not exist`)
    return {
      id: row.id,
      title: labels.get(row.id)?.title,
      parties: labels.get(row.id)?.parties ?? [],
      kind: row.kind as AgreementKind,
      state: row.state,
      reference: row.reference,
      signed: fromColumns(row.signed, row.signedPrecision) ?? null,
      ends: fromColumns(row.ends, row.endsPrecision) ?? null,
      updatedAt: Temporal.Instant.from(row.updatedAt),
    }
  })
}

/** What needs somebody first. Each list holds at most `deskLimit` lines. */
export interface Desk {
  /** Releases that others asked for and that this person may grant. */
  readonly toGrant: readonly OfficeEntry[]
  /** Releases that this person asked for and that wait for somebody else. */
  readonly waiting: readonly OfficeEntry[]
  /** In force though their last day has passed. */
  readonly overdue: readonly OfficeEntry[]
  /** In force and ending within `soonDays`. */
  readonly ending: readonly OfficeEntry[]
  /** Drafts and negotiations that this person recorded. */
  readonly mine: readonly OfficeEntry[]
  /** Changed since they were released: the public sees an older edition. */
  readonly changed: readonly OfficeEntry[]
}

export const deskLimit = 10
export const soonDays = 90

/** The last day that the end may mean: a year known alone lasts to its 31 December. */
const lastDay = sql`(${agreements.ends} + case ${agreements.endsPrecision}
  when 'year' then interval '1 year' when 'month' then interval '1 month' else interval '1 day' end)::date - 1`

export async function readDesk(
  database: Database,
  actor: Extract<Actor, { kind: 'user' }>,
  today: Temporal.PlainDate,
  locale: Locale,
): Promise<Desk> {
  const soon = today.add({ days: soonDays }).toString()
  const lists = (where: SQL | undefined, order: SQL = orders.updated) =>
    database
      .select()
      .from(agreements)
      .where(and(visibleTo(actor), where))
      .orderBy(order, asc(agreements.id))
      .limit(deskLimit)
  const released = (where: SQL | undefined) =>
    sql`exists (select from ${agreementReleases} where ${and(eq(agreementReleases.agreementId, agreements.id), where)})`
  const open = isNull(agreementReleases.decision)
  const inForce = eq(agreements.state, 'in_force')
  const inEffect = and(eq(agreementReleases.decision, 'granted'), isNull(agreementReleases.endedAt))
  const mayGrant = may(actor, 'agreements.grant_release')
  const [toGrant, waiting, overdue, ending, mine, changed] = await Promise.all([
    mayGrant ? lists(released(and(open, ne(agreementReleases.requestedBy, actor.id)))) : [],
    lists(released(and(open, eq(agreementReleases.requestedBy, actor.id)))),
    lists(and(inForce, sql`${lastDay} < ${today.toString()}`), orders.ends),
    lists(and(inForce, sql`${lastDay} between ${today.toString()} and ${soon}`), orders.ends),
    lists(
      and(eq(agreements.createdBy, actor.id), inArray(agreements.state, ['draft', 'negotiation'])),
      desc(agreements.updatedAt),
    ),
    may(actor, 'agreements.request_release')
      ? lists(released(and(inEffect, ne(agreementReleases.agreementVersion, agreements.version))))
      : [],
  ])
  const entries = (rows: readonly Row[]) => entriesOf(database, rows, locale)
  return {
    toGrant: await entries(toGrant),
    waiting: await entries(waiting),
    overdue: await entries(overdue),
    ending: await entries(ending),
    mine: await entries(mine),
    changed: await entries(changed),
  }
}
