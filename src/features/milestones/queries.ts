import { and, asc, count, desc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementDocuments, agreementMilestones, agreements, milestoneOccurrences } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { type DueItem, signedStates } from '#features/agreements/next-due.ts'
import { type AgreementLabel, labelsOf } from '#features/agreements/office-titles.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { byUrgency, isOverdue, type MilestoneWords, type Outcome } from './model.ts'
import { milestoneFrom, type MilestoneRecord, occurrenceFrom } from './rows.ts'

/** One due day of a milestone, and what became of it. */
export interface DueLine extends DueItem, Outcome {
  readonly milestone: MilestoneRecord
  readonly overdue: boolean
  readonly confirmedBy: string | null
  readonly confirmedAt: Temporal.Instant | null
  /** Title of the document that shows it. */
  readonly document: string | null
}

const dueRows = keptQuery<{ agreementId: string }>()((database, value) =>
  database
    .select({ milestone: agreementMilestones, occurrence: milestoneOccurrences, document: agreementDocuments.title })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .leftJoin(agreementDocuments, eq(agreementDocuments.id, milestoneOccurrences.documentId))
    .where(and(eq(milestoneOccurrences.agreementId, value('agreementId')), isNull(agreementMilestones.archivedAt)))
    .orderBy(asc(milestoneOccurrences.due), asc(agreementMilestones.id)),
)

/** Every due day of an agreement's milestones, overdue first. The caller has made sure that the actor may see it. */
export async function dueLinesOf(
  database: Queryable,
  agreementId: string,
  today: Temporal.PlainDate,
): Promise<DueLine[]> {
  const rows = await dueRows(database, { agreementId })
  const names = await namesOfUsers(
    database,
    rows.map(({ occurrence }) => occurrence.confirmedBy),
  )
  return rows
    .map(({ milestone, occurrence, document }): DueLine => {
      const item = occurrenceFrom(occurrence)
      return {
        ...item,
        milestone: milestoneFrom(milestone),
        overdue: isOverdue(item, today),
        confirmedBy: names.get(occurrence.confirmedBy ?? '') ?? null,
        confirmedAt: occurrence.confirmedAt === null ? null : Temporal.Instant.from(occurrence.confirmedAt),
        document,
      }
    })
    .sort(byUrgency(today))
}

/** A milestone that the actor may see. @throws DomainError `not_found` */
export async function requireMilestone(
  database: Queryable,
  actor: Actor,
  agreementId: string,
  id: string,
): Promise<MilestoneRecord> {
  const [row] =
    isUuid(id) && isUuid(agreementId)
      ? await database
          .select({ milestone: agreementMilestones })
          .from(agreementMilestones)
          .innerJoin(agreements, eq(agreements.id, agreementMilestones.agreementId))
          .where(
            and(
              eq(agreementMilestones.id, id),
              eq(agreements.id, agreementId),
              isNull(agreementMilestones.archivedAt),
              visibleTo(actor),
            ),
          )
      : []
  if (row === undefined) throw new DomainError('not_found')
  return milestoneFrom(row.milestone)
}

/** What became of one due day. @throws DomainError `not_found` */
export async function requireOccurrence(
  database: Queryable,
  milestoneId: string,
  due: string,
): Promise<DueItem & Outcome> {
  const [row] = /^\d{4}-\d{2}-\d{2}$/.test(due)
    ? await database
        .select()
        .from(milestoneOccurrences)
        .where(and(eq(milestoneOccurrences.milestoneId, milestoneId), sql`${milestoneOccurrences.due}::text = ${due}`))
    : []
  if (row === undefined) throw new DomainError('not_found')
  return occurrenceFrom(row)
}

export interface PaperOption {
  readonly id: string
  readonly title: string
  readonly kind: string
}

/** The papers of an agreement that can show something. The caller has made sure that the actor may see it. */
export async function papersOf(database: Queryable, agreementId: string): Promise<PaperOption[]> {
  return database
    .select({ id: agreementDocuments.id, title: agreementDocuments.title, kind: agreementDocuments.kind })
    .from(agreementDocuments)
    .where(and(eq(agreementDocuments.agreementId, agreementId), isNull(agreementDocuments.archivedAt)))
    .orderBy(desc(agreementDocuments.createdAt))
}

/** A line of the office's home: something due, and of which agreement. */
export interface DueSoon {
  readonly agreementId: string
  readonly agreement: AgreementLabel | undefined
  readonly milestoneId: string
  readonly words: MilestoneWords
  readonly due: Temporal.PlainDate
  readonly overdue: boolean
}

export interface DueSoonList {
  /** Earliest first, at most `limit`. */
  readonly lines: readonly DueSoon[]
  readonly total: number
  readonly overdue: number
}

/**
 * What is due within some days, or overdue, in agreements that were signed and that the actor may see.
 * @param withinDays days from today, that day included
 */
export async function dueSoon(
  database: Queryable,
  actor: Actor,
  today: Temporal.PlainDate,
  withinDays: number,
  { locale, limit = 10 }: { readonly locale: Locale; readonly limit?: number },
): Promise<DueSoonList> {
  const open = and(
    visibleTo(actor),
    inArray(agreements.state, [...signedStates]),
    eq(milestoneOccurrences.state, 'scheduled'),
    isNull(agreementMilestones.archivedAt),
    lte(milestoneOccurrences.due, today.add({ days: withinDays }).toString()),
  )
  const [counted] = await database
    .select({
      total: count(),
      overdue: count(sql`case when ${lt(milestoneOccurrences.due, today.toString())} then 1 end`),
    })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .innerJoin(agreements, eq(agreements.id, milestoneOccurrences.agreementId))
    .where(open)
  const rows = await database
    .select({ milestone: agreementMilestones, due: milestoneOccurrences.due })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .innerJoin(agreements, eq(agreements.id, milestoneOccurrences.agreementId))
    .where(open)
    .orderBy(asc(milestoneOccurrences.due), asc(agreementMilestones.id))
    .limit(limit)
  const labels = await labelsOf(database, [...new Set(rows.map(({ milestone }) => milestone.agreementId))], locale)
  return {
    total: counted?.total ?? 0,
    overdue: counted?.overdue ?? 0,
    lines: rows.map(({ milestone, due }) => {
      const day = Temporal.PlainDate.from(due)
      return {
        agreementId: milestone.agreementId,
        agreement: labels.get(milestone.agreementId),
        milestoneId: milestone.id,
        words: milestoneFrom(milestone).words,
        due: day,
        overdue: isOverdue({ due: day, state: 'scheduled' }, today),
      }
    }),
  }
}
