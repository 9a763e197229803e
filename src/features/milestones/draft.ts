import { readFields, type SentFields } from '#platform/forms/read-fields.ts'
import type { MilestoneWords } from './model.ts'
import { parseRule, type Rhythm, rhythmOf } from './recurrence.ts'

/** The form of a milestone as it was typed, right or wrong. */
export interface MilestoneDraft {
  readonly kind: string
  readonly title: string
  /** Position of a party, or empty. */
  readonly party: string
  readonly firstDue: string
  /** `once`, a rhythm, or `kept`: the rule that is on record and that the form has no words for. */
  readonly rhythm: string
  readonly times: string
  readonly until: string
  readonly lastDay: string
  readonly amount: string
  readonly currency: string
  readonly keep: readonly string[]
}

export const emptyMilestone: MilestoneDraft = {
  kind: '',
  title: '',
  party: '',
  firstDue: '',
  rhythm: 'once',
  times: '',
  until: '',
  lastDay: '',
  amount: '',
  currency: '',
  keep: [],
}

const draftFields = [
  'kind',
  'title',
  'party',
  'firstDue',
  'rhythm',
  'times',
  'until',
  'lastDay',
  'amount',
  'currency',
] as const

export interface SentMilestone {
  readonly draft: MilestoneDraft
  readonly fields: SentFields
}

/** @throws DomainError `bad_request` for what no form of ours sends. */
export function readMilestoneForm(form: FormData): SentMilestone {
  const fields = readFields(form, [...draftFields, 'do', 'token', 'version'], ['keep'])
  const typed = Object.fromEntries(draftFields.map((name) => [name, fields.text(name)]))
  return { draft: { ...(typed as unknown as MilestoneDraft), keep: fields.list('keep') }, fields }
}

/** The form as it is opened to edit what is on record. */
export function milestoneDraftOf(words: MilestoneWords): MilestoneDraft {
  const recurrence = words.rule === null ? undefined : parseRule(words.rule)
  const rhythm = recurrence && rhythmOf(recurrence, words.firstDue)
  const end = recurrence?.end
  return {
    kind: words.kind,
    title: words.title,
    party: words.partyPosition === null ? '' : String(words.partyPosition),
    firstDue: words.firstDue.toString(),
    rhythm: words.rule === null ? 'once' : ((rhythm?.rhythm satisfies Rhythm | undefined) ?? 'kept'),
    times: end !== undefined && 'count' in end ? String(end.count) : '',
    until: end !== undefined && 'until' in end ? end.until.toString() : '',
    lastDay: rhythm?.lastDay === true ? 'yes' : '',
    amount: words.money?.amount ?? '',
    currency: words.money?.currency ?? '',
    keep: [],
  }
}
