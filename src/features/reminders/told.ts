import { eq, inArray } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementMilestones, agreements, reminders } from '#db/schema/index.ts'
import { labelsOf } from '#features/agreements/office-titles.ts'
import { plainDecimal } from '#features/agreements/record.ts'
import { renewalsBy, type Term } from '#features/agreements/term.ts'
import { termOf } from '#features/agreements/term-columns.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { bounds } from '#platform/partial-date.ts'
import type { Told } from './message.ts'
import { watchedColumns } from './matters.ts'
import type { ReminderKind } from './model.ts'

type Row = typeof reminders.$inferSelect

/**
 * Reminders with the names that they are told by in a language, by id. The caller has made sure that whoever reads
 * them may see the agreements.
 * Unscoped: reminders that a scoped query found, or that go to whom the rules name.
 */
export async function toldOf(
  database: Queryable,
  rows: readonly Row[],
  locale: Locale,
): Promise<ReadonlyMap<string, Told>> {
  if (rows.length === 0) return new Map()
  const ids = [...new Set(rows.map(({ agreementId }) => agreementId))]
  const subjects = rows.filter(({ kind }) => kind === 'milestone' || kind === 'payment').map(({ subject }) => subject)
  const [labels, found, items] = await Promise.all([
    labelsOf(database, ids, locale),
    database
      .select({ ...watchedColumns, reference: agreements.reference })
      .from(agreements)
      .where(inArray(agreements.id, ids)),
    milestonesOf(database, subjects),
  ])
  const byId = new Map(found.map((row) => [row.id, row]))
  return new Map(
    rows.map((row) => {
      const agreement = byId.get(row.agreementId)
      const label = labels.get(row.agreementId)
      const due = Temporal.PlainDate.from(row.due)
      const told: Told = {
        kind: row.kind as ReminderKind,
        due,
        agreementId: row.agreementId,
        title: label?.title?.value,
        reference: agreement?.reference ?? null,
        parties: label?.parties.map(({ value }) => value) ?? [],
        item: items.get(row.subject),
        renews: agreement !== undefined && renewsAfter(termOf(agreement), due),
      }
      return [row.id, told]
    }),
  )
}

/** Whether the end of a period is followed by another by itself. */
function renewsAfter(term: Term, end: Temporal.PlainDate): boolean {
  if (term.ends === null) return false
  const { first } = bounds(term.ends)
  const next = end.add({ days: 1 })
  return renewalsBy(term, first, next) > renewalsBy(term, first, end)
}

async function milestonesOf(database: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Told['item']>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select()
    .from(agreementMilestones)
    .where(inArray(agreementMilestones.id, [...new Set(ids)]))
  return new Map(
    rows.map(({ id, title, amount, currency }) => [
      id,
      { title, money: amount === null || currency === null ? null : { amount: plainDecimal(amount), currency } },
    ]),
  )
}

/** One reminder by its id. */
export async function findReminder(database: Queryable, id: string): Promise<Row | undefined> {
  const [row] = await database.select().from(reminders).where(eq(reminders.id, id))
  return row
}
