import { type DueItem, endedStates, nextDueOf, runningStates, signedStates } from '#features/agreements/next-due.ts'
import { deadlines } from '#features/agreements/term.ts'
import type { WorkingDays } from '#features/workdays/model.ts'
import { parsePartialDate } from '#platform/partial-date.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { SampleAgreement } from './model.ts'
import { between, pick } from './random.ts'

/** Something that an agreement owes, once or by a rule, with what became of it on each of its days. */
export interface SampleMilestone {
  readonly title: string
  readonly kind: 'milestone' | 'obligation'
  readonly partyPosition: number
  readonly firstDue: Temporal.PlainDate
  /** Null: once. */
  readonly rule: string | null
  readonly days: readonly SampleDay[]
}

export interface SampleDay extends DueItem {
  readonly metOn: Temporal.PlainDate | null
}

const mostReports = 6

/** What is owed once: its title, and the months from the effective date after which it is due. */
const onceOwed = [
  { title: 'cli:sample.kick_off', months: 1 },
  { title: 'cli:sample.exchange', months: 9 },
  { title: 'cli:sample.review', months: 15 },
  { title: 'cli:sample.closing', months: 21 },
] as const

/**
 * What was signed owes reports, half-yearly from half a year after it took effect, and two to four things once: three
 * to five milestones, four and a half on average.
 */
export function sampleMilestones(
  { state, words }: Pick<SampleAgreement, 'state' | 'words'>,
  random: () => number,
  today: Temporal.PlainDate,
): readonly SampleMilestone[] {
  if (!signedStates.includes(state) || words.effective === null || parsePartialDate(words.effective) === undefined) {
    return []
  }
  const t = translator('zh')
  const begin = Temporal.PlainDate.from(words.effective)
  const firstDue = begin.add({ months: 6 })
  const count = between(random, 2, mostReports)
  const settle = (due: Temporal.PlainDate) => dayOf(due, state, random, today)
  const reports: SampleMilestone = {
    title: t('cli:sample.report'),
    kind: 'obligation',
    partyPosition: between(random, 0, 1),
    firstDue,
    rule: `FREQ=MONTHLY;INTERVAL=6;COUNT=${count}`,
    days: Array.from({ length: count }, (_, n) => settle(firstDue.add({ months: 6 * n }))),
  }
  const once = onceOwed
    .slice(0, pick(random, [2, 3, 3, 3, 4, 4, 4, 4, 4, 4]))
    .map(({ title, months }): SampleMilestone => {
      const due = begin.add({ months, days: between(random, 0, 27) })
      return {
        title: t(title),
        kind: 'milestone',
        partyPosition: between(random, 0, 1),
        firstDue: due,
        rule: null,
        days: [settle(due)],
      }
    })
  return [reports, ...once]
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
