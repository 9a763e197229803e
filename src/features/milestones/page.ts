import type { Actor } from '#features/accounts/model.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { partnerNamesById } from '#features/agreements/office-titles.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { runningStates } from '#features/agreements/next-due.ts'
import { type Deadlines, deadlines } from '#features/agreements/term.ts'
import { termOf } from '#features/agreements/term-columns.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
import { bestName, type Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { Database } from '#db/client.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { bounds } from '#platform/partial-date.ts'
import { agreements } from '#db/schema/index.ts'
import { eq } from 'drizzle-orm'
import { type PaymentTotal, paymentTotals } from './money.ts'
import { type DueLine, dueLinesOf } from './queries.ts'
import type { TimelineMatter } from './timeline.ts'

/** What every view of an agreement's milestones knows of the agreement. */
export interface AgreementFrame {
  readonly hub: Hub
  readonly record: AgreementRecord
  readonly title: string
  readonly partnerNames: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** What reading takes of the process's context. */
export interface MilestonesContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly officeTimeZone: string }
}

export async function frameOf(
  context: MilestonesContext,
  record: AgreementRecord,
  t: Translate,
  locale: Locale,
): Promise<AgreementFrame> {
  return {
    hub: await loadHub(context.database),
    record,
    title: bestName(record.words.titles, locale)?.value ?? t('agreements:untitled'),
    partnerNames: await partnerNamesById(
      context.database,
      record.words.parties.map((party) => party.partnerId),
    ),
  }
}

/** The name of the party at a position; undefined where it is nobody's alone. */
export function partyName(
  { record, partnerNames }: Pick<AgreementFrame, 'record' | 'partnerNames'>,
  position: number | null,
  t: Translate,
  locale: Locale,
): string | undefined {
  if (position === null) return undefined
  const party = record.words.parties[position]
  const names = party === undefined ? {} : (party.names ?? partnerNames.get(party.partnerId) ?? {})
  return bestName(names, locale)?.value ?? t('agreements:party.numbered', { n: position + 1 })
}

export interface MilestonesPage extends AgreementFrame {
  /** Overdue first, then what is to come, then what is settled. */
  readonly lines: readonly DueLine[]
  readonly totals: readonly PaymentTotal[]
  readonly deadlines: Deadlines
  readonly timeline: TimelineMatter
  /** A day as the reader writes it. */
  day(day: Temporal.PlainDate): string
}

/** @throws DomainError `not_found` where there is none, or none that the actor may see. */
export async function readMilestones(
  context: MilestonesContext,
  actor: Actor,
  id: string,
  t: Translate,
  locale: Locale,
): Promise<MilestonesPage> {
  const record = await requireRecord(context.database, actor, id)
  const today = officeDay(context.clock, context.config.officeTimeZone)
  const [row] = await context.database.select().from(agreements).where(eq(agreements.id, id))
  const lines = await dueLinesOf(context.database, id, today)
  const term = row === undefined ? undefined : termOf(row)
  const running = term !== undefined && runningStates.includes(record.state)
  const reckoned = running
    ? deadlines(term, today, await officeWorkingDays(context.database))
    : { renewals: 0, end: undefined, notice: undefined, lead: undefined }
  const agreedEnd = term === undefined || term.ends === null ? null : bounds(term.ends).last
  return {
    ...(await frameOf(context, record, t, locale)),
    lines,
    totals: paymentTotals(
      lines.flatMap(({ due, paid, milestone: { words } }) =>
        words.money === null ? [] : [{ due, paid, ...words.money }],
      ),
      today,
    ),
    deadlines: reckoned,
    timeline: {
      today,
      term: {
        from: term === undefined || term.effective === null ? null : bounds(term.effective).first,
        to: reckoned.end?.date ?? agreedEnd,
        openEnded: term?.openEnded ?? false,
      },
      deadlines: (['lead', 'notice'] as const).flatMap((name) => {
        const deadline = reckoned[name]
        return deadline === undefined ? [] : [{ name, date: deadline.date }]
      }),
      items: lines,
    },
    day: (day) => formatDate(day.toString(), locale),
  }
}
