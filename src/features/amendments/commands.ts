import { eq } from 'drizzle-orm'
import { isDeepStrictEqual } from 'node:util'
import { sqlState } from '#db/client.ts'
import { agreementAmendments } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { signedStates } from '#features/agreements/next-due.ts'
import { requirePaper } from '#features/documents/steps.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { auditFields } from './audit-fields.ts'
import { agreedOf, type AmendmentChange, type AmendmentKind, heldBefore } from './model.ts'
import { readAmendments, takeEffect } from './state.ts'

export interface AmendmentContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

const todayOf = (context: AmendmentContext) => officeDay(context.clock, context.config.officeTimeZone)
const refuse = (...problems: FieldProblem[]) => new DomainError('invalid_input', {}, problems)

/** What people write about an amendment. */
export interface AmendmentWords {
  readonly number: number
  readonly kind: AmendmentKind
  readonly summary: string
  readonly signedOn: Temporal.PlainDate | null
  readonly effectiveOn: Temporal.PlainDate
  readonly changes: readonly AmendmentChange[]
  /** BCP 47 tags. */
  readonly languages: readonly string[]
  readonly documentId: string | null
}

export interface NewAmendment {
  readonly agreementId: string
  /** The version of the agreement that the form was opened on. */
  readonly version: number
  readonly token: string
  readonly words: AmendmentWords
}

/**
 * Records an amendment of a signed agreement; when its day of effect has come, the agreement takes it over at once,
 * else on that day. Returns the amendment's id.
 * @throws DomainError `not_found`, `stale_version`, `transition_not_allowed` before signature, `invalid_input` for a
 * number that is taken, a change from what did not hold, or a document of another agreement.
 */
export const recordAmendment = command(
  'amendments.record',
  (context: AmendmentContext, actor, { agreementId, version, token, words }: NewAmendment): Promise<string> =>
    once(
      context,
      actor,
      { token, action: `amendment.record:${agreementId}`, content: { version, ...auditFields(words) } },
      async (tx) => {
        const record = await lockOwn(tx, actor, agreementId)
        if (record.version !== version) throw new DomainError('stale_version', { version: record.version })
        if (!signedStates.includes(record.state)) throw new DomainError('transition_not_allowed')
        const held = heldBefore(agreedOf(record.words), await readAmendments(tx, agreementId), words)
        const wrong = words.changes.find(({ field, before }) => !isDeepStrictEqual(held[field], before))
        if (wrong !== undefined) throw refuse({ path: 'amendment.effectiveOn', code: 'before_differs' })
        await requirePaper(tx, agreementId, words.documentId, 'amendment.documentId')
        const id = newId()
        const at = context.clock.now()
        await numberFree(() =>
          tx.insert(agreementAmendments).values({
            id,
            agreementId,
            number: words.number,
            kind: words.kind,
            summary: words.summary,
            signedOn: words.signedOn?.toString() ?? null,
            effectiveOn: words.effectiveOn.toString(),
            changes: [...words.changes],
            languages: [...words.languages],
            documentId: words.documentId,
            recordedBy: actor.kind === 'user' ? actor.id : null,
            recordedAt: at.toString(),
          }),
        )
        await recordAudit(tx, actor, {
          action: 'amendment.record',
          subject: { kind: 'agreement', id: agreementId },
          at,
          changes: Object.entries(auditFields(words)).map(([field, after]) => ({ field, before: null, after })),
        })
        const today = todayOf(context)
        if (Temporal.PlainDate.compare(words.effectiveOn, today) <= 0) {
          const amendment = (await readAmendments(tx, agreementId)).find((other) => other.id === id)
          if (amendment !== undefined) await takeEffect(tx, actor, record, amendment, { at, today })
        }
        return id
      },
    ),
)

export interface AmendmentPaper {
  readonly id: string
  readonly agreementId: string
  readonly token: string
  readonly languages: readonly string[]
  readonly documentId: string | null
  /** As the form showed them, so that of two people the second is told. */
  readonly seen: { readonly languages: readonly string[]; readonly documentId: string | null }
}

/** Says in which languages an amendment exists and which paper it is: what may become known later. Returns its id. */
export const fileAmendment = command(
  'amendments.record',
  (
    context: AmendmentContext,
    actor,
    { id, agreementId, token, languages, documentId, seen }: AmendmentPaper,
  ): Promise<string> =>
    once(context, actor, { token, action: `amendment.file:${id}`, content: { languages, documentId } }, async (tx) => {
      await lockOwn(tx, actor, agreementId)
      const amendment = (await readAmendments(tx, agreementId)).find((other) => other.id === id)
      if (amendment === undefined) throw new DomainError('not_found')
      const now = { languages: [...amendment.languages], documentId: amendment.documentId }
      if (!isDeepStrictEqual(now, { languages: [...seen.languages], documentId: seen.documentId }))
        throw new DomainError('stale_version')
      await requirePaper(tx, agreementId, documentId, 'amendment.documentId')
      await tx
        .update(agreementAmendments)
        .set({ languages: [...languages], documentId })
        .where(eq(agreementAmendments.id, id))
      await recordAudit(tx, actor, {
        action: 'amendment.file',
        subject: { kind: 'agreement', id: agreementId },
        at: context.clock.now(),
        changes: [
          { field: 'amendment', before: null, after: amendment.number },
          { field: 'amendment.languages', before: now.languages, after: languages },
          { field: 'amendment.document', before: now.documentId, after: documentId },
        ],
      })
      return id
    }),
)

const uniqueViolation = '23505'

async function numberFree<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    throw new DomainError('invalid_input', {}, [{ path: 'amendment.number', code: 'number_taken' }], error)
  }
}
