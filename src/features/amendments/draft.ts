import { type AgreementDraft, draftOf } from '#features/agreements/draft.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { readSentForm } from '#features/agreements/sent-form.ts'
import { readFields } from '#platform/forms/read-fields.ts'
import { type Agreed, amendableFields, type AmendmentKind } from './model.ts'
import { wordsWith } from './state.ts'

const ownFields = ['number', 'kind', 'signedOn', 'effectiveOn', 'summary', 'documentId', 'shown'] as const

/** The form of an amendment as it was typed, right or wrong. */
export interface AmendmentDraft extends Readonly<Record<(typeof ownFields)[number], string>> {
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

const isOwn = (name: string) => name.startsWith('amendment.')

/** @throws DomainError `bad_request` for what no form of ours sends. */
export function readAmendmentForm(form: FormData): SentAmendment {
  const [own, rest] = [new FormData(), new FormData()]
  for (const [name, value] of form) (isOwn(name) ? own : rest).append(name, value)
  const single = ownFields.map((name) => `amendment.${name}`)
  const fields = readFields(own, single, ['amendment.languages'])
  const { draft: words, button, token, version } = readSentForm(rest)
  const typed = Object.fromEntries(ownFields.map((name) => [name, fields.text(`amendment.${name}`)]))
  return {
    draft: {
      ...(typed as unknown as AmendmentDraft),
      languages: fields.list('amendment.languages'),
      words,
    },
    button,
    token,
    version,
  }
}

/** A new form: what holds before the amendment, still unchanged. */
export function emptyAmendment(
  words: AgreementWords,
  held: Agreed,
  given: { readonly number: number; readonly kind: AmendmentKind; readonly effectiveOn: Temporal.PlainDate },
): AmendmentDraft {
  return {
    words: draftOf(wordsWith(words, held)),
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
