import { and, asc, eq, gt, inArray, isNull, max, or } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { inBatches } from '#db/in-batches.ts'
import { agreementMilestones, agreements, auditEvents, milestoneOccurrences } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { runningStates, signedStates } from '#features/agreements/next-due.ts'
import { labelsOf } from '#features/agreements/office-titles.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { deadlines } from '#features/agreements/term.ts'
import { termOf } from '#features/agreements/term-columns.ts'
import { workingDaysOf, type WorkingDays } from '#features/workdays/model.ts'
import { type Calendar, officeCountry, readCalendar } from '#features/workdays/queries.ts'
import { milestoneFrom } from '#features/milestones/rows.ts'
import { paths } from '#platform/paths.ts'
import { type FeedEntry, type FeedHolding, isShown } from './model.ts'
import { type AgreementLines, describeDeadline, describeMilestone, type FeedWords, summaryOf } from './words.ts'

export interface EntriesWanted extends FeedWords {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly holds: FeedHolding
  readonly today: Temporal.PlainDate
  /** The public origin of the site. */
  readonly baseUrl: string
}

type Row = typeof agreements.$inferSelect

/** Agreements at once: enough to ask the database seldom, few enough to hold. */
const atOnce = 100

/**
 * What is due in the agreements that somebody may see now: deadlines of those that run, and what is scheduled and was
 * not settled. In batches, each read when the one before was taken.
 */
export async function* feedEntries(database: Queryable, wanted: EntriesWanted): AsyncGenerator<readonly FeedEntry[]> {
  const calendar = await readCalendar(database, await officeCountry(database))
  const workingDays = workingDaysOf(calendar.weekend, calendar.days)
  for await (const rows of inBatches(atOnce, (after, limit) => nextAgreements(database, wanted, after, limit))) {
    const labels = await labelsOf(
      database,
      rows.map(({ id }) => id),
      wanted.locale,
    )
    const linesOf = ({ id, reference }: Row): AgreementLines => ({ label: labels.get(id), reference })
    const scheduled = await scheduledIn(database, rows)
    const touched = await lastTouched(database, rows)
    yield rows.flatMap((row) => {
      const subject = {
        row,
        lines: linesOf(row),
        changedAt: touched.get(row.id) ?? Temporal.Instant.from(row.updatedAt),
      }
      return [
        ...ofTerm(subject, { ...wanted, calendar, workingDays }),
        ...ofMilestones(subject, scheduled.get(row.id) ?? [], wanted),
      ]
    })
  }
}

async function nextAgreements(
  database: Queryable,
  { actor, holds }: EntriesWanted,
  after: string,
  limit: number,
): Promise<Row[]> {
  const own = or(eq(agreements.officerId, actor.id), eq(agreements.createdBy, actor.id))
  return database
    .select()
    .from(agreements)
    .where(
      and(
        visibleTo(actor),
        holds === 'own' ? own : undefined,
        inArray(agreements.state, [...signedStates]),
        gt(agreements.id, after),
      ),
    )
    .orderBy(asc(agreements.id))
    .limit(limit)
}

async function scheduledIn(database: Queryable, rows: readonly Row[]) {
  const found = await database
    .select({ milestone: agreementMilestones, due: milestoneOccurrences.due })
    .from(milestoneOccurrences)
    .innerJoin(agreementMilestones, eq(agreementMilestones.id, milestoneOccurrences.milestoneId))
    .where(
      and(
        inArray(
          milestoneOccurrences.agreementId,
          rows.map(({ id }) => id),
        ),
        eq(milestoneOccurrences.state, 'scheduled'),
        isNull(agreementMilestones.archivedAt),
      ),
    )
    .orderBy(asc(milestoneOccurrences.due), asc(agreementMilestones.id))
  return Map.groupBy(found, ({ milestone }) => milestone.agreementId)
}

/** When anything about each agreement was recorded last, its milestones and renewals included. */
async function lastTouched(database: Queryable, rows: readonly Row[]): Promise<ReadonlyMap<string, Temporal.Instant>> {
  const ids = rows.map(({ id }) => id)
  const found = await database
    .select({ id: auditEvents.subjectId, at: max(auditEvents.at) })
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectKind, 'agreement'), inArray(auditEvents.subjectId, ids)))
    .groupBy(auditEvents.subjectId)
  return new Map(
    found.flatMap(({ id, at }) => (id === null || at === null ? [] : ([[id, Temporal.Instant.from(at)]] as const))),
  )
}

/** An agreement, what entries say of it, and when it changed last. */
interface Subject {
  readonly row: Row
  readonly lines: AgreementLines
  readonly changedAt: Temporal.Instant
}

interface TermView extends EntriesWanted {
  readonly calendar: Calendar
  readonly workingDays: WorkingDays
}

function ofTerm({ row, lines, changedAt }: Subject, view: TermView): FeedEntry[] {
  if (!runningStates.includes(row.state ?? '')) return []
  const reckoned = deadlines(termOf(row), view.today, view.workingDays)
  const url = `${view.baseUrl}${paths.office.agreement(view.locale, row.id)}`
  const { updatedAt = changedAt, version } = view.calendar
  return (['lead', 'notice', 'end'] as const).flatMap((kind): FeedEntry[] => {
    const deadline = reckoned[kind]
    if (deadline === undefined || !isShown(kind, deadline.date, view.today)) return []
    // The calendar moves the office's own beginning, and a renewal all of them.
    const byCalendar = kind === 'lead'
    return [
      {
        uid: `${row.id}-${kind}`,
        kind,
        day: deadline.date,
        summary: summaryOf(kind, lines, view),
        description: describeDeadline(deadline, lines, url, view),
        url,
        confidential: row.visibility === 'confidential',
        sequence: row.version + reckoned.renewals + (byCalendar ? version : 0),
        changedAt: byCalendar && Temporal.Instant.compare(updatedAt, changedAt) > 0 ? updatedAt : changedAt,
      },
    ]
  })
}

type Scheduled = Awaited<ReturnType<typeof scheduledIn>> extends Map<string, infer List> ? List : never

function ofMilestones({ row, lines, changedAt }: Subject, scheduled: Scheduled, view: EntriesWanted): FeedEntry[] {
  return scheduled.map(({ milestone, due }): FeedEntry => {
    const { words } = milestoneFrom(milestone)
    const url = `${view.baseUrl}${paths.office.milestone(view.locale, row.id, milestone.id)}`
    return {
      uid: `${milestone.id}-${due}`,
      kind: words.kind,
      day: Temporal.PlainDate.from(due),
      summary: summaryOf(words.kind, lines, view, words.title),
      description: describeMilestone(words, lines, url, view),
      url,
      confidential: row.visibility === 'confidential',
      sequence: row.version + milestone.version,
      changedAt,
    }
  })
}
