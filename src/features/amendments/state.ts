import { asc, eq } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementAmendments, agreements } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import { compareAmounts } from '#features/agreements/check-agreed.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { fieldsOf, wordsFrom } from '#features/agreements/words.ts'
import { columnsOf, writeTexts } from '#features/agreements/write.ts'
import { writeParties } from '#features/agreements/write-parties.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { DomainError } from '#platform/errors.ts'
import {
  type Agreed,
  amendableFields,
  agreedOf,
  type AmendmentChange,
  type AmendmentEffect,
  type AmendmentKind,
  changesTo,
  compareEffects,
  takenOver,
} from './model.ts'

/** An amendment as it is on record. */
export interface AmendmentRecord extends AmendmentEffect {
  readonly id: string
  readonly kind: AmendmentKind
  readonly summary: string
  readonly signedOn: Temporal.PlainDate | null
  readonly languages: readonly string[]
  readonly documentId: string | null
  readonly recordedBy: string | null
  readonly recordedAt: Temporal.Instant
}

/** An amendment that was recorded in error and counts for nothing. */
export interface AnnulledAmendment extends AmendmentRecord {
  readonly annulledBy: string | null
  readonly annulledAt: Temporal.Instant
  readonly reason: string
}

/** Every amendment of an agreement that counts, in order of effect. */
export async function readAmendments(database: Queryable, agreementId: string): Promise<AmendmentRecord[]> {
  const rows = await rowsOf(database, { agreementId })
  return rows
    .filter((row) => row.annulledAt === null)
    .map(amendmentOf)
    .sort(compareEffects)
}

/** Those that were annulled, the last one first. */
export async function readAnnulled(database: Queryable, agreementId: string): Promise<AnnulledAmendment[]> {
  const rows = await rowsOf(database, { agreementId })
  return rows
    .flatMap((row) =>
      row.annulledAt === null
        ? []
        : {
            ...amendmentOf(row),
            annulledBy: row.annulledBy,
            annulledAt: Temporal.Instant.from(row.annulledAt),
            reason: row.annulledReason ?? '',
          },
    )
    .sort((a, b) => Temporal.Instant.compare(b.annulledAt, a.annulledAt))
}

const rowsOf = keptQuery<{ agreementId: string }>()((database, value) =>
  database
    .select()
    .from(agreementAmendments)
    .where(eq(agreementAmendments.agreementId, value('agreementId')))
    .orderBy(asc(agreementAmendments.number)),
)

function amendmentOf(row: typeof agreementAmendments.$inferSelect): AmendmentRecord {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind as AmendmentKind,
    summary: row.summary,
    signedOn: row.signedOn === null ? null : Temporal.PlainDate.from(row.signedOn),
    effectiveOn: Temporal.PlainDate.from(row.effectiveOn),
    changes: row.changes as AmendmentChange[],
    languages: row.languages,
    documentId: row.documentId,
    recordedBy: row.recordedBy,
    recordedAt: Temporal.Instant.from(row.recordedAt),
    applied: row.appliedAt !== null,
  }
}

/** The words of an agreement with what was agreed put into them. */
export function wordsWith(words: AgreementWords, agreed: Agreed): AgreementWords {
  const entries = Object.entries(agreed).filter(([field]) => amendableFields.includes(field))
  return wordsFrom({ ...fieldsOf(words), ...Object.fromEntries(entries) })
}

/**
 * Lets an amendment take effect: the agreement's row takes its changes over, as an edit of the agreement with a
 * version and an audit record of its own. Does nothing but mark it where a later amendment rules already.
 * @param record the agreement, locked in this transaction
 */
export async function takeEffect(
  tx: Transaction,
  actor: KnownActor,
  record: AgreementRecord,
  amendment: AmendmentRecord,
  { at, today }: { readonly at: Temporal.Instant; readonly today: Temporal.PlainDate },
): Promise<void> {
  const others = (await readAmendments(tx, record.id)).filter(({ id }) => id !== amendment.id)
  await tx.update(agreementAmendments).set({ appliedAt: at.toString() }).where(eq(agreementAmendments.id, amendment.id))
  await rewrite(tx, actor, record, {
    action: 'agreement.amend',
    number: amendment.number,
    changes: takenOver(amendment, others),
    ...{ at, today },
  })
}

export interface Rewriting {
  /** What the history calls it. */
  readonly action: 'agreement.amend' | 'agreement.unamend'
  /** Of the amendment that it comes from. */
  readonly number: number
  readonly changes: readonly Pick<AmendmentChange, 'field' | 'after'>[]
  readonly at: Temporal.Instant
  readonly today: Temporal.PlainDate
}

/**
 * Puts into the agreement's row what follows from its amendments; nothing where that is what it says.
 * @throws DomainError `invalid_input` where the part that is for technology would be more than the value
 */
export async function rewrite(
  tx: Transaction,
  actor: KnownActor,
  record: AgreementRecord,
  { action, number, changes: wanted, at, today }: Rewriting,
): Promise<void> {
  const agreed = agreedOf(record.words)
  const overlay: Record<string, AuditValue> = { ...agreed }
  for (const { field, after } of wanted) overlay[field] = after
  const changes = changesTo(agreed, overlay)
  if (changes.length === 0) return
  const words = wordsWith(record.words, overlay)
  const { value, technologyAmount } = words
  if (technologyAmount !== null && (value === null || compareAmounts(technologyAmount, value.amount) > 0)) {
    const path = action === 'agreement.unamend' ? 'reason' : 'amendment.effectiveOn'
    const code = value === null ? 'technology_without_value' : 'technology_over_value'
    throw new DomainError('invalid_input', {}, [{ path, code }])
  }
  const version = record.version + 1
  await tx
    .update(agreements)
    .set({ ...columnsOf(words), version, updatedAt: at.toString() })
    .where(eq(agreements.id, record.id))
  if (changes.some(({ field }) => field === 'parties' || field === 'contacts')) await writeParties(tx, record.id, words)
  await writeTexts(tx, record.id, words, { at, by: actor.kind === 'user' ? actor.id : null })
  await recordAudit(tx, actor, {
    action,
    subject: { kind: 'agreement', id: record.id },
    at,
    changes: [
      { field: 'amendment', before: null, after: number },
      ...changes,
      { field: 'version', before: record.version, after: version },
    ],
  })
  await refreshNextDue(tx, record.id, today)
}
