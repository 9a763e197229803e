import type { Actor } from '#features/accounts/model.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { recordSignatures } from './commands.ts'
import { markOfSignatures, readSignedParties, type SignedParty } from './queries.ts'
import {
  draftOfSignature,
  press,
  readSentSignatures,
  type SentSignatures,
  type SignatureDraft,
} from './sent-signatures.ts'

/** What the page shows: never less than what was typed. */
export interface SignatureWork {
  readonly record: AgreementRecord
  /** Each with its row of the form. */
  readonly parties: readonly (SignedParty & { readonly draft: SignatureDraft })[]
  /** The version of the agreement, and the mark of its signatures, that the form is about. */
  readonly version: string
  readonly seen: string
  readonly keep: readonly string[]
  readonly failure: DomainError | undefined
  readonly resumed: boolean
  readonly status: number
}

export interface SignatureVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly id: string
}

const tellable = ['invalid_input', 'transition_not_allowed', 'stale_version', 'forbidden']

/**
 * Opens the page of an agreement's signatures, adds or takes away a row for a name, or saves it.
 * @throws DomainError `bad_request` for what the form does not send, and `not_found`.
 */
export async function workOnSignatures(
  context: AppContext,
  { actor, form, resumed, id }: SignatureVisit,
): Promise<SignatureWork | { readonly done: true }> {
  await requireRecord(context.database, actor, id)
  const sent = form === undefined ? undefined : readSentSignatures(form)
  let { drafts: typed, keep }: Pick<SentSignatures, 'drafts' | 'keep'> = sent ?? { drafts: [], keep: [] }
  let failure: DomainError | undefined
  if (sent !== undefined && !resumed && sent.button !== 'save') ({ drafts: typed, keep } = press(sent))
  else if (sent !== undefined && !resumed) {
    try {
      await save(context, actor, id, sent)
      return { done: true }
    } catch (error) {
      if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
      failure = error
    }
  }
  const record = await requireRecord(context.database, actor, id)
  const parties = await readSignedParties(context.database, id)
  const isRows = sent !== undefined && sent.button !== 'save' && !resumed
  return {
    record,
    parties: parties.map((party) => ({
      ...party,
      draft:
        typed.find(({ position }) => position === party.position) ??
        draftOfSignature(party.position, party.signed, record.words.sourceLocale),
    })),
    // Rows that come and go say nothing about what was saved meanwhile: the form stays on what it was opened on.
    version: isRows ? sent.version : String(record.version),
    seen: isRows ? sent.seen : markOfSignatures(parties),
    keep,
    failure,
    resumed: form !== undefined && resumed,
    status: failure?.status ?? 200,
  }
}

async function save(context: AppContext, actor: Actor, id: string, sent: SentSignatures): Promise<void> {
  if (!/^\d{1,9}$/.test(sent.version)) throw new DomainError('bad_request', { parameter: 'version' })
  const { token, seen, keep, drafts: signatures } = sent
  await recordSignatures(context, actor, { id, version: Number(sent.version), token, seen, keep, signatures })
}
