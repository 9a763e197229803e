import { and, asc, eq, inArray, isNull, lte, max } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import {
  agreementMilestones,
  agreementReviewers,
  agreementReviews,
  agreements,
  agreementTransitions,
  milestoneOccurrences,
} from '#db/schema/index.ts'
import { runningStates, signedStates } from '#features/agreements/next-due.ts'
import { deadlines } from '#features/agreements/term.ts'
import { termOf } from '#features/agreements/term-columns.ts'
import type { WorkingDays } from '#features/workdays/model.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
import type { Matter } from './model.ts'

type Row = typeof agreements.$inferSelect

/** What of an agreement's row decides what it has to be reminded of. */
export const watchedColumns = {
  id: agreements.id,
  state: agreements.state,
  visibility: agreements.visibility,
  officerId: agreements.officerId,
  createdBy: agreements.createdBy,
  createdAt: agreements.createdAt,
  effective: agreements.effective,
  effectivePrecision: agreements.effectivePrecision,
  ends: agreements.ends,
  endsPrecision: agreements.endsPrecision,
  openEnded: agreements.openEnded,
  renewal: agreements.renewal,
  renewalMonths: agreements.renewalMonths,
  renewalLimit: agreements.renewalLimit,
  noticeAmount: agreements.noticeAmount,
  noticeUnit: agreements.noticeUnit,
  leadDays: agreements.leadDays,
  filingDue: agreements.filingDue,
  filedOn: agreements.filedOn,
} as const

export type Watched = Pick<Row, keyof typeof watchedColumns>

/** States in which an agreement can have something to be reminded of. */
export const watchedStates: readonly string[] = ['review', 'approved', ...signedStates]

export interface Horizon {
  readonly today: Temporal.PlainDate
  /** Milestones that are due later than this are left out. */
  readonly until: Temporal.PlainDate
  readonly officeTimeZone: string
}

/**
 * Everything that agreements can be reminded of, by agreement, as it stands now: deadlines of the term, what is
 * scheduled, filing, approvals that are waited for, and signatures that are missing.
 * Unscoped: its callers are the system's own work, or ask for agreements that the actor may see.
 */
export async function mattersOf(
  database: Queryable,
  rows: readonly Watched[],
  horizon: Horizon,
): Promise<ReadonlyMap<string, readonly Matter[]>> {
  const idsIn = (...states: readonly string[]) =>
    rows.flatMap(({ id, state }) => (states.includes(state ?? '') ? [id] : []))
  const [workingDays, owed, waiting, approved] = await Promise.all([
    officeWorkingDays(database),
    scheduled(database, idsIn(...signedStates), horizon.until),
    waitingReviewers(database, idsIn('review'), horizon.officeTimeZone),
    approvedSince(database, idsIn('approved'), horizon.officeTimeZone),
  ])
  return new Map(
    rows.map((row) => [
      row.id,
      [
        ...ofTheTerm(row, horizon.today, workingDays),
        ...(owed.get(row.id) ?? []),
        ...filing(row),
        ...(waiting.get(row.id) ?? []),
        ...(approved.get(row.id) ?? []),
      ],
    ]),
  )
}

function ofTheTerm(row: Watched, today: Temporal.PlainDate, workingDays: WorkingDays): Matter[] {
  if (!runningStates.includes(row.state ?? '')) return []
  const reckoned = deadlines(termOf(row), today, workingDays)
  return (['end', 'notice', 'lead'] as const).flatMap((kind) => {
    const deadline = reckoned[kind]
    return deadline === undefined ? [] : [{ kind, subject: '', due: deadline.date }]
  })
}

function filing(row: Watched): Matter[] {
  if (!signedStates.includes(row.state ?? '') || row.filingDue === null || row.filedOn !== null) return []
  return [{ kind: 'filing', subject: '', due: Temporal.PlainDate.from(row.filingDue) }]
}

type ByAgreement = ReadonlyMap<string, readonly Matter[]>

const grouped = (found: readonly (Matter & { readonly agreementId: string })[]): ByAgreement =>
  Map.groupBy(found, ({ agreementId }) => agreementId)

async function scheduled(database: Queryable, ids: string[], until: Temporal.PlainDate): Promise<ByAgreement> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({
      agreementId: milestoneOccurrences.agreementId,
      milestoneId: milestoneOccurrences.milestoneId,
      due: milestoneOccurrences.due,
      kind: agreementMilestones.kind,
    })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .where(
      and(
        inArray(milestoneOccurrences.agreementId, ids),
        eq(milestoneOccurrences.state, 'scheduled'),
        lte(milestoneOccurrences.due, until.toString()),
        isNull(agreementMilestones.archivedAt),
      ),
    )
    .orderBy(asc(milestoneOccurrences.due))
  return grouped(
    rows.map(({ agreementId, milestoneId, due, kind }) => ({
      agreementId,
      kind: kind === 'payment' ? 'payment' : 'milestone',
      subject: milestoneId,
      due: Temporal.PlainDate.from(due),
    })),
  )
}

/** A reviewer's place in a round, as a reminder's subject. */
export const reviewerSubject = (reviewId: string, position: number) => `${reviewId}:${position}`

/** Reviewers whose turn it is, since the day on which it became theirs. */
async function waitingReviewers(database: Queryable, ids: string[], timeZone: string): Promise<ByAgreement> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ review: agreementReviews, part: agreementReviewers })
    .from(agreementReviews)
    .innerJoin(agreementReviewers, eq(agreementReviewers.reviewId, agreementReviews.id))
    .where(and(inArray(agreementReviews.agreementId, ids), isNull(agreementReviews.outcome)))
    .orderBy(asc(agreementReviewers.reviewId), asc(agreementReviewers.position))
  const rounds = Map.groupBy(rows, ({ review }) => review.id)
  return grouped(
    [...rounds.values()].flatMap((parts) => {
      const open = parts.filter(({ part }) => part.decision === null)
      const inTurn = parts[0]?.review.mode === 'sequence' ? open.slice(0, 1) : open
      return inTurn.map(({ review, part }) => {
        const before =
          review.mode === 'sequence' ? parts.find(({ part: one }) => one.position === part.position - 1) : undefined
        return {
          agreementId: review.agreementId,
          kind: 'approval' as const,
          subject: reviewerSubject(review.id, part.position),
          due: dayOf(before?.part.decidedAt ?? review.startedAt, timeZone),
        }
      })
    }),
  )
}

/** Agreements that were approved and not signed yet, since the day of the approval. */
async function approvedSince(database: Queryable, ids: string[], timeZone: string): Promise<ByAgreement> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ agreementId: agreementTransitions.agreementId, at: max(agreementTransitions.at) })
    .from(agreementTransitions)
    .where(and(inArray(agreementTransitions.agreementId, ids), eq(agreementTransitions.toState, 'approved')))
    .groupBy(agreementTransitions.agreementId)
  return grouped(
    rows.flatMap(({ agreementId, at }) =>
      at === null ? [] : [{ agreementId, kind: 'signature' as const, subject: '', due: dayOf(at, timeZone) }],
    ),
  )
}

export const dayOf = (at: string, timeZone: string) =>
  Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate()
