import type { SentFields } from '#platform/forms/read-fields.ts'
import { parseDays, type ReminderKind, reminderKinds, type ReminderRules, waitingKinds } from './model.ts'

/** The two fields of a kind: days before, which what only waits has not, and days after. */
export const beforeField = (kind: ReminderKind) => `before.${kind}`
export const afterField = (kind: ReminderKind) => `after.${kind}`

/** Every field of a form of rules. */
export const rulesFields = reminderKinds.flatMap((kind) => [beforeField(kind), afterField(kind)])

/** Whether the rules of a kind look ahead of its day. */
export const looksAhead = (kind: ReminderKind) => !waitingKinds.includes(kind)

/** What stands in the fields for a list of days. */
export function typedDays(days: readonly number[]): { readonly before: string; readonly after: string } {
  const list = (some: readonly number[]) => some.map(String).join(', ')
  return {
    before: list(days.filter((day) => day >= 0)),
    after: list(days.filter((day) => day < 0).map((day) => -day)),
  }
}

/** The days that were typed for a kind; undefined where one of the fields holds something else. */
export function readDays(fields: SentFields, kind: ReminderKind): readonly number[] | undefined {
  const before = looksAhead(kind) ? parseDays(fields.text(beforeField(kind))) : []
  const after = parseDays(fields.text(afterField(kind)))
  // The day itself is told before it is over, once.
  if (before === undefined || after === undefined || after.includes(0)) return undefined
  return [...before, ...after.toReversed().map((day) => -day)]
}

/** What the fields show: as typed, where a form was sent, else as it is on record. */
export type TypedRules = ReadonlyMap<ReminderKind, { readonly before: string; readonly after: string }>

export function typedRules(rules: ReminderRules, fields: SentFields | undefined): TypedRules {
  return new Map(
    reminderKinds.map((kind) => [
      kind,
      fields === undefined
        ? typedDays(rules[kind])
        : { before: fields.text(beforeField(kind)), after: fields.text(afterField(kind)) },
    ]),
  )
}
