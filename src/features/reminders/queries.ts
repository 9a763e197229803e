import { and, desc, eq, exists, inArray, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { agreements, reminderDeliveries, reminderReadings, reminders } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Told } from './message.ts'
import { toldOf } from './told.ts'

type Person = Extract<Actor, { kind: 'user' }>
type Row = typeof reminders.$inferSelect
type DeliveryRow = typeof reminderDeliveries.$inferSelect

/** To whom a reminder went, and what became of it. */
export interface Delivery extends Pick<DeliveryRow, 'id' | 'channel' | 'state' | 'attempts' | 'problem'> {
  /** Name of the member of staff, or address of the party's contact; undefined for the chat. */
  readonly to: string | undefined
}

export interface ReminderEntry {
  readonly id: string
  readonly told: Told
  readonly days: number
  readonly madeAt: Temporal.Instant
  readonly deliveries: readonly Delivery[]
  /** The reader is done with it. */
  readonly done: boolean
}

export interface ReminderList {
  readonly entries: readonly ReminderEntry[]
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined
}

export interface ReminderFilter {
  /** Only those that were sent to the reader, or are of agreements that he is responsible for. */
  readonly mine: boolean
  /** Those that the reader is done with as well. */
  readonly settled: boolean
  /** Only of one agreement. */
  readonly agreementId?: string
  /** The reminder after which the page begins. */
  readonly after?: string
}

export const remindersShown = 50

const query = new QueryBuilder()

/** Reminders that somebody may see, newest first. */
export async function listReminders(
  database: Queryable,
  actor: Person,
  filter: ReminderFilter,
  locale: Locale,
): Promise<ReminderList> {
  const { mine, settled, agreementId, after } = filter
  const conditions: (SQL | undefined)[] = [
    visibleTo(actor),
    eq(reminders.overtaken, false),
    mine ? or(sentTo(actor.id), eq(agreements.officerId, actor.id)) : undefined,
    settled ? undefined : not(readBy(actor.id)),
    agreementId === undefined ? undefined : eq(reminders.agreementId, agreementId),
    // Ids are made in the order of time.
    after === undefined ? undefined : lt(reminders.id, after),
  ]
  const rows = await database
    .select({ reminder: reminders, done: readBy(actor.id) })
    .from(reminders)
    .innerJoin(agreements, eq(agreements.id, reminders.agreementId))
    .where(and(...conditions))
    .orderBy(desc(reminders.id))
    .limit(remindersShown + 1)
  const shown = rows.slice(0, remindersShown)
  const entries = await entriesOf(
    database,
    shown.map(({ reminder, done }) => ({ ...reminder, done: done === true })),
    locale,
  )
  return { entries, next: rows.length > remindersShown ? shown.at(-1)?.reminder.id : undefined }
}

const sentTo = (userId: string) =>
  exists(
    query
      .select({ one: sql`1` })
      .from(reminderDeliveries)
      .where(and(eq(reminderDeliveries.reminderId, reminders.id), eq(reminderDeliveries.userId, userId))),
  )

const readBy = (userId: string) =>
  exists(
    query
      .select({ one: sql`1` })
      .from(reminderReadings)
      .where(and(eq(reminderReadings.reminderId, reminders.id), eq(reminderReadings.userId, userId))),
  )

async function entriesOf(
  database: Queryable,
  rows: readonly (Row & { readonly done: boolean })[],
  locale: Locale,
): Promise<ReminderEntry[]> {
  const told = await toldOf(database, rows, locale)
  const deliveries = await deliveriesOf(
    database,
    rows.map(({ id }) => id),
  )
  return rows.flatMap((row) => {
    const about = told.get(row.id)
    if (about === undefined) return []
    const { id, days, done } = row
    const madeAt = Temporal.Instant.from(row.madeAt)
    return [{ id, days, done, told: about, madeAt, deliveries: deliveries.get(id) ?? [] }]
  })
}

async function deliveriesOf(
  database: Queryable,
  reminderIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Delivery[]>> {
  if (reminderIds.length === 0) return new Map()
  const rows = await database
    .select()
    .from(reminderDeliveries)
    .where(inArray(reminderDeliveries.reminderId, [...reminderIds]))
    .orderBy(reminderDeliveries.id)
  const names = await namesOfUsers(
    database,
    rows.map(({ userId }) => userId),
  )
  const found = rows.map((row) => ({
    ...row,
    to: row.userId === null ? (row.address ?? undefined) : names.get(row.userId),
  }))
  return Map.groupBy(found, ({ reminderId }) => reminderId)
}

/** A reminder of an agreement that the actor may see. @throws DomainError `not_found` */
export async function requireReminder(database: Queryable, actor: Actor, id: string): Promise<Row> {
  const [row] = isUuid(id)
    ? await database
        .select({ reminder: reminders })
        .from(reminders)
        .innerJoin(agreements, eq(agreements.id, reminders.agreementId))
        .where(and(eq(reminders.id, id), visibleTo(actor)))
    : []
  if (row === undefined) throw new DomainError('not_found')
  return row.reminder
}

/** A reminder that could not be sent to somebody. */
export interface Failure {
  readonly delivery: Delivery
  readonly told: Told
}

const unseen = and(eq(reminderDeliveries.state, 'failed'), isNull(reminderDeliveries.seenBy))

/** What could not be sent and nobody has looked at yet, of agreements that the actor may see; the oldest first. */
export async function listFailures(database: Queryable, actor: Actor, locale: Locale): Promise<readonly Failure[]> {
  const rows = await database
    .select({ reminder: reminders, delivery: reminderDeliveries })
    .from(reminderDeliveries)
    .innerJoin(reminders, eq(reminders.id, reminderDeliveries.reminderId))
    .innerJoin(agreements, eq(agreements.id, reminders.agreementId))
    .where(and(unseen, visibleTo(actor)))
    .orderBy(reminderDeliveries.settledAt)
    .limit(remindersShown)
  const told = await toldOf(
    database,
    rows.map(({ reminder }) => reminder),
    locale,
  )
  const names = await namesOfUsers(
    database,
    rows.map(({ delivery }) => delivery.userId),
  )
  return rows.flatMap(({ reminder, delivery }) => {
    const about = told.get(reminder.id)
    const to = delivery.userId === null ? (delivery.address ?? undefined) : names.get(delivery.userId)
    return about === undefined ? [] : [{ told: about, delivery: { ...delivery, to } }]
  })
}

/** Whether there is such a failure that the actor may see. */
export async function readFailure(database: Queryable, actor: Actor, deliveryId: string): Promise<boolean> {
  const rows = await database
    .select({ id: reminderDeliveries.id })
    .from(reminderDeliveries)
    .innerJoin(reminders, eq(reminders.id, reminderDeliveries.reminderId))
    .innerJoin(agreements, eq(agreements.id, reminders.agreementId))
    .where(and(eq(reminderDeliveries.id, deliveryId), eq(reminderDeliveries.state, 'failed'), visibleTo(actor)))
  return rows.length > 0
}
