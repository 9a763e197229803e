import { eq } from 'drizzle-orm'
import { sqlState, type Transaction } from '#db/client.ts'
import { agreementReleases, agreements } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { voidIfChanged } from '#features/reviews/steps.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { officeDay } from '#platform/clock.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { readFacts } from './facts.ts'
import { gapsIn, isAgreementState, leadsTo } from './lifecycle.ts'
import { requirements } from './requirements.ts'
import { type AgreementWords, factsOf, limits } from './model.ts'
import { refreshNextDue } from './next-due-steps.ts'
import { requireOwn } from './own.ts'
import { type AgreementRecord, lockRecord } from './record.ts'
import { noteTransition } from './transition-steps.ts'
import { changesBetween, fieldsOf } from './words.ts'
import { columnsOf, writeLinks, writeTexts } from './write.ts'
import { writeParties } from './write-parties.ts'

export interface AgreementContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

export interface NewAgreement {
  readonly token: string
  readonly words: AgreementWords
  /** `draft` for a new one, another for an old one that is entered in the state it is in. */
  readonly state: string
  /** The person declares that it holds no state secret and no work secret; without that nothing is stored. */
  readonly holdsNoSecrets: boolean
}

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)

/**
 * Records an agreement; returns its id.
 * @throws DomainError `invalid_input` without the declaration that it holds no secrets, for a state that nothing can be entered in or a reference number that is taken.
 */
export const recordAgreement = command(
  'agreements.record',
  async (
    context: AgreementContext,
    actor,
    { token, words: said, state, holdsNoSecrets }: NewAgreement,
  ): Promise<string> => {
    if (!holdsNoSecrets) throw new DomainError('invalid_input', {}, [{ path: 'secrecy', code: 'secrecy' }])
    const name = state === 'draft' ? 'draft' : 'enter'
    const to = isAgreementState(state) ? leadsTo(name, null, state) : undefined
    if (to === undefined)
      throw new DomainError('invalid_input', {}, [
        { path: 'state', code: 'unknown_choice', params: { value: state.slice(0, 40) } },
      ])
    const by = userOf(actor)
    const words = { ...said, officerId: said.officerId ?? by }
    return once(
      context,
      actor,
      { token, action: 'agreement.record', content: { state, ...fieldsOf(words) } },
      async (tx) => {
        const id = newId()
        const at = context.clock.now()
        await referenceFree(() =>
          tx.insert(agreements).values({
            ...columnsOf(words),
            id,
            slug: `agreement-${id.slice(-8)}`,
            origin: 'office',
            state: to,
            createdBy: by,
            secrecyDeclaredBy: by,
            secrecyDeclaredAt: at.toString(),
            createdAt: at.toString(),
            updatedAt: at.toString(),
          }),
        )
        await writeParties(tx, id, words)
        await writeLinks(tx, id, words)
        await writeTexts(tx, id, words, { at, by })
        await refreshNextDue(tx, id, officeDay(context.clock, context.config.officeTimeZone))
        await noteTransition(tx, {
          agreementId: id,
          transition: name,
          fromState: null,
          toState: to,
          by,
          at: at.toString(),
        })
        await recordAudit(tx, actor, {
          action: name === 'enter' ? 'agreement.enter' : 'agreement.record',
          subject: { kind: 'agreement', id },
          at,
          changes: [
            ...changesBetween(null, words),
            { field: 'state', before: null, after: to },
            { field: 'version', before: null, after: 1 },
          ],
        })
        return id
      },
    )
  },
)

export interface AgreementEdit {
  readonly id: string
  /** The version that the form was opened on. */
  readonly version: number
  readonly token: string
  readonly words: AgreementWords
}

/**
 * Changes the words of an agreement; returns its id. A change of substance voids what was approved or signed off.
 * @throws DomainError `not_found`, `stale_version`, or `invalid_input` where the agreement's state or its release
 * needs what would be taken away.
 */
export const editAgreement = command(
  'agreements.record',
  (context: AgreementContext, actor, { id, version, token, words }: AgreementEdit): Promise<string> =>
    once(
      context,
      actor,
      { token, action: `agreement.edit:${id}`, content: { version, ...fieldsOf(words) } },
      async (tx) => {
        const record = await current(tx, actor, id, version)
        requireOwn(actor, record)
        const changes = changesBetween(record.words, words)
        if (changes.length === 0) return id
        await guardEdit(tx, context, record, words)
        const at = context.clock.now()
        await referenceFree(() =>
          tx
            .update(agreements)
            .set({ ...columnsOf(words), version: version + 1, updatedAt: at.toString() })
            .where(eq(agreements.id, id)),
        )
        await writeParties(tx, id, words)
        await writeLinks(tx, id, words)
        await writeTexts(tx, id, words, { at, by: userOf(actor) })
        await refreshNextDue(tx, id, officeDay(context.clock, context.config.officeTimeZone))
        await recordAudit(tx, actor, {
          action: 'agreement.edit',
          subject: { kind: 'agreement', id },
          at,
          changes: [...changes, { field: 'version', before: version, after: version + 1 }],
        })
        await voidIfChanged(tx, actor, { id, at })
        return id
      },
    ),
)

/** The agreement under lock, as the person saw it. @throws DomainError `not_found` or `stale_version`. */
export async function current(
  tx: Transaction,
  actor: KnownActor,
  id: string,
  version: number,
): Promise<AgreementRecord> {
  const record = await lockRecord(tx, actor, id)
  if (record === undefined) throw new DomainError('not_found')
  if (record.version !== version) throw new DomainError('stale_version', { version: record.version })
  return record
}

/** A note as it is stored. @throws DomainError `invalid_input` on the path `note`. */
export function checkNote(typed: string, required: boolean): string | null {
  const note = normaliseText(typed, { lines: true })
  const problem = (code: string, params = {}) => new DomainError('invalid_input', {}, [{ path: 'note', code, params }])
  if (note === '' && required) throw problem('required')
  if (lengthOf(note) > limits.reason) throw problem('too_long', { max: limits.reason, length: lengthOf(note) })
  return note || null
}

/** An edit may not take away what brought the agreement to its state, nor what its release rests on. */
async function guardEdit(tx: Transaction, context: AgreementContext, record: AgreementRecord, words: AgreementWords) {
  const today = officeDay(context.clock, context.config.officeTimeZone)
  const facts = await readFacts(tx, record)
  const before = gapsIn(record.state, facts, today)
  const problems: FieldProblem[] = gapsIn(record.state, { ...facts, ...factsOf(words) }, today)
    .filter((gap) => !before.includes(gap) && requirements[gap].page === 'edit')
    .map((gap) => ({ path: requirements[gap].field, code: 'needed_for_state' }))
  if (words.visibility !== 'public' && record.words.visibility === 'public') {
    const releases = await tx.select().from(agreementReleases).where(eq(agreementReleases.agreementId, record.id))
    const bound = releases.some(
      (release) => release.decision === null || (release.decision === 'granted' && release.endedAt === null),
    )
    if (bound) problems.push({ path: 'visibility', code: 'release_in_effect' })
  }
  if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
}

const uniqueViolation = '23505'

async function referenceFree<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    throw new DomainError('invalid_input', {}, [{ path: 'reference', code: 'reference_taken' }], error)
  }
}
