import { asciiDigits } from '#platform/text/normalise.ts'

/** What reminders are about. */
export const reminderKinds = [
  'end',
  'notice',
  'lead',
  'milestone',
  'payment',
  'approval',
  'signature',
  'filing',
] as const

export type ReminderKind = (typeof reminderKinds)[number]

/** Days before what is due, by kind; negative for days after it. */
export type ReminderRules = Readonly<Record<ReminderKind, readonly number[]>>

/**
 * What holds until the office says otherwise. The end of a term is told half a year, a quarter and a month ahead,
 * which leaves time for the approvals that a renewal needs; what waits for somebody is told when it has waited.
 */
export const defaultRules: ReminderRules = {
  end: [180, 90, 30],
  notice: [30, 14, 3],
  lead: [14, 0],
  milestone: [30, 7, 0, -1, -14, -30],
  payment: [14, 3, 0, -1, -7, -30],
  approval: [-3, -7, -14],
  signature: [-7, -14, -30],
  filing: [14, 0, -7, -30],
}

/** Kinds of which only what has waited is told: there is no day ahead. */
export const waitingKinds: readonly ReminderKind[] = ['approval', 'signature']

/** Kinds that concern the parties as well, where an agreement says that they are reminded. */
export const partnerKinds: readonly ReminderKind[] = ['end', 'notice', 'milestone', 'payment']

/** Days that a rule may name, and how many of them. */
export const ruleLimits = { furthest: 730, most: 8 } as const

/** The office's rules with what an agreement says for itself. */
export function rulesFor(
  office: ReminderRules,
  own: Readonly<Record<string, readonly number[]>> | undefined,
): ReminderRules {
  if (own === undefined) return office
  return Object.fromEntries(reminderKinds.map((kind) => [kind, own[kind] ?? office[kind]])) as unknown as ReminderRules
}

/** Something that can be reminded of. */
export interface Matter {
  readonly kind: ReminderKind
  /** What of the agreement it is: a milestone's id, a reviewer's place; empty for the agreement itself. */
  readonly subject: string
  /** The day it is due, or since which it waits. */
  readonly due: Temporal.PlainDate
}

/** A reminder that is to be made. */
export interface Due extends Matter {
  /** Days before the day due; negative for after it. */
  readonly days: number
  /** A nearer one of the same matter has come up with it: nobody gets this one. */
  readonly overtaken: boolean
}

const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b)

/** Distinguishes the days of one matter. */
export const keyOf = ({ kind, subject, due, days }: Matter & { readonly days: number }) =>
  `${kind}|${subject}|${due.toString()}|${days}`

/**
 * The reminders of an agreement whose day has come and that were not made yet. Where several of one matter come up
 * together (days were missed, or the agreement was recorded late), the last is sent and the others are overtaken.
 *
 * @param since the day from which the agreement has been in the register: of what was over by then no reminder is made
 * @param made whether a reminder was made before
 */
export function remindersDue(
  matters: readonly Matter[],
  rules: ReminderRules,
  { today, since }: { readonly today: Temporal.PlainDate; readonly since: Temporal.PlainDate },
  made: (key: string) => boolean,
): Due[] {
  return matters.flatMap((matter) => {
    const come = [...new Set(rules[matter.kind])]
      .map((days) => ({ ...matter, days, on: matter.due.subtract({ days }) }))
      .filter(({ on }) => compare(on, today) <= 0)
      .filter(({ on }) => compare(matter.due, since) >= 0 || compare(on, since) >= 0)
      .sort((a, b) => compare(a.on, b.on))
    const last = come.at(-1)
    return come
      .filter((due) => !made(keyOf(due)))
      .map(({ on: _, ...due }) => ({ ...due, overtaken: due.days !== last?.days }))
  })
}

/** The furthest that any rule looks ahead, in days. */
export function furthestAhead(rules: ReminderRules, kinds: readonly ReminderKind[] = reminderKinds): number {
  return Math.max(0, ...kinds.flatMap((kind) => rules[kind]))
}

/**
 * Days as people type them (`180, 90, 30`), in digits of any script, from most to least; undefined for anything else.
 * Commas of any script and spaces separate.
 */
export function parseDays(text: string): readonly number[] | undefined {
  const parts = asciiDigits(text.normalize('NFKC'))
    .split(/[\s,;、၊]+/u)
    .filter(Boolean)
  if (parts.length > ruleLimits.most || !parts.every((part) => /^\d{1,3}$/.test(part))) return undefined
  const days = [...new Set(parts.map(Number))].sort((a, b) => b - a)
  return days.every((day) => day <= ruleLimits.furthest) ? days : undefined
}
