import { type AgreementDraft, draftOf, readSentForm } from '#features/agreements/draft.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { fieldsOf, wordsFrom } from '#features/agreements/words.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { type Agreed, amendableFields, type AmendmentKind } from './model.ts'

const ownFields = ['number', 'kind', 'signedOn', 'effectiveOn', 'summary', 'documentId', 'shown'] as const
const termFields = ['openEnded', 'renewal', 'renewalMonths', 'renewalLimit', 'noticeAmount', 'noticeUnit'] as const

/** The form of an amendment as it was typed, right or wrong. */
export interface AmendmentDraft extends Readonly<
  Record<(typeof ownFields)[number] | (typeof termFields)[number], string>
> {
  readonly technologyAmount: string
  /** BCP 47 tags. */
  readonly languages: readonly string[]
  /** The agreement as it shall stand, in the form in which agreements are edited. */
  readonly words: AgreementDraft
}

export interface SentAmendment {
  readonly draft: AmendmentDraft
  /** `save`, or a button of the agreement's form: `add-party`, `remove-party:{n}`, `convert:{path}`, `keep:{path}`. */
  readonly button: string
  readonly token: string
  readonly version: string
}

const isOwn = (name: string) => name.startsWith('amendment.') || name.startsWith('term.') || name === 'technologyAmount'

/** @throws DomainError `bad_request` for what no form of ours sends. */
export function readAmendmentForm(form: FormData): SentAmendment {
  const [own, rest] = [new FormData(), new FormData()]
  for (const [name, value] of form) (isOwn(name) ? own : rest).append(name, value)
  const single = [
    ...ownFields.map((name) => `amendment.${name}`),
    ...termFields.map((name) => `term.${name}`),
    'technologyAmount',
  ]
  const fields = readFields(own, single, ['amendment.languages'])
  const { draft: words, button, token, version } = readSentForm(rest)
  const typed = {
    ...Object.fromEntries(ownFields.map((name) => [name, fields.text(`amendment.${name}`)])),
    ...Object.fromEntries(termFields.map((name) => [name, fields.text(`term.${name}`)])),
  }
  return {
    draft: {
      ...(typed as unknown as AmendmentDraft),
      technologyAmount: fields.text('technologyAmount'),
      languages: fields.list('amendment.languages'),
      words,
    },
    button,
    token,
    version,
  }
}

/** The words of an agreement with what was agreed put into them. */
export function wordsWith(words: AgreementWords, agreed: Agreed): AgreementWords {
  const flat = fieldsOf(words)
  return wordsFrom({ ...flat, ...Object.fromEntries(Object.entries(agreed).filter(([field]) => field in flat)) })
}

/** The fields that an amendment may change, as the form shows them: what holds, or shall hold. */
export function agreedDraft(
  words: AgreementWords,
  agreed: Agreed,
): Pick<AmendmentDraft, (typeof termFields)[number] | 'technologyAmount' | 'words'> {
  const text = (field: string) => (agreed[field] === null || agreed[field] === undefined ? '' : String(agreed[field]))
  const notice = agreed['notice'] as { amount: number; unit: string } | null
  return {
    words: draftOf(wordsWith(words, agreed)),
    openEnded: agreed['openEnded'] === true ? 'yes' : '',
    renewal: text('renewal'),
    renewalMonths: text('renewalMonths'),
    renewalLimit: text('renewalLimit'),
    noticeAmount: notice === null ? '' : String(notice.amount),
    noticeUnit: notice?.unit ?? '',
    technologyAmount: text('technologyAmount'),
  }
}

/** A new form: what holds before the amendment, still unchanged. */
export function emptyAmendment(
  words: AgreementWords,
  held: Agreed,
  given: { readonly number: number; readonly kind: AmendmentKind; readonly effectiveOn: Temporal.PlainDate },
): AmendmentDraft {
  return {
    ...agreedDraft(words, held),
    number: String(given.number),
    kind: given.kind,
    effectiveOn: given.effectiveOn.toString(),
    signedOn: '',
    summary: '',
    documentId: '',
    languages: [],
    shown: JSON.stringify(held),
  }
}

/** What held as the form showed it; undefined where that cannot be read. It only decides what is compared with what. */
export function shownIn(draft: AmendmentDraft): Agreed | undefined {
  try {
    const parsed: unknown = JSON.parse(draft.shown)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
    const entries = parsed as Agreed
    return Object.fromEntries(amendableFields.map((field) => [field, entries[field] ?? null]))
  } catch {
    return undefined
  }
}
