import { inArray, type SQL, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementMilestones, agreementReleases, agreements, milestoneOccurrences } from '#db/schema/index.ts'
import { statutoryKinds } from '#features/agreements/model.ts'
import { signedStates } from '#features/agreements/next-due.ts'
import { runningEnd } from '#features/agreements/term-sql.ts'
import { toUnits } from '#features/milestones/money.ts'
import { openTurns } from '#features/reviews/turns.ts'
import { endingDays } from './model.ts'
import type { Tally } from './tally.ts'

interface Row extends Record<string, unknown> {
  readonly key: string
  readonly n: string
  readonly amount: string | null
  readonly technology: string | null
}

/**
 * Everything that the dashboard counts, of the agreements that fulfil `where`, in one look at them. What each figure is
 * exactly, `figures.ts` says by the list that it opens.
 * Unscoped: `where` holds the scope.
 */
export async function countAll(database: Queryable, where: SQL, today: Temporal.PlainDate): Promise<Tally> {
  const day = sql`${today.toString()}::date`
  const last = sql`${today.add({ days: endingDays }).toString()}::date`
  const isTechnology = sql`(case when ${inArray(sql`kind`, [...statutoryKinds])} then 'technology' else 'other' end)`
  const signed = inArray(sql`state`, [...signedStates])
  const part = (key: SQL, from: SQL) =>
    sql`select ${key} as key, count(*) as n, null::numeric as amount, null::numeric as technology from ${from} group by 1`
  const parts = [
    part(sql`'state/' || state`, sql`base`),
    part(
      sql`'country/' || party_key || '/' || ${isTechnology}`,
      sql`base cross join unnest(party_keys) as party_key where state = 'in_force' and length(party_key) = 2`,
    ),
    part(sql`'kind/' || kind`, sql`base where state = 'in_force'`),
    part(
      sql`'year/' || extract(year from signed) || '/' || ${isTechnology}`,
      sql`base where signed is not null and ${signed}`,
    ),
    part(sql`'ending'`, sql`base where running_end between ${day} and ${last}`),
    part(sql`'overdue'`, sql`base where next_due < ${day}`),
    part(
      sql`'waits/' || case state when 'approved' then 'signature/' else 'preparation/' end || coalesce(officer_id::text, '')`,
      sql`base where state in ('draft', 'negotiation', 'approved')`,
    ),
    sql`select 'waits/review/' || turn.user_id, count(distinct base.id), null, null
      from base join ${openTurns} as turn on turn.agreement_id = base.id group by turn.user_id`,
    sql`select 'release', count(*), null, null from base where exists (
      select from ${agreementReleases} where ${agreementReleases.agreementId} = base.id and ${agreementReleases.decision} is null)`,
    sql`select 'value/' || value_currency, count(*), sum(value_amount), sum(technology_amount)
      from base where state = 'in_force' and value_currency is not null group by value_currency`,
    sql`select 'overdue_days', count(*), null, null from ${milestoneOccurrences}
      join base on base.id = ${milestoneOccurrences.agreementId} and base.state = any(${sql.param([...signedStates])}::text[])
      join ${agreementMilestones} on ${agreementMilestones.id} = ${milestoneOccurrences.milestoneId}
      where ${milestoneOccurrences.state} = 'scheduled' and ${milestoneOccurrences.due} < ${day}
      and ${agreementMilestones.archivedAt} is null`,
  ]
  const rows = await database.execute<Row>(sql`
    with base as materialized (
      select ${agreements.id}, ${agreements.state}, ${agreements.kind}, ${agreements.officerId}, ${agreements.partyKeys},
        ${agreements.signed}, ${agreements.nextDue}, ${agreements.valueCurrency}, ${agreements.valueAmount},
        ${agreements.technologyAmount},
        case when ${agreements.state} = 'in_force' and ${agreements.ends} <= ${last}
          then ${runningEnd(today)} end as running_end
      from ${agreements} where ${where}
    )
    select key, n::text, amount::text, technology::text from (${sql.join(parts, sql` union all `)}) as counted`)
  return new Map(
    rows
      .filter(({ n }) => n !== '0')
      .map(({ key, n, amount, technology }) => [
        key,
        { count: Number(n), amount: toUnits(amount ?? '0'), technology: toUnits(technology ?? '0') },
      ]),
  )
}
