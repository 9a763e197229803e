import type { DatePrecision } from '#db/schema/columns.ts'

const lastSerial = 2_958_465

/**
 * The day that a spreadsheet's serial number stands for, as ISO 8601; a time of day is left out. The 1900 system counts
 * a 29 February 1900 that never was: serial 60 is no day (ECMA-376, 18.17.4.1).
 */
export function serialDay(serial: number, date1904: boolean): string | undefined {
  const days = Math.floor(serial)
  if (!(days >= 0 && days <= lastSerial)) return undefined
  if (date1904) return Temporal.PlainDate.from('1904-01-01').add({ days }).toString()
  if (days === 0 || days === 60) return undefined
  return Temporal.PlainDate.from(days < 60 ? '1899-12-31' : '1899-12-30')
    .add({ days })
    .toString()
}

/** Number formats that every spreadsheet program knows by their numbers, as far as they show days. */
const builtIn: ReadonlyMap<number, DatePrecision> = new Map([
  ...[14, 15, 16, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 56, 57, 58].map((id) => [id, 'day'] as const),
  [17, 'month'],
  [55, 'month'],
])

/** How precisely a number format shows a day; undefined where it shows none. */
export function datePrecision(formatId: number, code: string | undefined): DatePrecision | undefined {
  if (code === undefined) return builtIn.get(formatId)
  if (/^general$/i.test(code)) return undefined
  // What is quoted, escaped or in brackets (colours, languages, elapsed time) is no part of the day.
  const [shown = ''] = code
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
    .replaceAll(/AM\/PM|A\/P|上午\/下午/gi, '')
    .toLowerCase()
    .split(';')
  if (/[0#?]/.test(shown)) return undefined
  const hasYear = /[ye]/.test(shown) || /g/.test(shown)
  if (/d/.test(shown)) return 'day'
  if (!hasYear) return undefined
  return shown.includes('m') ? 'month' : 'year'
}

const lengths = { year: 4, month: 7, day: 10 } as const

/** The day to the precision that its cell shows. */
export const shownDay = (day: string, precision: DatePrecision): string => day.slice(0, lengths[precision])

const plain = new Intl.NumberFormat('en-US', { useGrouping: false, maximumSignificantDigits: 15 })

/** A number as people see it: plain decimals, without the noise of binary fractions beyond fifteen digits. */
export function plainNumber(raw: string): string {
  const value = Number(raw)
  return Number.isFinite(value) ? plain.format(value) : raw
}
