import { asc, eq } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { agreementAmendments, agreements } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { fieldsOf, wordsFrom } from '#features/agreements/words.ts'
import { columnsOf, writeTexts } from '#features/agreements/write.ts'
import { writeParties } from '#features/agreements/write-parties.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
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

/** Every amendment of an agreement, in order of effect. */
export async function readAmendments(database: Queryable, agreementId: string): Promise<AmendmentRecord[]> {
  const rows = await database
    .select()
    .from(agreementAmendments)
    .where(eq(agreementAmendments.agreementId, agreementId))
    .orderBy(asc(agreementAmendments.number))
  return rows
    .map((row) => ({
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
    }))
    .sort(compareEffects)
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
  const agreed = agreedOf(record.words)
  const overlay: Record<string, AuditValue> = { ...agreed }
  for (const { field, after } of takenOver(amendment, others)) overlay[field] = after
  const changes = changesTo(agreed, overlay)
  await tx.update(agreementAmendments).set({ appliedAt: at.toString() }).where(eq(agreementAmendments.id, amendment.id))
  if (changes.length === 0) return
  const words = wordsWith(record.words, overlay)
  const version = record.version + 1
  await tx
    .update(agreements)
    .set({ ...columnsOf(words), version, updatedAt: at.toString() })
    .where(eq(agreements.id, record.id))
  if (changes.some(({ field }) => field === 'parties' || field === 'contacts')) await writeParties(tx, record.id, words)
  await writeTexts(tx, record.id, words, { at, by: actor.kind === 'user' ? actor.id : null })
  await recordAudit(tx, actor, {
    action: 'agreement.amend',
    subject: { kind: 'agreement', id: record.id },
    at,
    changes: [
      { field: 'amendment', before: null, after: amendment.number },
      ...changes,
      { field: 'version', before: record.version, after: version },
    ],
  })
  await refreshNextDue(tx, record.id, today)
}
