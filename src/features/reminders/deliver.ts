import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements, reminderDeliveries, reminders, users } from '#db/schema/index.ts'
import { findActor } from '#features/accounts/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { loadHub } from '#features/hub/queries.ts'
import { type Chat, ChatError } from '#platform/chat/webhook.ts'
import type { Clock } from '#platform/clock.ts'
import { officeDay } from '#platform/clock.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import type { JobQueue } from '#platform/jobs/queue.ts'
import type { Logger } from '#platform/log.ts'
import { MailError, type Mailer } from '#platform/mail/mailer.ts'
import { chatText, letterToPartner, letterToStaff } from './letters.ts'
import { mattersOf, watchedColumns } from './matters.ts'
import { officeLocale } from './recipients.ts'
import { toldOf } from './told.ts'

export interface DeliveryContext {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly mailer: Mailer
  /** Undefined: the office has none. */
  readonly chat: Chat | undefined
  readonly config: { readonly officeTimeZone: string; readonly baseUrl: string }
}

type Delivery = typeof reminderDeliveries.$inferSelect
type Reminder = typeof reminders.$inferSelect

/** A server that is down is tried for so long; then a person is told. */
const patience = { hours: 48 } as const

/** Puts whatever waits on the queue, each once; for every round, so that nothing is lost with a job. */
export async function enqueueWaiting(
  { database }: Pick<DeliveryContext, 'database'>,
  queue: JobQueue,
): Promise<number> {
  const rows = await database
    .select({ id: reminderDeliveries.id, notBefore: reminderDeliveries.notBefore })
    .from(reminderDeliveries)
    .where(eq(reminderDeliveries.state, 'waiting'))
    .orderBy(asc(reminderDeliveries.notBefore), asc(reminderDeliveries.id))
  await queue.add(
    'reminders',
    rows.map(({ id, notBefore }) => ({ id, notBefore: Temporal.Instant.from(notBefore) })),
  )
  return rows.length
}

/**
 * Sends one reminder on its way, unless that was done. What is pointless by now (settled, or no longer theirs to see)
 * is dropped. What a server refuses for good, or has refused for two days, is given up, and the office is told.
 * @throws what the server said, where it is worth trying again later.
 */
export async function deliver(context: DeliveryContext, id: string): Promise<void> {
  const { database, clock } = context
  const [row] = await database
    .select({ delivery: reminderDeliveries, reminder: reminders })
    .from(reminderDeliveries)
    .innerJoin(reminders, eq(reminders.id, reminderDeliveries.reminderId))
    .where(and(eq(reminderDeliveries.id, id), eq(reminderDeliveries.state, 'waiting')))
  if (row === undefined) return
  const { delivery, reminder } = row
  let state: 'sent' | 'dropped'
  try {
    const send = await prepared(context, delivery, reminder)
    await send?.()
    state = send === undefined ? 'dropped' : 'sent'
  } catch (error) {
    return failed(context, delivery, error)
  }
  await settle(database, delivery, { state, at: clock.now(), attempted: state === 'sent' })
}

/** How it is sent; undefined where there is no point any more. */
async function prepared(
  context: DeliveryContext,
  delivery: Delivery,
  reminder: Reminder,
): Promise<(() => Promise<void>) | undefined> {
  const { database, config, clock } = context
  const today = officeDay(clock, config.officeTimeZone)
  if (!(await stillStands(context, reminder, today))) return undefined
  const about = { database, reminder, today, hub: await loadHub(database), baseUrl: config.baseUrl }
  if (delivery.channel === 'chat') {
    const { chat } = context
    if (chat === undefined || !(await isOpenToStaff(database, reminder.agreementId))) return undefined
    const told = await toldIn(context, reminder, localeOf(delivery))
    return () => chat.send(chatText({ ...about, told, locale: localeOf(delivery) }))
  }
  const messageId = `<reminder-${delivery.id}@${new URL(config.baseUrl).hostname}>`
  const date = Temporal.Instant.from(delivery.notBefore)
  if (delivery.userId !== null) {
    const reader = await reading(database, delivery.userId, reminder.agreementId)
    if (reader === undefined) return undefined
    const locale = reader.locale ?? localeOf(delivery)
    const told = await toldIn(context, reminder, locale)
    const letter = letterToStaff({ ...about, told, locale, name: reader.name })
    return () => context.mailer.send({ messageId, date, to: reader, about: [reminder.agreementId], ...letter })
  }
  const address = delivery.address ?? ''
  const locale = localeOf(delivery)
  const told = await toldIn(context, reminder, locale)
  const letter = await letterToPartner({ ...about, told, locale, address })
  if (letter === undefined) return undefined
  return () => context.mailer.send({ messageId, date, to: { address }, about: [reminder.agreementId], ...letter })
}

