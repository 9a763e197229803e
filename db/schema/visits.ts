import { sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey as compositeKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { instant, primaryKey, version } from './columns.ts'
import { keptSelections } from './selections.ts'

/** Words by language (BCP 47); not every language need be there. */
type Words = Readonly<Record<string, string>>

/** A delegation's visit, kept by the office and never public. People, entries and tasks have versions of their own. */
export const visits = pgTable(
  'visits',
  {
    id: primaryKey(),
    version: version(),
    titles: jsonb('titles').$type<Words>().notNull(),
    /** The delegation's own name. */
    delegation: jsonb('delegation').$type<Words>().notNull().default({}),
    place: jsonb('place').$type<Words>().notNull().default({}),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    /** Of the visit's brief. */
    firstLanguage: text('first_language').notNull(),
    secondLanguage: text('second_language'),
    /** Partners who receive, and partners who come: the two sides. */
    hostIds: uuid('host_ids').array().notNull().default([]),
    guestIds: uuid('guest_ids').array().notNull().default([]),
    /** What to prepare, by language: it stands in the brief. */
    preparation: jsonb('preparation').$type<Words>().notNull().default({}),
    /** For the office alone. */
    notes: text('notes'),
    officerId: uuid('officer_id').references(() => users.id),
    createdBy: uuid('created_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    archivedAt: instant('archived_at'),
  },
  (table) => [
    index('visits_days').on(table.startsOn.desc(), table.id),
    check('visits_days', sql`${table.endsOn} >= ${table.startsOn}`),
  ],
)

const ofVisit = () =>
  uuid('visit_id')
    .notNull()
    .references(() => visits.id, { onDelete: 'cascade' })

/** Somebody of either side, with a name as each script prints it, never split. */
export const visitPeople = pgTable(
  'visit_people',
  {
    id: primaryKey(),
    version: version(),
    visitId: ofVisit(),
    side: text('side').$type<'host' | 'guest'>().notNull(),
    /** Order of precedence within the side, from 1. */
    rank: integer('rank').notNull(),
    names: jsonb('names').$type<Words>().notNull(),
    /** What the person is: dean, director. */
    titles: jsonb('titles').$type<Words>().notNull().default({}),
    /** How the person is spoken to: `Professor`, `ဦး`. */
    address: jsonb('address').$type<Words>().notNull().default({}),
    /** The institution: a partner with a profile, or its name. */
    partnerId: uuid('partner_id'),
    institution: jsonb('institution').$type<Words>().notNull().default({}),
    email: text('email'),
    phone: text('phone'),
  },
  (table) => [
    index('visit_people_visit').on(table.visitId, table.side, table.rank),
    check('visit_people_side', sql`${table.side} in ('host', 'guest')`),
  ],
)

/** An entry of the programme. Times are of the place, `HH:MM`. */
export const visitEntries = pgTable(
  'visit_entries',
  {
    id: primaryKey(),
    version: version(),
    visitId: ofVisit(),
    day: date('day', { mode: 'string' }).notNull(),
    startsAt: text('starts_at'),
    endsAt: text('ends_at'),
    what: jsonb('what').$type<Words>().notNull(),
    place: jsonb('place').$type<Words>().notNull().default({}),
    who: jsonb('who').$type<Words>().notNull().default({}),
  },
  (table) => [
    index('visit_entries_visit').on(table.visitId, table.day, table.startsAt),
    check('visit_entries_starts', sql`${table.startsAt} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
    check('visit_entries_ends', sql`${table.endsAt} ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`),
  ],
)

/** What is to be done afterwards, by whom and until when. */
export const visitTasks = pgTable(
  'visit_tasks',
  {
    id: primaryKey(),
    version: version(),
    visitId: ofVisit(),
    what: text('what').notNull(),
    officerId: uuid('officer_id').references(() => users.id),
    dueOn: date('due_on', { mode: 'string' }),
    doneAt: instant('done_at'),
    doneBy: uuid('done_by').references(() => users.id),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('visit_tasks_visit').on(table.visitId),
    index('visit_tasks_officer').on(table.officerId, table.dueOn),
    // Lists of what is open pass over years of what is done.
    index('visit_tasks_open')
      .on(table.dueOn, table.id)
      .where(sql`done_at is null`),
  ],
)

/** Selections that a visit's brief shows, in their order. */
export const visitSelections = pgTable(
  'visit_selections',
  {
    visitId: ofVisit(),
    selectionId: uuid('selection_id')
      .notNull()
      .references(() => keptSelections.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
  },
  (table) => [
    compositeKey({ columns: [table.visitId, table.selectionId] }),
    index('visit_selections_selection').on(table.selectionId),
  ],
)
