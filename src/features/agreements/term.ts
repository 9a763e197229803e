import type { WorkingDays } from '#features/workdays/model.ts'
import type { Names } from '#features/hub/model.ts'
import { bounds, type PartialDate, precisionOf } from '#platform/partial-date.ts'

/** What was agreed about how long an agreement runs. */
export interface Term {
  readonly effective: PartialDate | null
  /** Last day of the first period; null where it is open-ended or not known. */
  readonly ends: PartialDate | null
  readonly openEnded: boolean
  readonly renewal: 'none' | 'by_agreement' | 'automatic'
  /** Length of each automatic renewal. */
  readonly renewalMonths: number | null
  /** Automatic renewals at most; null: without limit. */
  readonly renewalLimit: number | null
  readonly notice: { readonly amount: number; readonly unit: 'days' | 'months' } | null
  /** Days before the notice deadline (before the end, where no notice was agreed) at which the office begins. */
  readonly leadDays: number | null
}

/** How a date came about, in the order of reckoning; each is put into words for the reader. */
export type Reason =
  | { readonly code: 'agreed_end'; readonly date: PartialDate }
  | { readonly code: 'earliest_reading'; readonly date: Temporal.PlainDate }
  | { readonly code: 'renewed'; readonly times: number; readonly months: number; readonly date: Temporal.PlainDate }
  | {
      readonly code: 'notice'
      readonly amount: number
      readonly unit: 'days' | 'months'
      readonly date: Temporal.PlainDate
    }
  | { readonly code: 'lead'; readonly days: number; readonly date: Temporal.PlainDate }
  /** That is a day off, so the last working day before it counts. `names`: what the day off is called, if anything. */
  | { readonly code: 'day_off'; readonly names: Names | null; readonly date: Temporal.PlainDate }

export interface Deadline {
  readonly date: Temporal.PlainDate
  readonly reasons: readonly Reason[]
}

/** The days that follow from a term, as they stand on a given day. */
export interface Deadlines {
  /** Automatic renewals that have happened by that day. */
  readonly renewals: number
  /** Last day of the period that the day falls in, or of the last one. */
  readonly end: Deadline | undefined
  /** Last day on which notice can be given for that end. */
  readonly notice: Deadline | undefined
  /** Day on which the office itself begins. */
  readonly lead: Deadline | undefined
}

/**
 * Last day of the period after a number of renewals. Reckoned from the agreed end, never from a renewed one, so that
 * short months do not eat days; by the day after the end, so that a month's last day stays a month's last day
 * (civil law's rule of the corresponding day: PRC Civil Code, Art. 202 and 203).
 */
export function endAfter(end: Temporal.PlainDate, renewals: number, months: number): Temporal.PlainDate {
  return end
    .add({ days: 1 })
    .add({ months: renewals * months })
    .subtract({ days: 1 })
}

/** Automatic renewals that have happened by a day: one for each end that has passed, up to the limit. */
export function renewalsBy(term: Term, end: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const months = term.renewalMonths
  if (term.renewal !== 'automatic' || months === null || months < 1) return 0
  if (Temporal.PlainDate.compare(day, end) <= 0) return 0
  const passed = end.until(day, { largestUnit: 'months' }).months
  // The count of whole months is near the answer; the rule itself decides.
  let renewals = Math.max(0, Math.floor(passed / months) - 1)
  while (Temporal.PlainDate.compare(endAfter(end, renewals, months), day) < 0) renewals += 1
  return term.renewalLimit === null ? renewals : Math.min(renewals, term.renewalLimit)
}

/**
 * Deadlines of a term as they stand on a day. A date known to the month or year is read as early as it can be; the
 * office begins on a working day of its calendar.
 */
export function deadlines(term: Term, day: Temporal.PlainDate, workingDays: WorkingDays): Deadlines {
  if (term.openEnded || term.ends === null) return { renewals: 0, end: undefined, notice: undefined, lead: undefined }
  const { first } = bounds(term.ends)
  const reasons: Reason[] = [{ code: 'agreed_end', date: term.ends }]
  if (precisionOf(term.ends) !== 'day') reasons.push({ code: 'earliest_reading', date: first })
  const renewals = renewalsBy(term, first, day)
  const months = term.renewalMonths ?? 0
  const last = endAfter(first, renewals, months)
  if (renewals > 0) reasons.push({ code: 'renewed', times: renewals, months, date: last })
  const end = { date: last, reasons }
  const notice = noticeFor(term, end)
  return { renewals, end, notice, lead: leadFor(term, notice ?? end, workingDays) }
}

function noticeFor({ notice }: Term, end: Deadline): Deadline | undefined {
  if (notice === null) return undefined
  const { amount, unit } = notice
  const date = end.date.subtract(unit === 'days' ? { days: amount } : { months: amount })
  return { date, reasons: [...end.reasons, { code: 'notice', amount, unit, date }] }
}

function leadFor({ leadDays }: Term, before: Deadline, workingDays: WorkingDays): Deadline | undefined {
  if (leadDays === null) return undefined
  const date = before.date.subtract({ days: leadDays })
  const reasons: Reason[] = [...before.reasons, { code: 'lead', days: leadDays, date }]
  const begins = workingDays.lastWorkingDayUpTo(date)
  if (begins.equals(date)) return { date, reasons }
  const names = workingDays.nameOf(date) ?? null
  return { date: begins, reasons: [...reasons, { code: 'day_off', names, date: begins }] }
}

/** Whether the agreed notice period is longer than the first period itself, so that notice could never be given in time. */
export function noticeExceedsTerm({ effective, ends, notice }: Term): boolean {
  if (effective === null || ends === null || notice === null) return false
  const latest = bounds(ends).last
  const opens = latest.subtract(notice.unit === 'days' ? { days: notice.amount } : { months: notice.amount })
  return Temporal.PlainDate.compare(opens, bounds(effective).first) < 0
}
