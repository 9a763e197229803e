import { and, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import {
  agreementMilestones,
  agreements,
  hubSettings,
  milestoneOccurrences,
  officeCalendarDays,
  officeCalendars,
  visits,
  visitTasks,
} from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import type { DayRange } from '#features/agreements/day-range.ts'
import { runningStates, signedStates } from '#features/agreements/next-due.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { responsible } from '#features/visits/task-queries.ts'
import { usualCountry, usualWeekend } from '#features/workdays/model.ts'
import { countrySetting } from '#features/workdays/queries.ts'
import type { CalendarFilters, DueKind } from './model.ts'

const columns = sql.raw('kind, day, agreement_id, milestone_id, title, state, amount, currency, renews, visit_id')

/**
 * Everything due on some days in the agreements and visits that the actor may see, one row each: `kind`, `day`,
 * `agreement_id`, for a milestone its id, `title`, `state` (`scheduled` until somebody says) and money, for an end
 * whether it `renews`; for a task `visit_id`, its own id in place of a milestone's, and its words as the title.
 */
export function dueItems(
  actor: Actor,
  { kinds, state, officer, confidential }: Pick<CalendarFilters, 'kinds' | 'state' | 'officer' | 'confidential'>,
  range: DayRange,
  today: Temporal.PlainDate,
): SQL {
  const seen = and(
    visibleTo(actor),
    officer === undefined ? undefined : eq(agreements.officerId, officer),
    confidential === undefined ? undefined : ne(agreements.visibility, 'confidential'),
  ) as SQL
  const days = withinSql(sql`day`, range)
  const shown = [
    days,
    kinds.length === 0 ? undefined : inArray(sql`kind`, [...kinds]),
    state === undefined ? undefined : stateSql(state, today),
  ]
  const parts = [
    ...(asks(kinds, ['milestone', 'obligation', 'payment']) ? [occurrences(seen, range)] : []),
    ...(asks(kinds, ['end', 'notice', 'lead']) ? [ownDeadlines(seen, range, today)] : []),
    ...(asks(kinds, ['filing']) ? [filings(seen, range)] : []),
    // Reports are about agreements, and so is what they lead to.
    ...(asks(kinds, ['task']) && confidential === undefined ? [tasks(actor, { officer, state }, range)] : []),
  ]
  if (parts.length === 0) return sql`select ${columns} from (${nothing}) as due(${columns})`
  return sql`select ${columns} from (${sql.join(parts, sql` union all `)}) as due(${columns}) where ${and(...shown)}`
}

const asks = (kinds: readonly DueKind[], some: readonly DueKind[]) =>
  kinds.length === 0 || some.some((kind) => kinds.includes(kind))

function withinSql(day: SQL, { first, last }: DayRange): SQL {
  return sql`${day} between ${first.toString()}::date and ${last.toString()}::date`
}

function stateSql(state: NonNullable<CalendarFilters['state']>, today: Temporal.PlainDate): SQL {
  switch (state) {
    case 'open':
      return sql`state = 'scheduled'`
    case 'overdue':
      return sql`state = 'scheduled' and day < ${today.toString()}::date`
    default:
      return sql`state = ${state}`
  }
}

/** Due days of milestones of what was signed; those of an archived milestone are no longer owed. */
function occurrences(seen: SQL, range: DayRange): SQL {
  const { due, agreementId, milestoneId, state } = milestoneOccurrences
  const { kind, title, amount, currency, archivedAt, id } = agreementMilestones
  return sql`
    select ${kind}, ${due}, ${agreementId}, ${milestoneId}, ${title}, ${state}, ${amount}, ${currency}, false, null::uuid
    from ${milestoneOccurrences} join ${agreementMilestones} on ${id} = ${milestoneId}
    join ${agreements} on ${agreements.id} = ${agreementId}
    where ${withinSql(sql`${due}`, range)} and ${archivedAt} is null
    and ${inArray(agreements.state, [...signedStates])} and ${seen}`
}

function filings(seen: SQL, range: DayRange): SQL {
  const { id, filingDue, filedOn, state } = agreements
  return sql`
    select 'filing', ${filingDue}, ${id}, null::uuid, null, 'scheduled', null, null, false, null::uuid from ${agreements}
    where ${withinSql(sql`${filingDue}`, range)} and ${filedOn} is null and ${inArray(state, [...signedStates])} and ${seen}`
}

/** Tasks of visits that are in the list; nobody's who may not read visits. */
function tasks(actor: Actor, { officer, state }: Pick<CalendarFilters, 'officer' | 'state'>, range: DayRange): SQL {
  const { id, visitId, what, dueOn, doneAt } = visitTasks
  const seen = and(
    may(actor, 'visits.read') ? undefined : sql`false`,
    officer === undefined ? undefined : sql`${responsible} = ${officer}`,
    // Said here as well, where an index finds the few that are open.
    state === 'open' || state === 'overdue' ? isNull(doneAt) : undefined,
  )
  return sql`
    select 'task', ${dueOn}, null::uuid, ${id}, ${what}, case when ${doneAt} is null then 'scheduled' else 'met' end,
      null, null, false, ${visitId}
    from ${visitTasks} join ${visits} on ${visits.id} = ${visitId}
    where ${and(withinSql(sql`${dueOn}`, range), isNull(visits.archivedAt), seen)}`
}

const nothing = sql`select null, null::date, null::uuid, null::uuid, null, null, null, null, false, null::uuid where false`

/** Days: no office rests longer at a stretch. */
const longestRest = 120
const rest = sql.raw(String(longestRest))

/**
 * The days of a stretch, each with the last working day of the office's calendar up to it: `lastWorkingDayUpTo` of
 * `workdays/model.ts`, for all of them at once.
 */
function workingDaysUpTo(from: SQL, to: SQL): SQL {
  const country = sql`coalesce((select ${hubSettings.value} #>> '{}' from ${hubSettings} where ${hubSettings.key} = ${countrySetting}), ${usualCountry})`
  const weekend = sql`coalesce((select ${officeCalendars.weekend} from ${officeCalendars}
    where ${officeCalendars.country} = ${country}), ${`{${usualWeekend.join()}}`}::int[])`
  return sql`
    select tried.day, max(tried.day) filter (where case ${officeCalendarDays.kind} when 'work' then true when 'off' then false
      else not extract(isodow from tried.day)::int = any(${weekend}) end) over (order by tried.day) as worked
    from (select ${from} - ${rest} + n as day from generate_series(0, ${to} - ${from} + ${rest}) as n) as tried
    left join ${officeCalendarDays} on ${officeCalendarDays.country} = ${country} and ${officeCalendarDays.day} = tried.day`
}

/**
 * The days that follow from the terms of what runs, by the rules of `term.ts`: the end of the running period and of
 * those that automatic renewal would bring, each with its notice deadline and the office's lead. An end stays due when
 * its day has passed without a renewal to come; a notice or a lead that has passed can no longer be kept.
 */
function ownDeadlines(seen: SQL, { first, last }: DayRange, today: Temporal.PlainDate): SQL {
  const { id, state, ends, openEnded, renewal, renewalMonths, renewalLimit, noticeAmount, noticeUnit, leadDays } =
    agreements
  const [from, to, now] = [first, last, today].map((day) => sql`${day.toString()}::date`) as [SQL, SQL, SQL]
  const renews = sql`(${renewal} = 'automatic' and ${renewalMonths} > 0)`
  // The longest that a notice and a lead can lie before an end, in days.
  const ahead = sql`(coalesce(${noticeAmount} * case ${noticeUnit} when 'months' then 31 else 1 end, 0) + coalesce(${leadDays}, 0) + ${rest})`
  const months = (day: SQL) => sql`((extract(year from ${day}) - extract(year from ${ends})) * 12
    + extract(month from ${day}) - extract(month from ${ends}))::int`
  const begin = sql`greatest(0, (${months(sql`greatest(${from}, ${now})`)} - 1) / ${renewalMonths})`
  const finish = sql`greatest(0, (${months(sql`${to} + ${ahead}`)} + 1) / ${renewalMonths})`
  return sql`
    select named.kind, named.day, period.id, null::uuid, null, 'scheduled', null, null,
      period.renews and (period.most is null or period.times < period.most), null::uuid
    from (
      select ${id} as id, ${renews} as renews, ${renewalLimit} as most, series.times,
        ((${ends} + 1 + make_interval(months => series.times * coalesce(${renewalMonths}, 0)))::date - 1) as end_day,
        ${noticeAmount} as notice, ${noticeUnit} as unit, ${leadDays} as lead
      from ${agreements} cross join lateral (
        select distinct case when ${renews} then least(coalesce(${renewalLimit}, times), times) else 0 end as times
        from generate_series(case when ${renews} then ${begin} else 0 end, case when ${renews} then greatest(${begin}, ${finish}) else 0 end) as times
      ) as series
      where ${inArray(state, [...runningStates])} and not ${openEnded} and ${ends} <= ${to} + ${ahead}
      and (${renewal} = 'automatic' or ${ends} >= ${from}) and ${seen}
    ) as period
    cross join lateral (select case unit when 'days' then period.end_day - notice
      when 'months' then (period.end_day - make_interval(months => notice))::date end as day) as noticed
    cross join lateral (select coalesce(noticed.day, period.end_day) - period.lead as day) as begun
    left join (${workingDaysUpTo(from, sql`(${to} + ${rest})`)}) as calendar on calendar.day = begun.day
    cross join lateral (values ('end', period.end_day), ('notice', noticed.day),
      ('lead', case when begun.day between ${from} and ${to} + ${rest} then calendar.worked else begun.day end)
    ) as named(kind, day)
    where (not period.renews or period.end_day >= ${now} or period.times = period.most)
    and (named.kind = 'end' or named.day >= ${now})`
}
