import type { Transaction } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import {
  agreementMilestones,
  agreementReaders,
  agreementReleases,
  agreementTransitions,
  milestoneOccurrences,
} from '#db/schema/index.ts'
import type { KnownActor } from '#features/accounts/model.ts'
import { insertAgreementWords } from '#features/agreements/bulk.ts'
import { partyKeysOf } from '#features/agreements/search-steps.ts'
import { publishAgreements } from '#features/agreements/steps.ts'
import type { WorkingDays } from '#features/workdays/model.ts'
import { recordAuditAll } from '#platform/audit/record.ts'
import { newId } from '#platform/ids.ts'
import { auditOf } from './audit.ts'
import { sampleMilestones, sampleNextDue } from './milestones.ts'
import type { SampleAgreement } from './model.ts'
import { between } from './random.ts'
import { enteredState, reviewSamples } from './reviews.ts'

export interface SampleWriter {
  readonly actor: KnownActor
  readonly at: Temporal.Instant
  readonly today: Temporal.PlainDate
  readonly workingDays: WorkingDays
  /** Invented staff, at least two. */
  readonly people: readonly string[]
  /** Of the sample partners. */
  readonly countries: ReadonlyMap<string, string>
  readonly random: () => number
}

/** Writes some agreements with everything that hangs on them. */
export async function addAgreements(
  tx: Transaction,
  { actor, at, today, workingDays, people, countries, random }: SampleWriter,
  list: readonly SampleAgreement[],
): Promise<void> {
  const rows = list.map((agreement) => {
    const milestones = sampleMilestones(agreement, random, today)
    return {
      ...agreement,
      id: newId(),
      milestones,
      nextDue: sampleNextDue(
        agreement,
        milestones.flatMap(({ days }) => days),
        today,
        workingDays,
      ),
      partyKeys: partyKeysOf(
        agreement.words.parties.flatMap(({ partnerId }) => [partnerId, countries.get(partnerId ?? '') ?? null]),
      ),
      updatedAt: at.subtract({ seconds: between(random, 0, 3 * 365 * 86_400) }),
    }
  })
  await insertAgreementWords(
    tx,
    rows.map((row) => ({ ...row, state: enteredState(row) })),
    at,
  )
  await insertRows(
    tx,
    agreementTransitions,
    rows.map((row) => ({
      id: newId(),
      agreementId: row.id,
      transition: row.state === 'draft' ? 'draft' : 'enter',
      fromState: null,
      toState: enteredState(row),
      at: row.updatedAt.toString(),
    })),
  )
  await insertRows(
    tx,
    agreementReaders,
    rows
      .filter(({ words }) => words.visibility === 'confidential')
      .flatMap(({ id, words }) =>
        people
          .filter((userId) => userId !== words.officerId)
          .slice(0, 2)
          .map((userId) => ({ agreementId: id, userId })),
      ),
  )
  await addMilestones(tx, rows, at)
  await addReleases(tx, rows, at, people)
  await recordAuditAll(
    tx,
    actor,
    rows.flatMap((row) => auditOf(row.id, row, row.milestones, row.updatedAt)),
  )
  const [sender = '', ...reviewers] = people
  await reviewSamples(tx, actor, { at, sender, reviewers }, rows)
}

type Row = SampleAgreement & {
  readonly id: string
  readonly milestones: ReturnType<typeof sampleMilestones>
}

async function addMilestones(tx: Transaction, rows: readonly Row[], at: Temporal.Instant): Promise<void> {
  const owed = rows.flatMap(({ id, milestones }) =>
    milestones.map((milestone) => ({ ...milestone, id: newId(), agreementId: id })),
  )
  await insertRows(
    tx,
    agreementMilestones,
    owed.map(({ id, agreementId, kind, title, partyPosition, firstDue, rule }) => ({
      id,
      agreementId,
      kind,
      title,
      partyPosition,
      firstDue: firstDue.toString(),
      rule,
      createdAt: at.toString(),
    })),
  )
  await insertRows(
    tx,
    milestoneOccurrences,
    owed.flatMap(({ id, agreementId, days }) =>
      days.map(({ due, state, metOn }) => ({
        milestoneId: id,
        agreementId,
        due: due.toString(),
        state,
        metOn: metOn?.toString() ?? null,
        confirmedAt: state === 'scheduled' ? null : at.toString(),
      })),
    ),
  )
}

async function addReleases(
  tx: Transaction,
  rows: readonly Row[],
  at: Temporal.Instant,
  [asker = '', granter = '']: readonly string[],
): Promise<void> {
  const released = rows.filter((row) => row.released)
  if (released.length === 0) return
  await insertRows(
    tx,
    agreementReleases,
    released.map(({ id }) => ({
      id: newId(),
      agreementId: id,
      requestedBy: asker,
      requestedAt: at.toString(),
      decision: 'granted' as const,
      decidedBy: granter,
      decidedAt: at.toString(),
      agreementVersion: 1,
      confidentialityReviewer: 'Sample Officer Two',
      confidentialityBasis: 'Sample basis',
    })),
  )
  await publishAgreements(
    tx,
    released.map((row) => row.id),
    { at, by: granter },
  )
}
