import type { Names } from '#features/hub/model.ts'

/** What a day is by the calendar where the weekday alone does not say: a day off, or a weekend that is worked. */
export const dayKinds = ['off', 'work'] as const

export type DayKind = (typeof dayKinds)[number]

/** A day that a calendar speaks of. */
export interface CalendarDay {
  readonly day: Temporal.PlainDate
  readonly kind: DayKind
  /** What a day off is called, by language; empty where nobody said. */
  readonly names: Names
}

/** Monday 1 to Sunday 7, as `Temporal.PlainDate.dayOfWeek` counts. */
export type Weekday = number

export const usualWeekend: readonly Weekday[] = [6, 7]

/** The country whose calendar is the office's where nobody chose one. */
export const usualCountry = 'CN'

/** On which days an office works. */
export interface WorkingDays {
  isWorkingDay(day: Temporal.PlainDate): boolean
  /** The day itself where it is a working day, else the nearest one before it. */
  lastWorkingDayUpTo(day: Temporal.PlainDate): Temporal.PlainDate
  /** What a day off is called; undefined for a working day, a mere weekend, and a day off without a name. */
  nameOf(day: Temporal.PlainDate): Names | undefined
}

/**
 * The working days of a calendar: every weekday but those of the weekend, except where the calendar speaks of the day.
 * @throws RangeError for a weekend of seven days: nobody would ever work
 */
export function workingDaysOf(weekend: readonly Weekday[], days: readonly CalendarDay[]): WorkingDays {
  if (new Set(weekend).size > 6) throw new RangeError('a weekend has six days at most')
  const spoken = new Map(days.map((one) => [one.day.toString(), one]))
  const isWorkingDay = (day: Temporal.PlainDate) => {
    const one = spoken.get(day.toString())
    return one === undefined ? !weekend.includes(day.dayOfWeek) : one.kind === 'work'
  }
  return {
    isWorkingDay,
    lastWorkingDayUpTo(day) {
      // Ends: days off are finitely many, and a weekend leaves a day of every week.
      let last = day
      while (!isWorkingDay(last)) last = last.subtract({ days: 1 })
      return last
    },
    nameOf(day) {
      const one = spoken.get(day.toString())
      return one?.kind === 'off' && Object.keys(one.names).length > 0 ? one.names : undefined
    },
  }
}

/** Days of a year's arrangement may lie in the year before: New Year's holidays have begun on 30 December. */
export function belongsToYear(day: Temporal.PlainDate, year: number): boolean {
  return day.year === year || (day.year === year - 1 && day.month === 12)
}

/** How many days in a row one entry may name. */
export const longestHoliday = 31

/** Whether an entry may go from one day to the other. */
export function isRange(first: Temporal.PlainDate, last: Temporal.PlainDate): boolean {
  const length = first.until(last, { largestUnit: 'days' }).days + 1
  return length >= 1 && length <= longestHoliday
}

/** Every day from the first to the last, both included. */
export function daysFrom(first: Temporal.PlainDate, last: Temporal.PlainDate): Temporal.PlainDate[] {
  const length = first.until(last, { largestUnit: 'days' }).days + 1
  return Array.from({ length: Math.max(0, length) }, (_, index) => first.add({ days: index }))
}

/** Days off of one name that follow one another, or a single working weekend. */
export interface CalendarRun {
  readonly first: Temporal.PlainDate
  readonly last: Temporal.PlainDate
  readonly kind: DayKind
  readonly names: Names
}

/** Days in their order, those off that follow one another under the same names as one run. */
export function runsOf(days: readonly CalendarDay[]): CalendarRun[] {
  const sameNames = (a: Names, b: Names) => Object.keys({ ...a, ...b }).every((language) => a[language] === b[language])
  const runs: CalendarRun[] = []
  for (const { day, kind, names } of days.toSorted((a, b) => Temporal.PlainDate.compare(a.day, b.day))) {
    const before = runs.at(-1)
    const goesOn =
      before?.kind === 'off' &&
      kind === 'off' &&
      before.last.add({ days: 1 }).equals(day) &&
      sameNames(before.names, names)
    if (goesOn) runs[runs.length - 1] = { ...before, last: day }
    else runs.push({ first: day, last: day, kind, names })
  }
  return runs
}

/** The years from now on for which deadlines are reckoned often, and of which nothing but weekends is known. */
export function missingYears(known: readonly number[], today: Temporal.PlainDate): number[] {
  return [today.year, today.year + 1].filter((year) => !known.includes(year))
}
