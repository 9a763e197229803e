import { type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'

/** The last day that a date may mean: a year known alone lasts to its 31 December. As `bounds` of partial dates. */
export function lastDayOf(date: SQLWrapper, precision: SQLWrapper): SQL {
  return sql`(${date} + case ${precision}
    when 'year' then interval '1 year' when 'month' then interval '1 month' else interval '1 day' end)::date - 1`
}

const { ends, endsPrecision, renewal, renewalMonths, renewalLimit } = agreements

/** The last day of the term as it was agreed, without renewals. */
export const agreedEnd = sql`(${lastDayOf(ends, endsPrecision)})`

/** The last day after so many renewals: the rule of `endAfter` in `term.ts`. PostgreSQL shortens months as Temporal does. */
export function endAfterRenewals(times: SQL): SQL {
  return sql`((${agreedEnd} + 1 + make_interval(months => (${times}) * ${renewalMonths}))::date - 1)`
}

/**
 * The last day of the period that runs on a day, automatic renewals reckoned as `renewalsBy` in `term.ts` does, whether
 * or not they are on record already; an end that is known to the month or year is read as late as it can be. Null
 * where no end is known.
 */
export function runningEnd(today: Temporal.PlainDate): SQL {
  const day = sql`${today.toString()}::date`
  const renews = sql`${renewal} = 'automatic' and ${renewalMonths} > 0 and ${agreedEnd} < ${day}`
  // Months of the calendar between the two, less one, are never more than have passed: the search begins below.
  const passed = sql`((extract(year from ${day}) - extract(year from ${ends})) * 12
    + extract(month from ${day}) - extract(month from ${ends}) - 14)::int`
  const start = sql`greatest(0, ${passed} / ${renewalMonths})`
  return sql`(case when ${renews} then (
    select ${endAfterRenewals(sql`least(coalesce(${renewalLimit}, times), times)`)}
    from generate_series(${start}, ${start} + 18) as times
    where ${endAfterRenewals(sql`times`)} >= ${day} order by times limit 1
  ) else ${agreedEnd} end)`
}
