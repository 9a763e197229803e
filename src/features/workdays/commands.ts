import { and, between, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { hubSettings, officeCalendarDays, officeCalendarYears, vocabularies } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { refreshLeads } from '#features/agreements/lead-round.ts'
import { daysFrom, usualWeekend } from './model.ts'
import { countrySetting, officeCountry, readCalendar } from './queries.ts'
import { calendarChanged, markStale, writeCalendar } from './steps.ts'
import { type Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { type CheckedDays, type CheckedYear, type DaysInput, type YearInput, checkDays, checkYear } from './check.ts'

export interface CalendarContext extends OnceContext {
  readonly config: { readonly officeTimeZone: string }
}

interface Step {
  readonly token: string
}

/** Does a step and, when it is done, reckons anew what depends on the calendar. */
async function step(
  context: CalendarContext,
  actor: KnownActor,
  form: Parameters<typeof once>[2],
  run: (tx: Transaction) => Promise<string>,
): Promise<string> {
  const outcome = await once(context, actor, form, run)
  await refreshLeads(context, officeDay(context.clock, context.config.officeTimeZone))
  return outcome
}

/** Chooses by which country's calendar the office works; returns the country. @throws DomainError `invalid_input` */
export const chooseCalendar = command(
  'settings.manage',
  (context: CalendarContext, actor, { token, country }: Step & { readonly country: string }): Promise<string> =>
    step(context, actor, { token, action: 'calendar.choose', content: { country } }, async (tx) => {
      const isCountry = and(eq(vocabularies.kind, 'country'), eq(vocabularies.code, country))
      const known = await tx.select({ code: vocabularies.code }).from(vocabularies).where(isCountry)
      if (known.length === 0) {
        const params = { value: country.slice(0, 40) }
        throw new DomainError('invalid_input', {}, [{ path: 'country', code: 'unknown_choice', params }])
      }
      const before = await officeCountry(tx)
      if (before === country) return country
      const at = context.clock.now()
      const set = { value: country, updatedAt: at.toString() }
      await tx
        .insert(hubSettings)
        .values({ key: countrySetting, ...set })
        .onConflictDoUpdate({ target: hubSettings.key, set })
      await markStale(tx, at)
      await audit(tx, actor, at, 'calendar.choose', [{ field: 'country', before, after: country }])
      return country
    }),
)

/** Enters a year with what announced it, or corrects that; returns the year. @throws DomainError `invalid_input` */
export const enterYear = command(
  'settings.manage',
  (context: CalendarContext, actor, { token, ...typed }: Step & YearInput): Promise<string> => {
    const checked = checkYear(typed)
    return step(context, actor, { token, action: 'calendar.year', content: { ...checked } }, async (tx) => {
      const country = await officeCountry(tx)
      await writeYearOf(tx, actor, { country, at: context.clock.now() }, checked)
      return String(checked.year)
    })
  },
)

/** Enters days of a year that is there, in place of those that `replaces` names; returns the year. @throws DomainError */
export const enterDays = command(
  'settings.manage',
  (context: CalendarContext, actor, { token, ...typed }: Step & DaysInput): Promise<string> => {
    const checked = checkDays(typed)
    const content = { ...typed, replaces: typed.replaces ?? null }
    return step(context, actor, { token, action: 'calendar.days', content }, async (tx) => {
      const country = await officeCountry(tx)
      await lockYear(tx, country, checked.year)
      await writeDays(tx, actor, { country, at: context.clock.now() }, checked)
      return String(checked.year)
    })
  },
)

/** Takes days out of a year; returns the year. Nothing where they are gone already. */
export const removeDays = command(
  'settings.manage',
  (
    context: CalendarContext,
    actor,
    { token, year, first, last }: Step & { readonly year: number; readonly first: string; readonly last: string },
  ): Promise<string> =>
    step(context, actor, { token, action: 'calendar.remove', content: { year, first, last } }, async (tx) => {
      const country = await officeCountry(tx)
      await lockYear(tx, country, year)
      const at = context.clock.now()
      const removed = await takeOut(tx, country, year, { first, last })
      if (removed.length === 0) return String(year)
      await calendarChanged(tx, country, at)
      await audit(tx, actor, at, 'calendar.remove', removed)
      return String(year)
    }),
)

interface Place {
  readonly country: string
  readonly at: Temporal.Instant
}

async function writeYearOf(
  tx: Transaction,
  actor: KnownActor,
  { country, at }: Place,
  { year, notice, source }: CheckedYear,
): Promise<void> {
  const { updatedAt } = await readCalendar(tx, country)
  if (updatedAt === undefined) await writeCalendar(tx, { country, weekend: usualWeekend }, at)
  const isYear = and(eq(officeCalendarYears.country, country), eq(officeCalendarYears.year, year))
  const [before] = await tx.select().from(officeCalendarYears).where(isYear).for('update')
  const values = { notice, sources: [source] }
  await tx
    .insert(officeCalendarYears)
    .values({ country, year, ...values })
    .onConflictDoUpdate({ target: [officeCalendarYears.country, officeCalendarYears.year], set: values })
  await calendarChanged(tx, country, at)
  await audit(tx, actor, at, 'calendar.year', [
    { field: `${country}.${year}.notice`, before: before?.notice ?? null, after: notice },
    { field: `${country}.${year}.sources`, before: before?.sources ?? null, after: values.sources },
  ])
}

async function lockYear(tx: Transaction, country: string, year: number): Promise<void> {
  const isYear = and(eq(officeCalendarYears.country, country), eq(officeCalendarYears.year, year))
  const [found] = await tx.select().from(officeCalendarYears).where(isYear).for('update')
  if (found === undefined) throw new DomainError('not_found')
}

async function writeDays(
  tx: Transaction,
  actor: KnownActor,
  { country, at }: Place,
  { year, first, last, kind, name, locale, replaces }: CheckedDays,
): Promise<void> {
  const gone = replaces === undefined ? [] : await takeOut(tx, country, year, replaces)
  const ofDays = and(
    eq(officeCalendarDays.country, country),
    between(officeCalendarDays.day, first.toString(), last.toString()),
  )
  const present = await tx.select().from(officeCalendarDays).where(ofDays)
  if (present.length > 0) throw new DomainError('invalid_input', {}, [{ path: 'first', code: 'calendar_taken' }])
  // Names in other languages stay where the same days off are entered anew.
  const kept = kind === 'off' ? (gone.find(({ before }) => before.kind === 'off')?.before.names ?? {}) : {}
  const { [locale]: _, ...others } = kept
  const names = kind === 'off' ? { ...others, ...(name === undefined ? {} : { [locale]: name }) } : {}
  const days = daysFrom(first, last).map(String)
  await tx.insert(officeCalendarDays).values(days.map((day) => ({ country, year, day, kind, names })))
  await calendarChanged(tx, country, at)
  const changes = new Map<string, Change>(gone.map((change) => [change.field, change]))
  for (const day of days) {
    const field = `${country}.${day}`
    changes.set(field, { field, before: changes.get(field)?.before ?? null, after: { kind, names } })
  }
  await audit(tx, actor, at, 'calendar.days', [...changes.values()])
}

/** Deletes the days of a year from one to another; returns what they were, for the audit. */
async function takeOut(
  tx: Transaction,
  country: string,
  year: number,
  { first, last }: { readonly first: string; readonly last: string },
) {
  const rows = await tx
    .delete(officeCalendarDays)
    .where(
      and(
        eq(officeCalendarDays.country, country),
        eq(officeCalendarDays.year, year),
        between(officeCalendarDays.day, first, last),
      ),
    )
    .returning()
  return rows.map(({ day, kind, names }) => ({ field: `${country}.${day}`, before: { kind, names }, after: null }))
}

function audit(tx: Transaction, actor: KnownActor, at: Temporal.Instant, action: string, changes: readonly Change[]) {
  return recordAudit(tx, actor, { action, subject: { kind: 'calendar', id: null }, at, changes })
}