const localeOf = ({ locale }: Delivery): Locale => (isLocale(locale) ? locale : officeLocale)

async function toldIn({ database }: DeliveryContext, reminder: Reminder, locale: Locale) {
  const told = (await toldOf(database, [reminder], locale)).get(reminder.id)
  if (told === undefined) throw new Error(`the reminder ${reminder.id} tells of nothing`)
  return told
}

/** Whether what it reminds of is still so: not met, not moved, not signed meanwhile. */
async function stillStands(
  { database, config }: DeliveryContext,
  reminder: Reminder,
  today: Temporal.PlainDate,
): Promise<boolean> {
  const rows = await database.select(watchedColumns).from(agreements).where(eq(agreements.id, reminder.agreementId))
  const due = Temporal.PlainDate.from(reminder.due)
  const until = Temporal.PlainDate.compare(due, today) > 0 ? due : today
  const matters = await mattersOf(database, rows, { today, until, officeTimeZone: config.officeTimeZone })
  return (matters.get(reminder.agreementId) ?? []).some(
    (matter) => matter.kind === reminder.kind && matter.subject === reminder.subject && matter.due.equals(due),
  )
}

async function isOpenToStaff(database: Database, agreementId: string): Promise<boolean> {
  const [row] = await database
    .select({ visibility: agreements.visibility })
    .from(agreements)
    .where(eq(agreements.id, agreementId))
  return row !== undefined && row.visibility !== 'confidential'
}

/** A member of staff, with an account in use, who may see the agreement now. */
async function reading(database: Database, userId: string, agreementId: string) {
  const actor = await findActor(database, userId)
  if (actor?.kind !== 'user') return undefined
  const [seen] = await database
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(eq(agreements.id, agreementId), visibleTo(actor)))
  if (seen === undefined) return undefined
  const [row] = await database.select({ locale: users.locale }).from(users).where(eq(users.id, userId))
  const locale = isLocale(row?.locale) ? row.locale : undefined
  return { address: actor.email, name: actor.name ?? actor.email, locale }
}

async function failed(context: DeliveryContext, delivery: Delivery, error: unknown): Promise<void> {
  const { database, clock, log } = context
  const now = clock.now()
  const isKnown = error instanceof MailError || error instanceof ChatError
  const problem = (isKnown ? (error.response ?? error.message) : 'internal error').slice(0, 500)
  const since = delivery.firstTriedAt === null ? now : Temporal.Instant.from(delivery.firstTriedAt)
  const isOver = Temporal.Instant.compare(now, since.add(patience)) >= 0
  const fields = { delivery: delivery.id, attempts: delivery.attempts + 1, problem, error }
  if (isOver || (isKnown && !error.temporary)) {
    log.warn('a reminder could not be sent and is given up', fields)
    return settle(database, delivery, { state: 'failed', at: now, attempted: true, problem })
  }
  await database
    .update(reminderDeliveries)
    .set({
      attempts: sql`${reminderDeliveries.attempts} + 1`,
      firstTriedAt: since.toString(),
      problem,
    })
    .where(and(eq(reminderDeliveries.id, delivery.id), eq(reminderDeliveries.state, 'waiting')))
  log.info('a reminder could not be sent yet', fields)
  throw error
}

interface Outcome {
  readonly state: 'sent' | 'failed' | 'dropped'
  readonly at: Temporal.Instant
  readonly attempted?: boolean
  readonly problem?: string
}

async function settle(database: Database, delivery: Delivery, outcome: Outcome): Promise<void> {
  const { state, at, attempted = false, problem } = outcome
  await database
    .update(reminderDeliveries)
    .set({
      state,
      settledAt: at.toString(),
      problem: problem ?? null,
      ...(attempted && { attempts: sql`${reminderDeliveries.attempts} + 1` }),
      ...(attempted && delivery.firstTriedAt === null && { firstTriedAt: at.toString() }),
    })
    .where(and(eq(reminderDeliveries.id, delivery.id), eq(reminderDeliveries.state, 'waiting')))
}
