import { sql } from 'drizzle-orm'
import { check, date, foreignKey, integer, jsonb, pgTable, primaryKey as compositeKey, text } from 'drizzle-orm/pg-core'
import { instant, version } from './columns.ts'
import type { NamesByLanguage } from './labs.ts'

/** Calendars of working days, by country. */
export const officeCalendars = pgTable('office_calendars', {
  /** ISO 3166-1. */
  country: text('country').primaryKey(),
  /** Days of the week without work: Monday 1 to Sunday 7. */
  weekend: integer('weekend').array().notNull(),
  /** Counts the changes of the calendar and of all its years. */
  version: version(),
  updatedAt: instant('updated_at').notNull(),
})

/** The years of which more than the weekends is known, and from where. */
export const officeCalendarYears = pgTable(
  'office_calendar_years',
  {
    country: text('country')
      .notNull()
      .references(() => officeCalendars.country, { onDelete: 'cascade' }),
    year: integer('year').notNull(),
    /** What announced it: the number of the notice. */
    notice: text('notice').notNull(),
    /** Web addresses where it was read. */
    sources: text('sources').array().notNull().default([]),
  },
  (table) => [
    compositeKey({ columns: [table.country, table.year] }),
    check('office_calendar_years_year', sql`${table.year} between 1990 and 2200`),
  ],
)

/** Days off, and weekends that are worked. */
export const officeCalendarDays = pgTable(
  'office_calendar_days',
  {
    country: text('country').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    /** The year whose arrangement it belongs to; late December may belong to the year after. */
    year: integer('year').notNull(),
    kind: text('kind').$type<'off' | 'work'>().notNull(),
    names: jsonb('names').$type<NamesByLanguage>().notNull().default({}),
  },
  (table) => [
    compositeKey({ columns: [table.country, table.day] }),
    foreignKey({
      name: 'office_calendar_days_year',
      columns: [table.country, table.year],
      foreignColumns: [officeCalendarYears.country, officeCalendarYears.year],
    }).onDelete('cascade'),
    check('office_calendar_days_kind', sql`${table.kind} in ('off', 'work')`),
  ],
)
