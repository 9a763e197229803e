import type { Database } from '#db/client.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { confidentialTo, visibleTo } from '#features/agreements/scope.ts'
import { countAll } from './count.ts'
import { openTally } from './kept.ts'
import { type Dashboard, dashboardOf } from './model.ts'
import { addTallies, type Tally } from './tally.ts'

export interface DashboardPage {
  readonly dashboard: Dashboard
  /** Names of those for whom something waits, by id. */
  readonly names: ReadonlyMap<string, string>
}

/** The register at a glance, of the agreements that the actor may see. */
export async function readDashboard(
  database: Database,
  actor: Actor,
  today: Temporal.PlainDate,
): Promise<DashboardPage> {
  const dashboard = dashboardOf(await tallyFor(database, actor, today), today)
  const names = await namesOfUsers(
    database,
    dashboard.waiting.map(({ userId }) => userId ?? null),
  )
  return { dashboard, names }
}

async function tallyFor(database: Database, actor: Actor, today: Temporal.PlainDate): Promise<Tally> {
  if (actor.kind !== 'user' || !may(actor, 'agreements.read_all')) return countAll(database, visibleTo(actor), today)
  const [open, confidential] = await Promise.all([
    openTally(database, today),
    countAll(database, confidentialTo(actor.id), today),
  ])
  return addTallies(open, confidential)
}
