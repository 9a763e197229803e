import type { FieldProblem } from '#platform/errors.ts'
import {
  checkAmount,
  checkChoice,
  checkCount,
  checkCurrency,
  checkDay,
  checkText,
  collectProblems,
  type Report,
} from './check-parts.ts'
import type { MilestoneDraft } from './draft.ts'
import { limits, milestoneKinds, type MilestoneWords } from './model.ts'
import {
  formatRule,
  mostOccurrences,
  occurrencesOf,
  parseRule,
  type Recurrence,
  recurrenceFrom,
  rhythmNames,
} from './recurrence.ts'

export type CheckedMilestone = { readonly words: MilestoneWords } | { readonly problems: readonly FieldProblem[] }

/**
 * Everything that is wrong with the form of a milestone, or the words as they are to be stored.
 * @param parties how many parties the agreement has; @param keptRule the rule on record, which `kept` stands for
 */
export function checkMilestone(draft: MilestoneDraft, parties: number, keptRule: string | null): CheckedMilestone {
  const { problems, report } = collectProblems()
  const kind = checkChoice(draft.kind, milestoneKinds, 'kind', report)
  const title = checkText(draft.title, 'title', { max: limits.title, keep: draft.keep }, report)
  if (draft.title.trim() === '') report('title', 'required')
  const partyPosition = checkParty(draft.party, parties, report)
  const firstDue = checkDay(draft.firstDue, 'firstDue', report)
  if (draft.firstDue.trim() === '') report('firstDue', 'required')
  const rule = firstDue === undefined ? null : checkRule(draft, firstDue, keptRule, report)
  const money = checkMoney(draft, report)
  if (problems.length > 0 || kind === undefined || title === undefined || firstDue === undefined) return { problems }
  return { words: { kind, title, partyPosition, firstDue, rule, money } }
}

function checkParty(typed: string, parties: number, report: Report): number | null {
  if (typed === '') return null
  const positions = Array.from({ length: parties }, (_, index) => String(index))
  const found = checkChoice(typed, positions, 'party', report)
  return found === undefined ? null : Number(found)
}

function checkRule(
  draft: MilestoneDraft,
  firstDue: Temporal.PlainDate,
  keptRule: string | null,
  report: Report,
): string | null {
  if (draft.rhythm === 'once') return null
  const recurrence =
    draft.rhythm === 'kept' && keptRule !== null ? parseRule(keptRule) : typedRecurrence(draft, firstDue, report)
  if (recurrence === undefined) return null
  const days = occurrencesOf(firstDue, recurrence)
  if (days.length > mostOccurrences)
    report('until' in recurrence.end ? 'until' : 'times', 'too_many_occurrences', { max: mostOccurrences })
  return formatRule(recurrence)
}

function typedRecurrence(draft: MilestoneDraft, firstDue: Temporal.PlainDate, report: Report): Recurrence | undefined {
  const rhythm = checkChoice(draft.rhythm, rhythmNames, 'rhythm', report)
  const times = checkCount(draft.times, 'times', mostOccurrences, report)
  const until = checkDay(draft.until, 'until', report)
  const [someTimes, someUntil] = [draft.times.trim() !== '', draft.until.trim() !== '']
  if (!someTimes && !someUntil) return report('times', 'rule_end_missing')
  if (someTimes && someUntil) return report('until', 'rule_end_both')
  if (until !== undefined && Temporal.PlainDate.compare(until, firstDue) < 0)
    return report('until', 'until_before_first')
  const lastDay = draft.lastDay !== ''
  if (lastDay && rhythm !== 'week' && firstDue.day !== firstDue.daysInMonth) return report('firstDue', 'not_last_day')
  const end = times !== undefined ? { count: times } : until !== undefined ? { until } : undefined
  return rhythm === undefined || end === undefined ? undefined : recurrenceFrom(rhythm, firstDue, end, lastDay)
}

function checkMoney(draft: MilestoneDraft, report: Report): MilestoneWords['money'] {
  const [typed, typedCurrency] = [draft.amount.trim(), draft.currency.trim()]
  if (draft.kind !== 'payment') {
    if (typed !== '') report('amount', 'amount_not_payment')
    return null
  }
  const currency = checkCurrency(typedCurrency, 'currency', report)
  if (typed === '') {
    report('amount', 'required')
    return null
  }
  const amount = checkAmount(typed, currency, 'amount', report)
  return currency === undefined || amount === undefined ? null : { amount, currency }
}
