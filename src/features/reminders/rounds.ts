import { and, asc, eq, gt, gte, inArray } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
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

/** What was looked at last: all agreements on that day, and those that changed until that instant. */
interface Round {
  readonly day: string
  readonly until: string
}

/**
 * Makes the reminders of a day of the office: of all agreements, once a day; asked for the same day again, of those
 * that changed since. Returns how many were made.
 */
export async function remindOf(context: ReminderContext, today: Temporal.PlainDate): Promise<number> {
  const { database, clock, config } = context
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
  let made = 0
  for await (const rows of watched(database, changed)) {
    made += await database.transaction((tx) => makeReminders(tx, rows, day))
  }
  await noteRound(database, { day: today.toString(), until: at.toString() })
  return made
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
async function* watched(database: Database, only: readonly string[] | undefined): AsyncGenerator<readonly Watched[]> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const among = only?.filter((id) => id > after).slice(0, atOnce)
    if (among?.length === 0) return
    const rows = await database
      .select(watchedColumns)
      .from(agreements)
      .where(
        and(
          among === undefined ? gt(agreements.id, after) : inArray(agreements.id, among),
          eq(agreements.origin, 'office'),
          inArray(agreements.state, [...watchedStates]),
        ),
      )
      .orderBy(asc(agreements.id))
      .limit(atOnce)
    if (rows.length > 0) yield rows
    const last = among === undefined ? rows.at(-1)?.id : among.at(-1)
    if (last === undefined || (among === undefined && rows.length < atOnce)) return
    after = last
  }
}
