import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementDocuments, agreementSignOffs } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { parseDay } from '#features/signatures/model.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { checkText, collect, required, unknown } from './check.ts'
import type { ReviewContext } from './commands.ts'
import { authorities, reviewLimits } from './model.ts'
import { currentHash } from './substance.ts'

export interface NewSignOff {
  readonly id: string
  /** The version of the agreement that the person saw: what was signed off is what it says there. */
  readonly version: number
  readonly token: string
  readonly authority: string
  readonly formNumber: string
  /** ISO 8601 day. */
  readonly signedOn: string
  /** The scan: a document of this agreement of the kind `sign_off`. */
  readonly documentId: string
}

/**
 * Records a sign-off (会签) that happened on paper or in the office's own system, for the content as it stands; returns
 * the agreement's id. It stands until the substance changes.
 * @throws DomainError `not_found`, `stale_version`, `transition_not_allowed` where there is nothing to sign off,
 * `invalid_input`.
 */
export const recordSignOff = command('agreements.record_sign_off', (context: ReviewContext, actor, input: NewSignOff) =>
  once(context, actor, { token: input.token, action: `agreement.record_sign_off:${input.id}` }, async (tx) => {
    const record = await lockOwn(tx, actor, input.id)
    if (record.version !== input.version) throw new DomainError('stale_version', { version: record.version })
    if (['draft', 'declined', 'withdrawn'].includes(record.state)) throw new DomainError('transition_not_allowed')
    const problems: FieldProblem[] = []
    const authority = authorities.find((one) => one === input.authority)
    if (authority === undefined) {
      problems.push(input.authority === '' ? required('authority') : unknown('authority', input.authority))
    }
    const today = officeDay(context.clock, context.config.officeTimeZone)
    const signedOn = checkDay(input.signedOn, today, problems)
    const formNumber = collect(problems, () =>
      checkText(input.formNumber, 'formNumber', reviewLimits.formNumber, { required: true }),
    )
    const scan = await findScan(tx, record.id, input.documentId)
    if (scan === undefined) problems.push(required('documentId'))
    if (problems.length > 0 || authority === undefined || scan === undefined) {
      throw new DomainError('invalid_input', {}, problems)
    }
    const at = context.clock.now()
    const hash = await currentHash(tx, record.id)
    await tx.insert(agreementSignOffs).values({
      id: newId(),
      agreementId: record.id,
      authority,
      formNumber,
      signedOn,
      contentHash: hash,
      documentId: scan,
      recordedBy: userOf(actor),
      recordedAt: at.toString(),
    })
    await recordAudit(tx, actor, {
      action: 'agreement.record_sign_off',
      subject: { kind: 'agreement', id: record.id },
      at,
      changes: [
        { field: 'signOff', before: null, after: { authority, formNumber: formNumber ?? null, signedOn } },
        { field: 'content', before: null, after: hash },
      ],
    })
    return record.id
  }),
)

async function findScan(tx: Transaction, agreementId: string, documentId: string): Promise<string | undefined> {
  if (!isUuid(documentId)) return undefined
  const [found] = await tx
    .select({ id: agreementDocuments.id })
    .from(agreementDocuments)
    .where(
      and(
        eq(agreementDocuments.id, documentId),
        eq(agreementDocuments.agreementId, agreementId),
        eq(agreementDocuments.kind, 'sign_off'),
        isNull(agreementDocuments.archivedAt),
      ),
    )
  return found?.id
}

function checkDay(typed: string, today: Temporal.PlainDate, problems: FieldProblem[]): string {
  const text = normaliseText(typed)
  if (text === '') problems.push(required('signedOn'))
  else {
    const day = parseDay(text)
    if (day === undefined) problems.push({ path: 'signedOn', code: 'date' })
    else if (Temporal.PlainDate.compare(day, today) > 0) problems.push({ path: 'signedOn', code: 'date_ahead' })
  }
  return text
}

const userOf = (actor: KnownActor) => (actor.kind === 'user' ? actor.id : null)
