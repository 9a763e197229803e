import type { FieldProblem } from '#platform/errors.ts'
import { readFields, type SentFields } from '#platform/forms/read-fields.ts'
import { checkAmount, checkChoice, checkDay, checkText, collectProblems, type Report } from './check-parts.ts'
import { limits, type MilestoneWords, occurrenceStates, type Outcome } from './model.ts'
import { toUnits } from './money.ts'

/** The form that says what became of a due day, as it was typed. */
export interface OutcomeDraft {
  readonly state: string
  readonly metOn: string
  readonly paid: string
  readonly note: string
  readonly documentId: string
  readonly keep: readonly string[]
}

const draftFields = ['state', 'metOn', 'paid', 'note', 'documentId'] as const

/** @throws DomainError `bad_request` for what no form of ours sends. */
export function readOutcomeForm(form: FormData): { readonly draft: OutcomeDraft; readonly fields: SentFields } {
  const fields = readFields(form, [...draftFields, 'do', 'token', 'version'], ['keep'])
  const typed = Object.fromEntries(draftFields.map((name) => [name, fields.text(name)]))
  return { draft: { ...(typed as unknown as OutcomeDraft), keep: fields.list('keep') }, fields }
}

export function outcomeDraftOf({ state, metOn, paid, note, documentId }: Outcome): OutcomeDraft {
  return {
    state: state === 'scheduled' ? '' : state,
    metOn: metOn?.toString() ?? '',
    paid: paid ?? '',
    note: note ?? '',
    documentId: documentId ?? '',
    keep: [],
  }
}

export type CheckedOutcome = { readonly outcome: Outcome } | { readonly problems: readonly FieldProblem[] }

/**
 * What is wrong with an outcome, or the outcome. Met and partially met need their day and evidence (a document or a
 * note), not met and back to scheduled a note that says why; a payment made in part says how much was paid.
 */
export function checkOutcome(
  draft: OutcomeDraft,
  money: MilestoneWords['money'],
  documentIds: readonly string[],
  today: Temporal.PlainDate,
): CheckedOutcome {
  const { problems, report } = collectProblems()
  const state = checkChoice(draft.state, occurrenceStates, 'state', report)
  const note = checkText(draft.note, 'note', { max: limits.note, lines: true, keep: draft.keep }, report) ?? null
  const reached = state === 'met' || state === 'partially_met'
  const documentId = draft.documentId === '' ? null : draft.documentId
  if (documentId !== null && !documentIds.includes(documentId)) report('documentId', 'unknown_document')
  const metOn = checkDay(draft.metOn, 'metOn', report)
  if (reached && draft.metOn.trim() === '') report('metOn', 'required')
  if (metOn !== undefined && Temporal.PlainDate.compare(metOn, today) > 0) report('metOn', 'day_ahead')
  if (draft.note.trim() === '') {
    if (reached && documentId === null) report('note', 'evidence_missing')
    else if (state === 'not_met' || state === 'scheduled') report('note', 'required')
  }
  const paid = reached && money !== null ? checkPaid(draft.paid, state, money, report) : null
  if (problems.length > 0 || state === undefined) return { problems }
  return {
    outcome: { state, metOn: reached ? (metOn ?? null) : null, paid, note, documentId: reached ? documentId : null },
  }
}

function checkPaid(
  typed: string,
  state: 'met' | 'partially_met',
  money: { amount: string; currency: string },
  report: Report,
): string | null {
  const wrong = (code: string) => {
    report('paid', code)
    return null
  }
  if (typed.trim() === '') return state === 'met' ? money.amount : wrong('required')
  const paid = checkAmount(typed, money.currency, 'paid', report)
  if (paid === undefined) return null
  const [made, due] = [toUnits(paid), toUnits(money.amount)]
  if (state === 'met' && made < due) return wrong('paid_short')
  if (state === 'partially_met' && (made >= due || made === 0n)) return wrong('paid_part')
  return paid
}
