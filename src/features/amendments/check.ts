import { isDeepStrictEqual } from 'node:util'
import { checkDraft, type Vocabulary } from '#features/agreements/check.ts'
import { type AgreementDraft, draftOf } from '#features/agreements/draft.ts'
import { emptyAgreed } from '#features/agreements/draft-agreed.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { noticeExceedsTerm, type Term } from '#features/agreements/term.ts'
import {
  checkAmount,
  checkChoice,
  checkCount,
  checkDay,
  checkText,
  collectProblems,
  type Report,
} from '#features/milestones/check-parts.ts'
import { toUnits } from '#features/milestones/money.ts'
import type { FieldProblem } from '#platform/errors.ts'
import { bounds } from '#platform/partial-date.ts'
import { type AmendmentDraft, shownIn, wordsWith } from './draft.ts'
import { type Agreed, agreedOf, amendmentKinds, type AmendmentKind, limits } from './model.ts'

/** A form that can be stored: the amendment's own words, and what shall hold from its day on. */
export interface CheckedAmendment {
  readonly number: number
  readonly kind: AmendmentKind
  readonly summary: string
  readonly signedOn: Temporal.PlainDate | null
  readonly effectiveOn: Temporal.PlainDate
  readonly languages: readonly string[]
  readonly documentId: string | null
  readonly agreed: Agreed
}

export interface AmendmentRules {
  /** The agreement as it stands. */
  readonly words: AgreementWords
  readonly vocabulary: Vocabulary
  readonly documentIds: readonly string[]
  readonly languages: readonly string[]
  readonly today: Temporal.PlainDate
}

/** Everything that is wrong with the form of an amendment, or what it says. */
export function checkAmendment(
  draft: AmendmentDraft,
  { words, vocabulary, documentIds, languages, today }: AmendmentRules,
): { readonly checked: CheckedAmendment } | { readonly problems: readonly FieldProblem[] } {
  const { problems, report } = collectProblems()
  const number = checkCount(draft.number, 'amendment.number', limits.number, report)
  if (draft.number.trim() === '') report('amendment.number', 'required')
  const kind = checkChoice(draft.kind, amendmentKinds, 'amendment.kind', report)
  const { signedOn, effectiveOn } = checkDays(draft, words, today, report)
  const summary = checkText(
    draft.summary,
    'amendment.summary',
    { max: limits.summary, lines: true, keep: draft.words.keep },
    report,
  )
  if (draft.summary.trim() === '') report('amendment.summary', 'required')
  const documentId = draft.documentId === '' ? null : draft.documentId
  if (documentId !== null && !documentIds.includes(documentId)) report('amendment.documentId', 'unknown_document')
  for (const language of draft.languages) checkChoice(language, languages, 'amendment.languages', report)
  const agreedWords = checkDraft(mergedDraft(draft, words), vocabulary)
  if ('problems' in agreedWords) problems.push(...agreedWords.problems)
  const term = checkTerm(draft, report)
  if (
    'problems' in agreedWords ||
    number === undefined ||
    kind === undefined ||
    effectiveOn === undefined ||
    summary === undefined
  ) {
    return { problems }
  }
  const whole: Term = { ...term, effective: agreedWords.words.effective, ends: agreedWords.words.ends }
  if (whole.openEnded && whole.ends !== null) report('term.openEnded', 'open_ended_and_end')
  if (noticeExceedsTerm(whole)) report('term.noticeAmount', 'notice_exceeds_term')
  const technologyAmount = checkTechnology(draft.technologyAmount, agreedWords.words, report)
  if (problems.length > 0) return { problems }
  const agreed = { ...agreedOf(agreedWords.words, whole, technologyAmount), ...untouchedParties(draft, words) }
  return {
    checked: {
      number,
      kind,
      summary,
      signedOn: signedOn ?? null,
      effectiveOn,
      languages: [...new Set(draft.languages)],
      documentId,
      agreed,
    },
  }
}

/** What the form shows of the agreement, over what it does not. */
function mergedDraft({ words: typed }: AmendmentDraft, words: AgreementWords): AgreementDraft {
  const { titles, summaries, parties, effective, ends, amount, currency, fields, keep } = typed
  const shown = { titles, summaries, parties, effective, ends, amount, currency, fields, keep }
  // The term and the technology value are checked here, with the paths of this form.
  const own = { ...emptyAgreed, officialTitles: words.officialTitles, officerId: '' }
  return { ...draftOf(words), ...own, ...shown }
}

/** The form shows less of a party than there may be on record: rows that nobody touched stay as they were. */
function untouchedParties(draft: AmendmentDraft, words: AgreementWords): Agreed {
  const shown = shownIn(draft)
  if (shown === undefined) return {}
  const same = isDeepStrictEqual(draftOf(wordsWith(words, shown)).parties, draft.words.parties)
  return same ? { parties: shown['parties'] ?? [] } : {}
}

function checkDays(draft: AmendmentDraft, words: AgreementWords, today: Temporal.PlainDate, report: Report) {
  const signedOn = checkDay(draft.signedOn, 'amendment.signedOn', report)
  const effectiveOn = checkDay(draft.effectiveOn, 'amendment.effectiveOn', report)
  if (draft.effectiveOn.trim() === '') report('amendment.effectiveOn', 'required')
  if (signedOn !== undefined) {
    if (Temporal.PlainDate.compare(signedOn, today) > 0) report('amendment.signedOn', 'day_ahead')
    if (words.signed !== null && Temporal.PlainDate.compare(signedOn, bounds(words.signed).first) < 0) {
      report('amendment.signedOn', 'amendment_before_agreement')
    }
  }
  return { signedOn, effectiveOn }
}

function checkTerm(draft: AmendmentDraft, report: Report): Omit<Term, 'effective' | 'ends'> {
  const renewal =
    checkChoice(draft.renewal, ['none', 'by_agreement', 'automatic'] as const, 'term.renewal', report) ?? 'none'
  const automatic = renewal === 'automatic'
  const months = automatic ? checkCount(draft.renewalMonths, 'term.renewalMonths', limits.months, report) : undefined
  if (automatic && draft.renewalMonths.trim() === '') report('term.renewalMonths', 'required')
  const limit = automatic ? checkCount(draft.renewalLimit, 'term.renewalLimit', limits.number, report) : undefined
  const amount = checkCount(draft.noticeAmount, 'term.noticeAmount', limits.noticeAmount, report)
  const unit =
    amount === undefined
      ? undefined
      : checkChoice(draft.noticeUnit, ['days', 'months'] as const, 'term.noticeUnit', report)
  return {
    openEnded: draft.openEnded !== '',
    renewal,
    renewalMonths: months ?? null,
    renewalLimit: limit ?? null,
    notice: amount === undefined || unit === undefined ? null : { amount, unit },
    leadDays: null,
  }
}

function checkTechnology(typed: string, { value }: AgreementWords, report: Report): string | null {
  if (typed.trim() === '') return null
  if (value === null) return report('technologyAmount', 'technology_without_value') ?? null
  const amount = checkAmount(typed, value.currency, 'technologyAmount', report)
  if (amount !== undefined && toUnits(amount) > toUnits(value.amount))
    report('technologyAmount', 'technology_over_value')
  return amount ?? null
}
