import { z } from 'zod'
import {
  belongsToYear,
  type CalendarDay,
  daysFrom,
  isRange,
  runsOf,
  usualWeekend,
} from '#features/workdays/model.ts'
import type { Calendar } from '#features/workdays/queries.ts'
import type { Names } from '#features/hub/model.ts'
import { locales } from '#platform/i18n/locales.ts'
import { fiveNamesOptional, webAddress, words } from './parts.ts'

/** The files `holidays/{country}.yaml`: on which days an office of the country works. */

const day = z.string({ error: 'text_expected' }).transform((value, context): Temporal.PlainDate => {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return Temporal.PlainDate.from(value, { overflow: 'reject' })
  } catch {
    // Told below, as for anything else that is no day.
  }
  context.addIssue({ code: 'custom', message: 'bad_day' })
  return z.NEVER
})

const daysOff = z
  .strictObject({ from: day, to: day.optional(), ...fiveNamesOptional })
  .refine(({ from, to = from }) => isRange(from, to), { path: ['to'], message: 'bad_range' })

const yearOfHolidays = z.strictObject({
  notice: words(200),
  sources: z.array(webAddress).min(1, 'no_source'),
  off: z.array(daysOff).default([]),
  work: z.array(day).default([]),
})

export type YearOfHolidays = z.output<typeof yearOfHolidays>

export const holidaysFile = z
  .strictObject({
    weekend: z
      .array(z.number().int().min(1, 'bad_weekend').max(7, 'bad_weekend'))
      .max(6, 'bad_weekend')
      .refine((days) => new Set(days).size === days.length, 'bad_weekend')
      .default([...usualWeekend]),
    years: z.record(z.string().regex(/^(?:199|20\d|21\d)\d$/, 'bad_year'), yearOfHolidays),
  })
  .superRefine(({ years }, context) => {
    const seen = new Set<string>()
    for (const [year, ofYear] of Object.entries(years)) {
      for (const { day: one } of calendarDaysOf(ofYear)) {
        const report = (message: string) => context.addIssue({ code: 'custom', path: ['years', year], message })
        if (!belongsToYear(one, Number(year))) report('day_of_other_year')
        if (seen.has(one.toString())) report('day_twice')
        seen.add(one.toString())
      }
    }
  })

export type Holidays = z.output<typeof holidaysFile>

/** The days of a year's entry, one by one. */
export function calendarDaysOf({ off, work }: YearOfHolidays): CalendarDay[] {
  return [
    ...off.flatMap(({ from, to = from, ...names }) =>
      daysFrom(from, to).map((one): CalendarDay => ({ day: one, kind: 'off', names: withoutGaps(names) })),
    ),
    ...work.map((one): CalendarDay => ({ day: one, kind: 'work', names: {} })),
  ]
}

/** A calendar as the file says it; the inverse of reading one. */
export function holidaysOf({ weekend, years, days }: Calendar): Holidays {
  const byYear = Map.groupBy(days, ({ year }) => year)
  return {
    weekend: [...weekend],
    years: Object.fromEntries(
      years.map((entry): [string, YearOfHolidays] => {
        const runs = runsOf(byYear.get(entry.year) ?? [])
        return [
          String(entry.year),
          {
            notice: entry.notice,
            sources: [...entry.sources],
            off: runs
              .filter(({ kind }) => kind === 'off')
              .map(({ first, last, names }) => ({ from: first, ...(first.equals(last) ? {} : { to: last }), ...names })),
            work: runs.filter(({ kind }) => kind === 'work').map(({ first }) => first),
          },
        ]
      }),
    ),
  }
}

const withoutGaps = (names: Readonly<Record<string, string | undefined>>): Names =>
  Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined))

/** A calendar as plain values, in the order in which files are written. */
export function holidaysAsWritten({ weekend, years }: Holidays): object {
  return {
    weekend,
    years: Object.fromEntries(
      Object.entries(years).map(([year, { notice, sources, off, work }]) => [
        year,
        {
          notice,
          sources,
          ...(off.length === 0 ? {} : { off: off.map(oneLine) }),
          ...(work.length === 0 ? {} : { work: work.map(String) }),
        },
      ]),
    ),
  }
}

function oneLine({ from, to, ...names }: YearOfHolidays['off'][number]): object {
  const inOrder = locales.flatMap((locale) => (names[locale] === undefined ? [] : [[locale, names[locale]] as const]))
  return { from: from.toString(), ...(to === undefined ? {} : { to: to.toString() }), ...Object.fromEntries(inOrder) }
}
