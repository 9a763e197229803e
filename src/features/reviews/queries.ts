import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import {
  agreementDocuments,
  agreementReviewers,
  agreementReviews,
  agreementSignOffs,
  userRoles,
  users,
} from '#db/schema/index.ts'
import { type Actor, permissions, type Role } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { mayReview, type Mode, type Part, turnsIn } from './model.ts'
import { readStanding, type Standing } from './standing.ts'

export interface Person {
  readonly id: string
  readonly name: string
}

/** Everybody who may be named as a reviewer, by name. */
export async function reviewCandidates(database: Queryable): Promise<Person[]> {
  const roles: readonly Role[] = permissions['agreements.review']
  const rows = await database
    .selectDistinct({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(and(eq(users.state, 'active'), inArray(userRoles.role, [...roles])))
  return rows.map((row) => ({ id: row.id, name: row.name ?? row.email })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

export interface ShownPart extends Part {
  readonly name: string | undefined
  readonly note: string | null
  readonly decidedAt: Temporal.Instant | undefined
}

export interface ShownRound {
  readonly id: string
  readonly round: number
  readonly mode: Mode
  readonly outcome: 'approved' | 'returned' | 'void' | null
  readonly startedBy: string | undefined
  readonly startedAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | undefined
  readonly parts: readonly ShownPart[]
  /** Positions whose turn it is. */
  readonly turns: readonly number[]
}

export interface ShownSignOff {
  readonly id: string
  readonly authority: string
  readonly formNumber: string | null
  readonly signedOn: string
  readonly recordedBy: string | undefined
  readonly isVoid: boolean
  /** It is of exactly what the agreement says now. */
  readonly stands: boolean
  readonly documentId: string | null
  readonly documentTitle: string | undefined
}

/** Everything that the page of an agreement's review shows. */
export interface ReviewPage {
  readonly standing: Standing
  /** The newest first. */
  readonly rounds: readonly ShownRound[]
  readonly signOffs: readonly ShownSignOff[]
  /** Whom this person may name. */
  readonly candidates: readonly Person[]
  /** Documents that can be the scan of a sign-off. */
  readonly scans: readonly { readonly id: string; readonly title: string }[]
}

export async function readReviewPage(
  database: Queryable,
  actor: Extract<Actor, { kind: 'user' }>,
  record: AgreementRecord,
): Promise<ReviewPage> {
  const rounds = await database
    .select()
    .from(agreementReviews)
    .where(eq(agreementReviews.agreementId, record.id))
    .orderBy(desc(agreementReviews.round))
  const parts =
    rounds.length === 0
      ? []
      : await database
          .select()
          .from(agreementReviewers)
          .where(
            inArray(
              agreementReviewers.reviewId,
              rounds.map((round) => round.id),
            ),
          )
          .orderBy(asc(agreementReviewers.position))
  const signOffs = await database
    .select()
    .from(agreementSignOffs)
    .where(eq(agreementSignOffs.agreementId, record.id))
    .orderBy(desc(agreementSignOffs.recordedAt))
  const documents = await database
    .select()
    .from(agreementDocuments)
    .where(and(eq(agreementDocuments.agreementId, record.id), eq(agreementDocuments.kind, 'sign_off')))
    .orderBy(desc(agreementDocuments.createdAt))
  const names = await namesOfUsers(database, [
    ...rounds.map((round) => round.startedBy),
    ...parts.map((part) => part.userId),
    ...signOffs.map((one) => one.recordedBy),
  ])
  const standing = await readStanding(database, record.id)
  const people = { recordedBy: record.createdBy, sentBy: actor.id }
  return {
    standing,
    rounds: rounds.map((round) => {
      const own = parts.filter((part) => part.reviewId === round.id)
      return {
        id: round.id,
        round: round.round,
        mode: round.mode,
        outcome: round.outcome,
        startedBy: names.get(round.startedBy ?? ''),
        startedAt: Temporal.Instant.from(round.startedAt),
        endedAt: instantOf(round.endedAt),
        parts: own.map((part) => ({
          ...part,
          name: names.get(part.userId),
          decidedAt: instantOf(part.decidedAt),
        })),
        turns: round.outcome === null ? turnsIn(round.mode, own).map((part) => part.position) : [],
      }
    }),
    signOffs: signOffs.map((one) => ({
      id: one.id,
      authority: one.authority,
      formNumber: one.formNumber,
      signedOn: one.signedOn,
      recordedBy: names.get(one.recordedBy ?? ''),
      isVoid: one.voidedAt !== null,
      stands: one.voidedAt === null && one.contentHash === standing.hash,
      documentId: one.documentId,
      documentTitle: documents.find((document) => document.id === one.documentId)?.title,
    })),
    candidates: (await reviewCandidates(database)).filter((one) => mayReview(one.id, people)),
    scans: documents.filter((one) => one.archivedAt === null).map(({ id, title }) => ({ id, title })),
  }
}

const instantOf = (text: string | null) => (text === null ? undefined : Temporal.Instant.from(text))

/** Agreements in whose review it is somebody’s turn to decide. */
export async function waitingFor(database: Queryable, userId: string): Promise<string[]> {
  const rows = await database
    .select({ agreementId: agreementReviews.agreementId, reviewId: agreementReviews.id, mode: agreementReviews.mode })
    .from(agreementReviewers)
    .innerJoin(agreementReviews, eq(agreementReviews.id, agreementReviewers.reviewId))
    .where(
      and(eq(agreementReviewers.userId, userId), isNull(agreementReviewers.decision), isNull(agreementReviews.outcome)),
    )
  if (rows.length === 0) return []
  const parts = await database
    .select()
    .from(agreementReviewers)
    .where(
      inArray(
        agreementReviewers.reviewId,
        rows.map((row) => row.reviewId),
      ),
    )
  return [
    ...new Set(
      rows
        .filter(({ mode, reviewId }) =>
          turnsIn(
            mode,
            parts.filter((part) => part.reviewId === reviewId),
          ).some((part) => part.userId === userId),
        )
        .map((row) => row.agreementId),
    ),
  ]
}
