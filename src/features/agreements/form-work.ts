import type { Actor } from '#features/accounts/model.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { checkDraft } from './check.ts'
import { editAgreement, recordAgreement } from './commands.ts'
import { type AgreementDraft, draftOf, emptyDraft } from './draft.ts'
import { pressButton } from './draft-buttons.ts'
import { type FormChoices, readChoices } from './form-choices.ts'
import type { AgreementWords } from './model.ts'
import { readChangesSince, requireRecord } from './office-record.ts'
import { linkNamesById, partnerNamesById } from './office-titles.ts'
import type { AgreementRecord } from './record.ts'
import { readSentForm, type SentForm } from './sent-form.ts'
import { vocabularyFor } from './vocabulary.ts'
import { fieldsOf, mergeWords, type WordFields } from './words.ts'

/** What the form's page shows: never less than what was typed. */
export interface FormWork {
  readonly hub: Hub
  /** Undefined for a new agreement. */
  readonly record: AgreementRecord | undefined
  readonly draft: AgreementDraft
  readonly token: string
  readonly version: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  /**
   * `resumed`: signed in again, not saved yet. `stale`: somebody saved in the meantime. `sent`: this form was saved
   * before (`sentId`) and has been changed since. `refused`: it holds secrets, so that nothing of it is kept or shown.
   */
  readonly notice: 'resumed' | 'stale' | 'sent' | 'refused' | undefined
  readonly sentId: string | undefined
  /** Fields where the form and what is saved differ, with both. */
  readonly conflicts: readonly {
    readonly field: string
    readonly mine: WordFields[string]
    readonly saved: WordFields[string]
  }[]
  /** Who saved in the meantime. */
  readonly people: readonly string[]
  readonly choices: FormChoices
  readonly partnerNames: ReadonlyMap<string, Readonly<Record<string, string>>>
}

export interface FormVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly locale: Locale
  /** The agreement that is edited. */
  readonly id: string | undefined
}

type Draftwork = Partial<Omit<FormWork, 'hub' | 'choices' | 'conflicts'>> & {
  readonly draft: AgreementDraft
  readonly conflictFields?: readonly string[]
}

/**
 * Opens, changes or saves the form.
 * @throws DomainError for what no form of ours sends, and for what may not be seen.
 */
export async function workOnForm(
  context: AppContext,
  visit: FormVisit,
): Promise<FormWork | { readonly saved: string }> {
  const { database } = context
  const { actor, locale, id } = visit
  const record = id === undefined ? undefined : await requireRecord(database, actor, id)
  const done =
    visit.form === undefined ? open(record, locale) : await send(context, visit, record, readSentForm(visit.form))
  if ('saved' in done) return done
  const hub = await loadHub(database)
  const { conflictFields = [], ...work } = done
  const conflicts = await compare(context, work.draft, record, conflictFields)
  return {
    record,
    token: newId(),
    version: String(record?.version ?? ''),
    problems: [],
    status: 200,
    notice: undefined,
    sentId: undefined,
    people: [],
    ...work,
    hub,
    conflicts,
    choices: await readChoices(database, hub, locale),
    partnerNames: new Map([
      ...(await partnerNamesById(database, [
        ...work.draft.parties.map((party) => party.partnerId || null),
        ...(record?.words.parties.map((party) => party.partnerId) ?? []),
      ])),
      ...(await linkNamesById(database, spokenOf(conflicts))),
    ]),
  }
}

function open(record: AgreementRecord | undefined, locale: Locale): Draftwork {
  return { draft: record === undefined ? emptyDraft(locale) : draftOf(record.words) }
}

async function send(
  context: AppContext,
  { actor, resumed, id, locale }: FormVisit,
  record: AgreementRecord | undefined,
  sent: SentForm,
): Promise<Draftwork | { readonly saved: string }> {
  const { draft, token, version, button } = sent
  const same: Draftwork = { draft, token, version, conflictFields: sent.conflicts }
  if (id === undefined && draft.secrecy === 'some') return { draft: emptyDraft(locale), notice: 'refused', status: 422 }
  if (resumed) return { ...same, notice: 'resumed' }
  if (button !== 'save') {
    const taken = button.startsWith('take:') ? button.slice('take:'.length) : undefined
    const conflictFields = sent.conflicts.filter((field) => field !== taken)
    return { ...same, draft: pressButton(draft, button, record?.words), conflictFields }
  }
  const checked = checkDraft(draft, await vocabularyFor(context.database, draft))
  const undeclared: FieldProblem[] =
    id === undefined && draft.secrecy !== 'none' ? [{ path: 'secrecy', code: 'secrecy' }] : []
  if ('problems' in checked) return { ...same, problems: [...undeclared, ...checked.problems], status: 422 }
  const { words } = checked
  try {
    if (id === undefined) {
      const holdsNoSecrets = draft.secrecy === 'none'
      return { saved: await recordAgreement(context, actor, { token, words, state: draft.state, holdsNoSecrets }) }
    }
    if (!/^\d{1,9}$/.test(version)) throw new DomainError('bad_request', { parameter: 'version' })
    return { saved: await editAgreement(context, actor, { id, version: Number(version), token, words }) }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'invalid_input') return { ...same, problems: error.problems, status: error.status }
    // Gone back to and changed: of a new one that was recorded, or of an edit, which is then stale.
    if (error.code === 'duplicate' && id === undefined) {
      return { draft, notice: 'sent', sentId: String(error.params['outcome']), status: error.status }
    }
    if (id === undefined || (error.code !== 'stale_version' && error.code !== 'duplicate')) throw error
    return merge(context, actor, id, Number(version), words)
  }
}

/** Somebody else saved first: their changes where the form had left a field alone, both where it had not. */
async function merge(
  context: AppContext,
  actor: Actor,
  id: string,
  version: number,
  words: AgreementWords,
): Promise<Draftwork> {
  const { base, people } = await readChangesSince(context.database, id, version)
  const record = await requireRecord(context.database, actor, id)
  const merged = mergeWords(words, record.words, base)
  return {
    record,
    version: String(record.version),
    draft: draftOf(merged.words),
    notice: 'stale',
    status: 409,
    people,
    conflictFields: merged.conflicts,
  }
}

async function compare(
  context: AppContext,
  draft: AgreementDraft,
  record: AgreementRecord | undefined,
  fields: readonly string[],
): Promise<FormWork['conflicts']> {
  if (record === undefined || fields.length === 0) return []
  const checked = checkDraft(draft, await vocabularyFor(context.database, draft))
  const mine = 'words' in checked ? fieldsOf(checked.words) : {}
  const saved = fieldsOf(record.words)
  return fields
    .filter((field) => field in saved)
    .map((field) => ({ field, mine: mine[field] ?? null, saved: saved[field] ?? null }))
}

/** Ids of people, labs and facilities in what differs. */
function spokenOf(conflicts: FormWork['conflicts']): string[] {
  const fields = conflicts.filter(({ field }) => ['officerId', 'labs', 'facilities'].includes(field))
  return fields
    .flatMap(({ mine, saved }) => [mine, saved].flat(2))
    .filter((id) => typeof id === 'string' && isUuid(id)) as string[]
}
