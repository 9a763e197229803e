import { type DayRange, readDayRange, writeDayRange } from '#features/agreements/day-range.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'

/**
 * What can be due: the end of an agreement's period, the last day to give notice for it, the day on which the office
 * itself begins, what its milestones, obligations and payments ask for, and the filing of its papers; and the tasks of
 * visits.
 */
export const dueKinds = ['end', 'notice', 'lead', 'milestone', 'obligation', 'payment', 'filing', 'task'] as const

export type DueKind = (typeof dueKinds)[number]

/** What became of it; `open` is what nobody has said anything of, `overdue` the part of it that was due before today. */
export const dueStates = ['open', 'overdue', 'met', 'partially_met', 'not_met'] as const

export type DueState = (typeof dueStates)[number]

export const calendarViews = ['month', 'agenda'] as const

/** What somebody asked the calendar for; all of it is in the address. */
export interface CalendarFilters {
  readonly view: (typeof calendarViews)[number]
  readonly month: Temporal.PlainYearMonth
  /** Of the agenda. */
  readonly days: DayRange
  /** Whether the days were chosen, or go without saying. */
  readonly daysChosen: boolean
  readonly kinds: readonly DueKind[]
  readonly state: DueState | undefined
  /** Id of the member of staff who is responsible. */
  readonly officer: string | undefined
  /** Without what is confidential, for whoever is named there: as reports count. */
  readonly confidential: 'no' | undefined
  /** From 1. */
  readonly page: number
}

/** Days from today that the agenda shows where nothing is said. */
export const agendaDays = 90

/** Longer agendas are asked for by nobody, and renewals without limit would fill them. */
const longestDays = 3700

const earliest = Temporal.PlainDate.from('1900-01-01')

/**
 * `show=overdue` alone asks for everything that was ever due before today.
 * @throws DomainError `bad_request` for a value that does not exist, `not_found` for a page that no list has
 */
export function readCalendarFilters(search: URLSearchParams, today: Temporal.PlainDate): CalendarFilters {
  const bad = (parameter: string) => new DomainError('bad_request', { parameter })
  const single = (name: string) => {
    const [value = '', ...more] = search.getAll(name)
    if (more.length > 0) throw bad(name)
    return value
  }
  const one = <Value extends string>(name: string, known: readonly Value[]): Value | undefined => {
    const value = single(name)
    const found = known.find((each) => each === value)
    if (value !== '' && found === undefined) throw bad(name)
    return found
  }
  const kinds = [...new Set(search.getAll('what').filter((value) => value !== ''))].map((value) => {
    const found = dueKinds.find((kind) => kind === value)
    if (found === undefined) throw bad('what')
    return found
  })
  const state = one('show', dueStates)
  const officer = single('officer')
  if (officer !== '' && !isUuid(officer)) throw bad('officer')
  const page = single('page') || '1'
  if (!/^\d{1,6}$/.test(page)) throw bad('page')
  if (Number(page) < 1) throw new DomainError('not_found')
  const typed = single('days')
  const chosen = typed === '' ? undefined : readDayRange(typed)
  if (typed !== '' && chosen === undefined) throw bad('days')
  if (chosen !== undefined && daysIn(chosen) > longestDays) throw bad('days')
  const narrowed = state !== undefined || chosen !== undefined
  return {
    view: one('view', calendarViews) ?? (narrowed && single('month') === '' ? 'agenda' : 'month'),
    month: readMonth(single('month'), today) ?? fail(bad('month')),
    days: chosen ?? usualDays(state, today),
    daysChosen: chosen !== undefined,
    kinds,
    state,
    officer: officer || undefined,
    confidential: one('confidential', ['no'] as const),
    page: Number(page),
  }
}

function fail(error: Error): never {
  throw error
}

function usualDays(state: DueState | undefined, today: Temporal.PlainDate): DayRange {
  switch (state) {
    case undefined:
    case 'open':
      return { first: today, last: today.add({ days: agendaDays }) }
    case 'overdue':
      return { first: earliest, last: today.subtract({ days: 1 }) }
    default:
      return { first: today.subtract({ days: agendaDays }), last: today }
  }
}

function readMonth(text: string, today: Temporal.PlainDate): Temporal.PlainYearMonth | undefined {
  if (text === '') return today.toPlainYearMonth()
  const [, year = 0, month = 0] = (/^(\d{4})-(\d{2})$/.exec(text) ?? []).map(Number)
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12
    ? Temporal.PlainYearMonth.from({ year, month })
    : undefined
}

const daysIn = ({ first, last }: DayRange) => first.until(last, { largestUnit: 'days' }).days + 1

/** The query of a calendar, in one order always and without what goes without saying. */
export function calendarQuery(filters: CalendarFilters) {
  const { view, month, days, daysChosen, kinds, state, officer, confidential, page } = filters
  return {
    view: view === 'month' ? undefined : view,
    month: view === 'month' ? month.toString() : undefined,
    days: view === 'agenda' && daysChosen ? writeDayRange(days) : undefined,
    what: kinds,
    show: state,
    officer,
    confidential,
    page: page === 1 ? undefined : page,
  }
}

const daysOfWeek = 7

/** The weeks that a month touches, from Monday to Sunday each: the office's week. */
export function weeksOf(month: Temporal.PlainYearMonth): Temporal.PlainDate[][] {
  const first = month.toPlainDate({ day: 1 })
  const start = first.subtract({ days: first.dayOfWeek - 1 })
  const weeks = Math.ceil((first.dayOfWeek - 1 + month.daysInMonth) / daysOfWeek)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: daysOfWeek }, (__, day) => start.add({ days: week * daysOfWeek + day })),
  )
}
