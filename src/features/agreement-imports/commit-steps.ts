import { eq } from 'drizzle-orm'
import { type Database, sqlState, type Transaction } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import { agreementFacilities, agreementImports, agreementLabs, agreementTransitions } from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { insertAgreementWords } from '#features/agreements/bulk.ts'
import { type AgreementState, isAgreementState } from '#features/agreements/lifecycle.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { nextDueOf, runningStates } from '#features/agreements/next-due.ts'
import { partyKeysOf } from '#features/agreements/search-steps.ts'
import { deadlines } from '#features/agreements/term.ts'
import { changesBetween } from '#features/agreements/words.ts'
import { signatureChange } from '#features/signatures/columns.ts'
import type { PlacedSignature } from '#features/signatures/model.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
import { recordAudit, recordAuditAll } from '#platform/audit/record.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { type Batch, outcomesOf, type Outcome, stagedRows, writeOutcomes } from './check-steps.ts'
import { rowSetting } from './batch-steps.ts'
import { lockImport } from './queries.ts'
import { markDone } from './rows.ts'
import type { OnProgress } from './read-steps.ts'
import type { RowSetting } from './row-draft.ts'

export interface CommitWriter {
  readonly actor: KnownActor
  readonly at: Temporal.Instant
  /** The office's day. */
  readonly today: Temporal.PlainDate
}

/**
 * Puts every row that is right into the register, in the caller's transaction: the agreement, its history and its
 * audit record. Each row is checked once more, against the register as it is now; what is no longer right waits with
 * its reasons. Returns how many agreements there are more.
 */
export async function commitBatch(
  tx: Transaction,
  writer: CommitWriter,
  batch: Batch,
  setting: RowSetting,
  onProgress: OnProgress,
): Promise<number> {
  let count = 0
  let done = 0
  for await (const rows of stagedRows(tx, batch, ['ready'])) {
    const outcomes = await outcomesOf(tx, writer.actor, batch.id, rows, setting)
    const added = await addAgreements(tx, writer, outcomes, setting)
    await writeOutcomes(
      tx,
      batch.id,
      outcomes.filter(({ number }) => !added.has(number)),
    )
    await markDone(tx, batch.id, added)
    count += added.size
    done += rows.length
    await onProgress(done)
  }
  await tx.update(agreementImports).set({ updatedAt: writer.at.toString() }).where(eq(agreementImports.id, batch.id))
  return count
}

const uniqueViolation = '23505'

/**
 * Locks the batch and commits it, all in one transaction; whoever else commits it waits, and then finds nothing left to
 * do. Where a number was taken between the last look and the writing, everything is looked at once more.
 */
export async function commitInOneGo(
  context: CommitContext,
  actor: KnownActor,
  importId: string,
  onProgress: OnProgress,
): Promise<number> {
  const { database, clock, config, sealer } = context
  for (let attempt = 1; ; attempt += 1) {
    try {
      const count = await database.transaction(async (tx) => {
        const batch = await lockImport(tx, actor, importId)
        if (batch.state !== 'checked') throw new DomainError('busy')
        const at = clock.now()
        const today = officeDay(clock, config.officeTimeZone)
        const setting = await rowSetting(tx, batch, today)
        const added = await commitBatch(tx, { actor, at, today }, batch, setting, onProgress)
        if (added === 0) return 0
        await recordAudit(tx, actor, {
          action: 'agreement_import.commit',
          subject: { kind: 'agreement_import', id: importId },
          at,
          changes: [{ field: 'agreements', before: null, after: added }],
        })
        return added
      })
      sealer?.poke()
      return count
    } catch (error) {
      if (attempt === 3 || sqlState(error) !== uniqueViolation) throw error
    }
  }
}

export interface CommitContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly officeTimeZone: string }
  readonly sealer?: { poke(): void }
}

interface Added {
  readonly number: number
  readonly id: string
  readonly words: AgreementWords
  readonly signatures: readonly PlacedSignature[]
  readonly state: AgreementState
}

async function addAgreements(
  tx: Transaction,
  { actor, at, today }: CommitWriter,
  outcomes: readonly Outcome[],
  { lookups }: RowSetting,
): Promise<ReadonlyMap<number, string>> {
  const by = actor.kind === 'user' ? actor.id : null
  const workingDays = await officeWorkingDays(tx)
  const added = outcomes.flatMap(({ number, state: outcome, checked }): Added[] => {
    const { words, signatures, state } = checked
    if (outcome !== 'ready' || words === undefined || !isAgreementState(state)) return []
    return [{ number, id: newId(), words: { ...words, officerId: words.officerId ?? by }, signatures, state }]
  })
  await insertAgreementWords(
    tx,
    added.map(({ id, words, signatures, state }) => ({
      ...{ id, words, signatures, state, createdBy: by, secrecyDeclaredAt: at },
      slug: `agreement-${id.slice(-12)}`,
      // A new agreement has no milestones and no filing yet: its own deadlines are all that can be due.
      nextDue: runningStates.includes(state)
        ? (nextDueOf(deadlines(words, today, workingDays), [], today)?.toString() ?? null)
        : null,
      partyKeys: partyKeysOf(
        words.parties.flatMap(({ partnerId, country }) => [
          ...[partnerId, country],
          lookups.countryOf.get(partnerId ?? '') ?? null,
        ]),
      ),
    })),
    at,
  )
  await insertRows(
    tx,
    agreementLabs,
    added.flatMap(({ id, words }) => words.labs.map((labId) => ({ agreementId: id, labId }))),
  )
  await insertRows(
    tx,
    agreementFacilities,
    added.flatMap(({ id, words }) => words.facilities.map((facilityId) => ({ agreementId: id, facilityId }))),
  )
  await insertRows(
    tx,
    agreementTransitions,
    added.map(({ id, state }) => ({
      ...{ id: newId(), agreementId: id, by, at: at.toString() },
      transition: state === 'draft' ? 'draft' : 'enter',
      fromState: null,
      toState: state,
    })),
  )
  await recordAuditAll(
    tx,
    actor,
    added.map(({ id, words, signatures, state }) => ({
      action: state === 'draft' ? 'agreement.record' : 'agreement.enter',
      subject: { kind: 'agreement', id },
      at,
      changes: [
        ...changesBetween(null, words),
        ...signatures.map(({ position, ...signed }) => signatureChange(position, undefined, signed)),
        { field: 'state', before: null, after: state },
        { field: 'version', before: null, after: 1 },
      ],
    })),
  )
  return new Map(added.map(({ number, id }) => [number, id]))
}
