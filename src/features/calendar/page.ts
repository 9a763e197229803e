import type { Database } from '#db/client.ts'
import type { StaffActor } from '#features/accounts/enter-office.ts'
import { staffWith } from '#features/accounts/queries.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { CalendarFilters } from './model.ts'
import { type Agenda, type CalendarDay, readAgenda, readMonth } from './queries.ts'

/** Everything that the calendar's page shows: a month or an agenda. */
export interface CalendarPage {
  readonly hub: Hub
  readonly filters: CalendarFilters
  readonly today: Temporal.PlainDate
  readonly officers: readonly { readonly id: string; readonly name: string }[]
  readonly weeks: readonly (readonly CalendarDay[])[] | undefined
  readonly agenda: Agenda | undefined
}

export async function readCalendarPage(
  database: Database,
  asked: {
    readonly actor: StaffActor
    readonly filters: CalendarFilters
    readonly locale: Locale
    readonly today: Temporal.PlainDate
  },
): Promise<CalendarPage> {
  const { filters, today } = asked
  const isMonth = filters.view === 'month'
  const [hub, officers, weeks, agenda] = await Promise.all([
    loadHub(database),
    staffWith(database, 'agreements.record'),
    isMonth ? readMonth(database, asked) : undefined,
    isMonth ? undefined : readAgenda(database, asked),
  ])
  return { hub, filters, today, officers, weeks, agenda }
}
