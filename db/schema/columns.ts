import { customType, date, integer, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Precision with which a date is known: `month` means that the day stored (the first) says nothing. */
export type DatePrecision = 'year' | 'month' | 'day'

/** Primary key: a UUIDv7, made by the application, so that keys sort by the time they were made. */
export const primaryKey = () => uuid('id').primaryKey()

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'string', precision: 6 })

/** Counts writes; a write carries the version that it saw, and a stale one is refused. */
export const version = () => integer('version').notNull().default(1)

/** A date that sources may know to the year or month only: the column pair `x` and `x_precision`. */
export const partialDate = <Name extends string>(name: Name) => ({
  date: date(name, { mode: 'string' }),
  precision: text(`${name}_precision`).$type<DatePrecision>(),
})

/**
 * `jsonb` for any value, scalars included. Drizzle's own parses what the driver has parsed already, so that the
 * string "2028" would come back as a number.
 */
export const jsonValue = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
})

/** Search tokens; written and read as PostgreSQL writes them. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
