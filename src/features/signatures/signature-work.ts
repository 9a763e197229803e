import type { Actor } from '#features/accounts/model.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { recordSignatures } from './commands.ts'
import { markOfSignatures, readSignedParties, type SignedParty } from './queries.ts'

/** What the page shows: never less than what was typed. */
export interface SignatureWork {
  readonly record: AgreementRecord
  readonly parties: readonly SignedParty[]
  readonly typed: ReadonlyMap<string, string>
  readonly seen: string
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

const signatureField = /^signatures\.(\d{1,2})\.(?:name|language|title|signedOn)$/

const tellable = ['invalid_input', 'transition_not_allowed', 'stale_version', 'forbidden']

/**
 * Opens the page of an agreement's signatures, or saves it.
 * @throws DomainError `bad_request` for what the form does not send, and `not_found`.
 */
export async function workOnSignatures(
  context: AppContext,
  { actor, form, resumed, id }: SignatureVisit,
): Promise<SignatureWork | { readonly done: true }> {
  await requireRecord(context.database, actor, id)
  const typed = form === undefined ? new Map<string, string>() : readForm(form)
  let failure: DomainError | undefined
  if (form !== undefined && !resumed) {
    try {
      await save(context, actor, id, typed)
      return { done: true }
    } catch (error) {
      if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
      failure = error
    }
  }
  const parties = await readSignedParties(context.database, id)
  return {
    record: await requireRecord(context.database, actor, id),
    parties,
    typed,
    seen: markOfSignatures(parties),
    failure,
    resumed: form !== undefined && resumed,
    status: failure?.status ?? 200,
  }
}

async function save(context: AppContext, actor: Actor, id: string, typed: ReadonlyMap<string, string>): Promise<void> {
  const text = (name: string) => typed.get(name) ?? ''
  if (!/^\d{1,9}$/.test(text('version'))) throw new DomainError('bad_request', { parameter: 'version' })
  const positions = [...new Set([...typed.keys()].flatMap((name) => signatureField.exec(name)?.[1] ?? []))]
  await recordSignatures(context, actor, {
    id,
    version: Number(text('version')),
    token: text('token'),
    seen: text('seen'),
    signatures: positions.map((position) => ({
      position: Number(position),
      name: text(`signatures.${position}.name`),
      language: text(`signatures.${position}.language`),
      title: text(`signatures.${position}.title`),
      signedOn: text(`signatures.${position}.signedOn`),
    })),
  })
}

function readForm(form: FormData): Map<string, string> {
  const typed = new Map<string, string>()
  for (const [name, value] of form) {
    const isKnown = ['token', 'version', 'seen'].includes(name) || signatureField.test(name)
    if (typeof value !== 'string' || !isKnown || typed.has(name)) {
      throw new DomainError('bad_request', { parameter: name })
    }
    typed.set(name, value)
  }
  return typed
}
