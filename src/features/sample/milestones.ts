import { type DueItem, endedStates, nextDueOf, runningStates, signedStates } from '#features/agreements/next-due.ts'
import { deadlines } from '#features/agreements/term.ts'
import type { WorkingDays } from '#features/workdays/model.ts'
import { parsePartialDate } from '#platform/partial-date.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { SampleAgreement } from './model.ts'
import { between } from './random.ts'

/** A yearly report that an agreement owes, with what became of each. */
export interface SampleMilestone {
  readonly title: string
  readonly partyPosition: number
  readonly firstDue: Temporal.PlainDate
  readonly rule: string
  readonly days: readonly SampleDay[]
}

export interface SampleDay extends DueItem {
  readonly metOn: Temporal.PlainDate | null
}

const mostReports = 6

/** What was signed owes reports: half-yearly, from half a year after it took effect. */
export function sampleMilestone(
  { state, words }: Pick<SampleAgreement, 'state' | 'words'>,
  random: () => number,
  today: Temporal.PlainDate,
): SampleMilestone | undefined {
  if (!signedStates.includes(state) || words.effective === null || parsePartialDate(words.effective) === undefined) {
    return undefined
  }
  const begin = Temporal.PlainDate.from(words.effective)
  const firstDue = begin.add({ months: 6 })
  const count = between(random, 2, mostReports)
  const days = Array.from({ length: count }, (_, n) => dayOf(firstDue.add({ months: 6 * n }), state, random, today))
  return {
    title: translator('zh')('cli:sample.report'),
    partyPosition: between(random, 0, 1),
    firstDue,
    rule: `FREQ=MONTHLY;INTERVAL=6;COUNT=${count}`,
    days,
  }
}

function dayOf(due: Temporal.PlainDate, state: string, random: () => number, today: Temporal.PlainDate): SampleDay {
  const luck = random()
  const isAhead = Temporal.PlainDate.compare(due, today) >= 0
  if (isAhead) return { due, state: endedStates.includes(state) ? 'not_met' : 'scheduled', metOn: null }
  if (luck < 0.03 && runningStates.includes(state)) return { due, state: 'scheduled', metOn: null }
  if (luck < 0.06) return { due, state: 'not_met', metOn: null }
  const met = due.subtract({ days: between(random, 0, 20) })
  return { due, state: luck < 0.12 ? 'partially_met' : 'met', metOn: met }
}

/** The earliest thing due, by the rule that the register keeps it by. */
export function sampleNextDue(
  { state, words }: Pick<SampleAgreement, 'state' | 'words'>,
  days: readonly DueItem[],
  today: Temporal.PlainDate,
  workingDays: WorkingDays,
): string | null {
  const none = { end: undefined, notice: undefined, lead: undefined }
  const term = runningStates.includes(state) ? deadlines(words, today, workingDays) : none
  return nextDueOf(term, signedStates.includes(state) ? days : [], today)?.toString() ?? null
}
