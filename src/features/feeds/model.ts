import { createHash, randomBytes } from 'node:crypto'
import type { MilestoneKind } from '#features/milestones/model.ts'

export const feedHoldings = ['own', 'all'] as const

export type FeedHolding = (typeof feedHoldings)[number]

export function isFeedHolding(value: string): value is FeedHolding {
  return (feedHoldings as readonly string[]).includes(value)
}

/** A new token of 256 bits, as it stands in an address. */
export function newFeedToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a token. It is random in all its bits, so a plain hash says nothing of it. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** How often a feed may be read within the window of `throttle`: many programs, each every few minutes. */
export const readsAllowed = 60

/** What somebody's feed is. */
export interface Feed {
  readonly holds: FeedHolding
  readonly madeAt: Temporal.Instant
  /** To the hour; undefined where nobody has read it yet. */
  readonly lastReadAt: Temporal.Instant | undefined
}

export type EntryKind = 'end' | 'notice' | 'lead' | MilestoneKind

/** Something due, as a calendar holds it: a whole day. */
export interface FeedEntry {
  /** The same for the same matter, however it moves: `{agreement}-end`, `{milestone}-{due day}`. */
  readonly uid: string
  readonly kind: EntryKind
  readonly day: Temporal.PlainDate
  readonly summary: string
  readonly description: string
  /** Absolute address of the agreement's page, or of the milestone's. */
  readonly url: string
  readonly confidential: boolean
  /** Grows with every change of what the entry says. */
  readonly sequence: number
  readonly changedAt: Temporal.Instant
}

/** For how many days a deadline that has passed stays in the feed. */
export const daysKept = 90

/** Whether a deadline of a term is still shown: an end until the agreement has ended, the others for a while. */
export function isShown(kind: 'end' | 'notice' | 'lead', day: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return kind === 'end' || Temporal.PlainDate.compare(day, today.subtract({ days: daysKept })) >= 0
}
