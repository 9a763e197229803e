import { asc, eq } from 'drizzle-orm'
import type { Queryable, Transaction } from '#db/client.ts'
import { agreementAmendments, agreements } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { refreshNextDue } from '#features/agreements/next-due-steps.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { Term } from '#features/agreements/term.ts'
import { termColumns, termOf } from '#features/agreements/term-columns.ts'
import { fieldsOf, wordsFrom } from '#features/agreements/words.ts'
import { columnsOf, writeTexts } from '#features/agreements/write.ts'
import { writeParties } from '#features/agreements/write-parties.ts'
import { plainDecimal } from '#features/milestones/money.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import {
  type Agreed,
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

/** What an agreement's row says beside its words. */
export interface RowState {
  readonly agreed: Agreed
  readonly term: Term
  readonly authenticLanguages: readonly string[]
}

export async function readRowState(database: Queryable, record: AgreementRecord): Promise<RowState> {
  const [row] = await database.select().from(agreements).where(eq(agreements.id, record.id))
  if (row === undefined) throw new Error(`agreement ${record.id} is gone`)
  const technologyAmount = row.technologyAmount === null ? null : plainDecimal(row.technologyAmount)
  const term = termOf(row)
  return { agreed: agreedOf(record.words, term, technologyAmount), term, authenticLanguages: row.authenticLanguages }
}

/** The term that flat fields say, with the office's own lead as it is. */
export function termFrom(agreed: Agreed, leadDays: number | null): Term {
  return {
    effective: agreed['effective'] as PartialDate | null,
    ends: agreed['ends'] as PartialDate | null,
    openEnded: agreed['openEnded'] === true,
    renewal: (agreed['renewal'] ?? 'none') as Term['renewal'],
    renewalMonths: agreed['renewalMonths'] as number | null,
    renewalLimit: agreed['renewalLimit'] as number | null,
    notice: agreed['notice'] as Term['notice'],
    leadDays,
  }
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
  const { agreed, term } = await readRowState(tx, record)
  const overlay: Record<string, AuditValue> = { ...agreed }
  for (const { field, after } of takenOver(amendment, others)) overlay[field] = after
  const changes = changesTo(agreed, overlay)
  await tx.update(agreementAmendments).set({ appliedAt: at.toString() }).where(eq(agreementAmendments.id, amendment.id))
  if (changes.length === 0) return
  const flat = fieldsOf(record.words)
  const words = wordsFrom({
    ...flat,
    ...Object.fromEntries(Object.entries(overlay).filter(([field]) => field in flat)),
  })
  const version = record.version + 1
  await tx
    .update(agreements)
    .set({
      ...columnsOf(words),
      ...termColumns(termFrom(overlay, term.leadDays)),
      technologyAmount: overlay['technologyAmount'] as string | null,
      version,
      updatedAt: at.toString(),
    })
    .where(eq(agreements.id, record.id))
  if (changes.some(({ field }) => field === 'parties')) await writeParties(tx, record.id, words)
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
