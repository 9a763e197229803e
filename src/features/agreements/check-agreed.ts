import { bounds, type PartialDate } from '#platform/partial-date.ts'
import { decimalsIn, decimalsOf, isCurrency, parseAmount } from './amount.ts'
import { checkCount, checkText, choice, type Report, shown } from './check-fields.ts'
import type { AgreementDraft } from './draft.ts'
import { inOrder, languageTag, splitTags } from './languages.ts'
import { type AgreementWords, isTechnologyContract, limits, type Money } from './model.ts'
import { noticeExceedsTerm, type Term } from './term.ts'

type Dates = Pick<Term, 'effective' | 'ends'> & { readonly signed: PartialDate | null }

/** Everything about the term but its dates, which are checked before. */
export function checkTerm(draft: AgreementDraft, dates: Dates, report: Report): Omit<Term, 'effective' | 'ends'> {
  const openEnded = draft.openEnded !== ''
  if (openEnded && dates.ends !== null) report('openEnded', 'open_ended_and_end')
  const renewal =
    choice(draft.renewal || 'none', ['none', 'by_agreement', 'automatic'] as const, 'renewal', report) ?? 'none'
  if (openEnded && renewal !== 'none') report('renewal', 'renewal_open_ended')
  const months = checkCount(draft.renewalMonths, 'renewalMonths', limits.renewalMonths, report)
  const limit = checkCount(draft.renewalLimit, 'renewalLimit', limits.renewals, report)
  const isAutomatic = renewal === 'automatic'
  if (isAutomatic && draft.renewalMonths.trim() === '') report('renewalMonths', 'required')
  if (!isAutomatic && months !== null) report('renewalMonths', 'renewal_not_automatic')
  if (!isAutomatic && limit !== null) report('renewalLimit', 'renewal_not_automatic')
  const amount = checkCount(draft.noticeAmount, 'noticeAmount', limits.notice, report)
  const unit = amount === null ? undefined : choice(draft.noticeUnit, ['days', 'months'] as const, 'noticeUnit', report)
  const notice = amount === null || unit === undefined ? null : { amount, unit }
  const term = {
    openEnded,
    renewal,
    renewalMonths: isAutomatic ? months : null,
    renewalLimit: isAutomatic ? limit : null,
    notice,
    leadDays: checkCount(draft.leadDays, 'leadDays', limits.leadDays, report),
  }
  const begins = dates.effective ?? dates.signed
  const isOver = dates.ends !== null && begins !== null && before(dates.ends, begins)
  if (!isOver && noticeExceedsTerm({ ...term, effective: begins, ends: dates.ends })) {
    report('noticeAmount', 'notice_exceeds_term')
  }
  return term
}

const before = (end: PartialDate, begin: PartialDate) =>
  Temporal.PlainDate.compare(bounds(end).last, bounds(begin).first) < 0

/** The authentic languages, and the one of them that prevails. */
export function checkLanguages(
  draft: AgreementDraft,
  report: Report,
): Pick<AgreementWords, 'authenticLanguages' | 'prevailingLanguage'> {
  const known = (typed: string, path: string) => {
    const tag = languageTag(typed)
    return tag ?? report(path, 'language_tag', { value: shown(typed) })
  }
  const tags = [
    ...draft.authentic.map((typed) => known(typed, 'authentic')),
    ...splitTags(draft.authenticOthers).map((typed) => known(typed, 'authenticOthers')),
  ].filter((tag) => tag !== undefined)
  const authenticLanguages = inOrder(tags)
  if (authenticLanguages.length > limits.languages) report('authentic', 'too_many_entries', { max: limits.languages })
  const prevailing = draft.prevailing.trim() === '' ? null : (known(draft.prevailing, 'prevailing') ?? null)
  if (prevailing !== null && !authenticLanguages.includes(prevailing)) report('prevailing', 'prevailing_not_authentic')
  return { authenticLanguages, prevailingLanguage: prevailing }
}

/** What only technology contracts have: the part of the value that is for technology, and the registration. */
export function checkTechnology(
  draft: AgreementDraft,
  value: Money | null,
  report: Report,
): Pick<AgreementWords, 'technologyAmount' | 'registrationNumber'> {
  const number = checkText(draft.registrationNumber, 'registrationNumber', limits.registrationNumber, draft, report)
  const isTyped = draft.technologyAmount.trim() !== ''
  // Without a kind yet nobody can say whether it is one.
  if (draft.kind !== '' && !isTechnologyContract(draft.kind)) {
    if (isTyped) report('technologyAmount', 'not_technology')
    if (number !== undefined) report('registrationNumber', 'not_technology')
  }
  return {
    technologyAmount: isTyped ? technologyAmount(draft, value, report) : null,
    registrationNumber: number ?? null,
  }
}

function technologyAmount(draft: AgreementDraft, value: Money | null, report: Report): string | null {
  const path = 'technologyAmount'
  const parsed = parseAmount(draft.technologyAmount)
  if ('problem' in parsed) return report(path, parsed.problem) ?? null
  if (value === null) {
    // A value that is there but wrong has its own message.
    return draft.amount.trim() === '' ? (report(path, 'technology_without_value') ?? null) : null
  }
  const { currency } = value
  const decimals = isCurrency(currency) ? decimalsOf(currency) : 2
  if (decimalsIn(parsed.amount) > decimals) return report(path, 'amount_decimals', { currency, decimals }) ?? null
  if (compareAmounts(parsed.amount, value.amount) > 0) return report(path, 'technology_over_value') ?? null
  return parsed.amount
}

/** Compares plain decimal texts exactly. */
export function compareAmounts(a: string, b: string): number {
  const units = (amount: string) => {
    const [whole = '0', fraction = ''] = amount.split('.')
    return BigInt(whole + fraction.padEnd(4, '0').slice(0, 4))
  }
  const difference = units(a) - units(b)
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}
