import { inArray } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import { reminderDeliveries, reminders } from '#db/schema/index.ts'
import { newId } from '#platform/ids.ts'
import { dayOf, mattersOf, type Watched } from './matters.ts'
import { type Due, furthestAhead, keyOf, remindersDue, type ReminderRules, rulesFor } from './model.ts'
import { type MadeReminder, recipientsOf } from './recipients.ts'
import { type OwnRules, readOwnRules } from './rules.ts'

export interface MakingDay {
  /** The office's day for which reminders are made. */
  readonly today: Temporal.PlainDate
  readonly at: Temporal.Instant
  readonly officeTimeZone: string
  readonly rules: ReminderRules
  /** Whether the office has a chat that reminders go to. */
  readonly chat: boolean
}

/** Mail goes out from this hour of the office's day on: nobody is reminded at midnight. */
const mailHour = 8

/**
 * Makes the reminders of these agreements whose day has come, each once and whoever else does the same, and puts them
 * on their way. Returns how many were made, without those overtaken.
 * @param rows the agreements as they stand
 */
export async function makeReminders(tx: Transaction, rows: readonly Watched[], day: MakingDay): Promise<number> {
  const own = await readOwnRules(
    tx,
    rows.map(({ id }) => id),
  )
  const due = await dueOf(tx, rows, own, day)
  if (due.length === 0) return 0
  const wanted = due.map((one) => ({
    id: newId(),
    agreementId: one.agreementId,
    kind: one.kind,
    subject: one.subject,
    due: one.due.toString(),
    days: one.days,
    overtaken: one.overtaken,
    madeAt: day.at.toString(),
  }))
  const made: MadeReminder[] = []
  for (let start = 0; start < wanted.length; start += insertedAtOnce) {
    const part = wanted.slice(start, start + insertedAtOnce)
    // What another process made meanwhile is not made again, nor sent.
    const inserted = await tx.insert(reminders).values(part).onConflictDoNothing().returning()
    made.push(
      ...inserted.filter(({ overtaken }) => !overtaken).map((row) => ({ ...row, kind: row.kind as Due['kind'] })),
    )
  }
  const toPartners = new Set([...own].flatMap(([id, { toPartners: to }]) => (to ? [id] : [])))
  const recipients = await recipientsOf(tx, made, new Map(rows.map((row) => [row.id, row])), {
    toPartners,
    chat: day.chat,
  })
  const notBefore = sendingTime(day)
  await insertRows(
    tx,
    reminderDeliveries,
    recipients.map((recipient) => ({ id: newId(), notBefore: notBefore.toString(), ...recipient })),
  )
  return made.length
}

const insertedAtOnce = 1000

async function dueOf(
  database: Queryable,
  rows: readonly Watched[],
  own: ReadonlyMap<string, OwnRules>,
  day: MakingDay,
): Promise<(Due & { readonly agreementId: string })[]> {
  const rulesOf = (id: string) => rulesFor(day.rules, own.get(id)?.rules)
  const furthest = Math.max(...rows.map(({ id }) => furthestAhead(rulesOf(id), ['milestone', 'payment'])), 0)
  const { today, officeTimeZone } = day
  const matters = await mattersOf(database, rows, { today, until: today.add({ days: furthest }), officeTimeZone })
  const come = (row: Watched, made: (key: string) => boolean) => {
    const since = dayOf(row.createdAt, officeTimeZone)
    return remindersDue(matters.get(row.id) ?? [], rulesOf(row.id), { today, since }, made)
  }
  // Most have nothing to be made, and what was made is asked for only where there is.
  const candidates = rows.filter((row) => come(row, () => false).length > 0)
  const made = await madeBefore(
    database,
    candidates.map(({ id }) => id),
  )
  return candidates.flatMap((row) =>
    come(row, (key) => made.has(`${row.id}|${key}`)).map((due) => ({ ...due, agreementId: row.id })),
  )
}

async function madeBefore(database: Queryable, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await database
    .select({
      agreementId: reminders.agreementId,
      kind: reminders.kind,
      subject: reminders.subject,
      due: reminders.due,
      days: reminders.days,
    })
    .from(reminders)
    .where(inArray(reminders.agreementId, [...ids]))
  return new Set(
    rows.map(({ agreementId, due, ...row }) => {
      const matter = { ...row, kind: row.kind as Due['kind'], due: Temporal.PlainDate.from(due) }
      return `${agreementId}|${keyOf(matter)}`
    }),
  )
}

/** In the morning of the day for which it is made; at once where that is over. */
function sendingTime({ today, at, officeTimeZone }: MakingDay): Temporal.Instant {
  const morning = today.toZonedDateTime({ timeZone: officeTimeZone, plainTime: { hour: mailHour } }).toInstant()
  return Temporal.Instant.compare(morning, at) > 0 ? morning : at
}
