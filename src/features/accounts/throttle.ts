import { createHmac } from 'node:crypto'
import { eq, lte, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { throttles } from '#db/schema/index.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'

/** Failed attempts allowed within one window. Many people may share an address, few an account. */
export const attemptsAllowed = { account: 10, address: 60 } as const

export const windowMinutes = 15

export interface Attempt {
  readonly account: string
  /** Where it comes from: the peer's address. */
  readonly address: string
}

interface ThrottleContext {
  readonly database: Database
  readonly clock: Clock
  /** Keys are kept as keyed hashes, so that the table says nobody's name or address. */
  readonly secretKey: string
}

/**
 * Counts an attempt before it is made, so that a thousand at once are a thousand. A window begins with its first
 * attempt and ends `windowMinutes` later, however many more come in between.
 * @throws DomainError `too_many_attempts` with `minutes` to wait.
 */
export async function countAttempt(context: ThrottleContext, attempt: Attempt): Promise<void> {
  const now = context.clock.now()
  const waits = []
  for (const [kind, allowed] of Object.entries(attemptsAllowed) as [keyof Attempt, number][]) {
    const { attempts, windowStart } = await count(context, keyOf(context, kind, attempt), now)
    if (attempts > allowed) waits.push(now.until(Temporal.Instant.from(windowStart).add({ minutes: windowMinutes })))
  }
  if (waits.length === 0) return
  const seconds = Math.max(...waits.map((wait) => wait.total('seconds')))
  throw new DomainError('too_many_attempts', { minutes: Math.max(1, Math.ceil(seconds / 60)) })
}

/**
 * Counts a use of something that may be used `allowed` times within a window.
 * @throws DomainError `too_many_attempts` with `minutes` to wait.
 */
export async function countUse(context: ThrottleContext, subject: string, allowed: number): Promise<void> {
  const now = context.clock.now()
  const key = createHmac('sha256', context.secretKey).update(`use:${subject}`).digest('hex')
  const { attempts, windowStart } = await count(context, key, now)
  if (attempts <= allowed) return
  const wait = now.until(Temporal.Instant.from(windowStart).add({ minutes: windowMinutes }))
  throw new DomainError('too_many_attempts', { minutes: Math.max(1, Math.ceil(wait.total('minutes'))) })
}

/** After a success: the account starts afresh, and the address is not charged for it. */
export async function forgiveAttempt(context: ThrottleContext, attempt: Attempt): Promise<void> {
  await context.database.delete(throttles).where(eq(throttles.key, keyOf(context, 'account', attempt)))
  await context.database
    .update(throttles)
    .set({ attempts: sql`greatest(${throttles.attempts} - 1, 0)` })
    .where(eq(throttles.key, keyOf(context, 'address', attempt)))
}

/** Removes windows that are over. */
export async function sweepThrottles({ database, clock }: Pick<ThrottleContext, 'database' | 'clock'>): Promise<void> {
  await database.delete(throttles).where(lte(throttles.windowStart, endOfLastWindow(clock.now())))
}

const endOfLastWindow = (now: Temporal.Instant) => now.subtract({ minutes: windowMinutes }).toString()

/** One household or server has a whole /64 of IPv6 addresses: they count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]!.split('::', 2)
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const groups = [...before, ...(tail === undefined ? [] : zeros), ...after].slice(0, 4)
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

function keyOf({ secretKey }: ThrottleContext, kind: keyof Attempt, attempt: Attempt): string {
  const subject = kind === 'address' ? networkOf(attempt.address) : attempt.account
  return createHmac('sha256', secretKey).update(`sign-in:${kind}:${subject}`).digest('hex')
}

async function count({ database }: ThrottleContext, key: string, now: Temporal.Instant) {
  const start = now.toString()
  const isOver = sql`${throttles.windowStart} <= ${endOfLastWindow(now)}::timestamptz`
  const [row] = await database
    .insert(throttles)
    .values({ key, attempts: 1, windowStart: start })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        attempts: sql`case when ${isOver} then 1 else ${throttles.attempts} + 1 end`,
        windowStart: sql`case when ${isOver} then ${start}::timestamptz else ${throttles.windowStart} end`,
      },
    })
    .returning()
  if (row === undefined) throw new Error('an attempt was not counted')
  return row
}
