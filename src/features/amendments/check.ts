import { isDeepStrictEqual } from 'node:util'
import { checkDraft, type Vocabulary } from '#features/agreements/check.ts'
import { type AgreementDraft, draftOf, type TypedParty } from '#features/agreements/draft.ts'
import { type AgreementWords, isKeyOf, partyKey } from '#features/agreements/model.ts'
import {
  checkChoice,
  checkCount,
  checkDay,
  checkText,
  collectProblems,
  type Report,
} from '#features/milestones/check-parts.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import type { FieldProblem } from '#platform/errors.ts'
import { bounds } from '#platform/partial-date.ts'
import { type AmendmentDraft, shownIn } from './draft.ts'
import { wordsWith } from './state.ts'
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
  const result = checkDraft(mergedDraft(draft, words), vocabulary)
  if ('problems' in result) problems.push(...result.problems)
  const missing = number === undefined || kind === undefined || effectiveOn === undefined || summary === undefined
  if ('problems' in result || missing || problems.length > 0) return { problems }
  const agreed = { ...agreedOf(result.words), ...unshown(draft, words, result.words.parties) }
  const languagesOnce = [...new Set(draft.languages)]
  const own = { number, kind, summary, signedOn: signedOn ?? null, effectiveOn, languages: languagesOnce, documentId }
  return { checked: { ...own, agreed } }
}

/** What the form shows of the agreement, over what it does not. */
export function mergedDraft({ words: typed }: AmendmentDraft, words: AgreementWords): AgreementDraft {
  const { titles, otherTitles, summaries, parties, effective, ends, amount, currency, technologyAmount } = typed
  const { openEnded, renewal, renewalMonths, renewalLimit, noticeAmount, noticeUnit, fields, keep } = typed
  return {
    ...draftOf(words),
    ...{ titles, otherTitles, summaries, parties, effective, ends, amount, currency, technologyAmount, fields, keep },
    ...{ openEnded, renewal, renewalMonths, renewalLimit, noticeAmount, noticeUnit },
  }
}

/**
 * The form shows no contacts: they stay with their parties, whatever of these is amended. Rows that nobody touched stay
 * as they were in all that there is on record.
 */
function unshown(draft: AmendmentDraft, words: AgreementWords, parties: AgreementWords['parties']): Agreed {
  const shown = shownIn(draft)
  if (shown === undefined) return {}
  const before = draftOf(wordsWith(words, shown)).parties.map(withoutContact)
  if (isDeepStrictEqual(before, draft.words.parties.map(withoutContact))) {
    return { parties: shown['parties'] ?? [], contacts: shown['contacts'] ?? null }
  }
  const known = Object.entries((shown['contacts'] ?? {}) as Readonly<Record<string, AuditValue>>)
  const kept = parties.flatMap((party) => {
    const contact = known.find(([key]) => isKeyOf(key, party))?.[1]
    return contact === undefined ? [] : [[partyKey(party), contact] as const]
  })
  return { contacts: kept.length === 0 ? null : Object.fromEntries(kept) }
}

const withoutContact = (party: TypedParty): TypedParty => ({
  ...party,
  contactName: '',
  contactAddress: '',
  contactEmail: '',
  contactPhone: '',
})

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
