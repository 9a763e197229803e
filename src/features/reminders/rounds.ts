import { and, asc, eq, gt, gte, inArray, sql } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { inBatches } from '#db/in-batches.ts'
import { agreements, auditEvents, hubSettings } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/log.ts'
import { makeReminders, type MakingDay } from './make-steps.ts'
import { type Watched, watchedColumns, watchedStates } from './matters.ts'
import { readOfficeRules } from './rules.ts'

export interface ReminderContext {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly config: { readonly officeTimeZone: string; readonly chatWebhook: string | undefined }
}

const roundSetting = 'reminder_round'
const atOnce = 1000
const mostFailed = 20

/** What was looked at last: all agreements on that day, and those that changed until that instant. */
interface Round {
  readonly day: string
  readonly until: string
}

/**
 * Makes the reminders of a day of the office: of all agreements, once a day; asked for the same day again, of those
 * that changed since. Returns how many were made, and of how many agreements they could not be: the next round looks
 * at all of them again.
 */
export async function remindOf(
  context: ReminderContext,
  today: Temporal.PlainDate,
): Promise<{ readonly made: number; readonly failed: number }> {
  const { database, clock, config, log } = context
  const at = clock.now()
  const day: MakingDay = {
    today,
    at,
    officeTimeZone: config.officeTimeZone,
    rules: await readOfficeRules(database),
    chat: config.chatWebhook !== undefined,
  }
  const last = await lastRound(database)
  const changed =
    last?.day === today.toString() ? await changedSince(database, Temporal.Instant.from(last.until)) : undefined
  const sum = { made: 0, failed: 0 }
  const make = async (rows: readonly Watched[]) => {
    sum.made += await database.transaction((tx) => makeReminders(tx, rows, day))
  }
  for await (const rows of watched(database, changed)) {
    try {
      await make(rows)
    } catch {
      // One of them is in the way of the others: each by itself, and that one is told.
      for (const row of rows) {
        await make([row]).catch((error: unknown) => {
          log.error('an agreement could not be reminded of', { agreement: row.id, error })
          sum.failed += 1
          // So many are no bad agreements but a database that is gone.
          if (sum.failed > mostFailed) throw error
        })
      }
    }
  }
  if (sum.failed === 0) await noteRound(database, { day: today.toString(), until: at.toString() })
  return sum
}

/** The next round looks at all agreements again: for whoever changes what holds for all of them. */
export async function forgetRound(database: Queryable): Promise<void> {
  await database.delete(hubSettings).where(eq(hubSettings.key, roundSetting))
}

async function lastRound(database: Queryable): Promise<Round | undefined> {
  const [row] = await database.select().from(hubSettings).where(eq(hubSettings.key, roundSetting))
  return row?.value as Round | undefined
}

async function noteRound(database: Database, round: Round): Promise<void> {
  const set = { value: round, updatedAt: round.until }
  await database
    .insert(hubSettings)
    .values({ key: roundSetting, ...set })
    .onConflictDoUpdate({ target: hubSettings.key, set })
}

/** Events are dated when they begin and seen when they are committed: those of the last hours are looked at again. */
const overlap = { hours: 2 } as const

/** Agreements about which the audit has something since an instant. */
async function changedSince(database: Queryable, instant: Temporal.Instant): Promise<string[]> {
  const rows = await database
    .selectDistinct({ id: auditEvents.subjectId })
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectKind, 'agreement'), gte(auditEvents.at, instant.subtract(overlap).toString())))
  return rows.flatMap(({ id }) => (id === null ? [] : [id])).sort()
}

/**
 * The agreements that can have something to be reminded of, in batches: all, or those of a list.
 * Unscoped: the system's own work of every day.
 */
function watched(database: Database, only: readonly string[] | undefined): AsyncGenerator<readonly Watched[]> {
  return inBatches(atOnce, (after, limit) =>
    database
      .select(watchedColumns)
      .from(agreements)
      .where(
        and(
          gt(agreements.id, after),
          only === undefined ? undefined : sql`${agreements.id} = any(${sql.param([...only])}::uuid[])`,
          eq(agreements.origin, 'office'),
          inArray(agreements.state, [...watchedStates]),
        ),
      )
      .orderBy(asc(agreements.id))
      .limit(limit),
  )
}
