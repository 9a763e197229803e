import { parsePartialDate, type PartialDate } from '#platform/partial-date.ts'
import { serialDay } from '#platform/spreadsheet/serial-dates.ts'
import { asciiDigits, normaliseText } from '#platform/text/normalise.ts'
import { monthNamed } from './month-names.ts'

/** Which of day and month comes first where both could be either; empty: nobody has said. */
export type DayOrder = '' | 'day' | 'month'

export type ReadDate =
  | { readonly date: PartialDate }
  /** Both readings, day first and month first: whoever knows has to say which. */
  | { readonly ambiguous: readonly [dayFirst: PartialDate, monthFirst: PartialDate] }
  | { readonly problem: 'date_unreadable' | 'date_no_such_day' | 'date_short_year' }

interface Settings {
  readonly dayOrder: DayOrder
  /** Days of the spreadsheet are counted from 1904. */
  readonly date1904: boolean
}

/** Years from here on are of the Buddhist era, which is 543 ahead; agreements are dated 1900 to 2200. */
const firstBuddhistYear = 2400
const buddhistAhead = 543

const commonEra = (year: number) => (year >= firstBuddhistYear ? year - buddhistAhead : year)

const chineseDigits = '〇一二三四五六七八九'

/** 二〇二六 and 二零二六 as 2026, 十二 as 12, 三十一 as 31. */
function chineseNumber(text: string): string {
  const plain = text.replaceAll('零', '〇').replaceAll('○', '〇')
  const ten = /^([一二三]?)十([一二三四五六七八九]?)$/.exec(plain)
  const digit = (one: string) => String(chineseDigits.indexOf(one))
  if (ten !== null) return `${ten[1] === '' ? '1' : digit(ten[1]!)}${ten[2] === '' ? '0' : digit(ten[2]!)}`
  return Array.from(plain, (one) => (chineseDigits.includes(one) ? digit(one) : one)).join('')
}

const noSuchDay = { problem: 'date_no_such_day' } as const
const unreadable = { problem: 'date_unreadable' } as const

function dateOf(year: string | number, month?: string | number, day?: string | number): ReadDate {
  const parts = [month, day].filter((part) => part !== undefined).map((part) => String(Number(part)).padStart(2, '0'))
  const date = parsePartialDate([String(commonEra(Number(year))).padStart(4, '0'), ...parts].join('-'))
  return date === undefined ? noSuchDay : { date }
}

/**
 * Reads the date of a cell: a serial number of the spreadsheet, ISO 8601 and the like (year first), `2026年5月1日`, a
 * day written with slashes, and dates in words in the five languages; to the month or the year where it says no more.
 * Years from 2400 on are of the Buddhist era. Day and month that could be either are told apart by `dayOrder` alone.
 * Undefined for an empty cell.
 */
export function readDate(cell: string, settings: Settings): ReadDate | undefined {
  const text = asciiDigits(normaliseText(cell).normalize('NFKC'))
    .replace(/[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AP]M)?$/i, '')
    .trim()
  if (text === '') return undefined
  return (
    readNumber(text, settings) ?? readYearFirst(text) ?? readSlashes(text, settings) ?? readWords(text) ?? unreadable
  )
}

function readNumber(text: string, { date1904 }: Settings): ReadDate | undefined {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return undefined
  if (/^\d{4}$/.test(text)) return dateOf(text)
  if (/^\d{8}$/.test(text)) return dateOf(text.slice(0, 4), text.slice(4, 6), text.slice(6))
  if (/^\d{4}\.\d{1,2}$/.test(text)) return dateOf(text.slice(0, 4), text.slice(5))
  // Five digits are 1927 to 2173: what dates of agreements are, and no year and no amount.
  if (!/^\d{5}(?:\.\d+)?$/.test(text)) return unreadable
  const day = serialDay(Number(text), date1904)
  return day === undefined ? noSuchDay : dateOf(...(day.split('-') as [string, string, string]))
}

function readYearFirst(text: string): ReadDate | undefined {
  const iso = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(text)
  if (iso !== null) return dateOf(iso[1]!, iso[3], iso[4])
  const chinese =
    /^(?:公元)?([\d〇零○一二三四五六七八九]{4})\s*年(?:\s*([\d一二三四五六七八九十]{1,2})\s*月(?:份)?(?:\s*([\d一二三四五六七八九十]{1,3})\s*[日号])?)?$/.exec(
      text,
    )
  if (chinese === null) return undefined
  const [year, month, day] = chinese.slice(1).map((part) => (part === undefined ? undefined : chineseNumber(part)))
  return dateOf(year ?? '', month, day)
}

function readSlashes(text: string, { dayOrder }: Settings): ReadDate | undefined {
  const month = /^(\d{1,2})[-/.](\d{4})$/.exec(text)
  if (month !== null) return dateOf(month[2]!, month[1])
  const match = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text)
  if (match === null) return undefined
  const [, first = '', , second = '', year = ''] = match
  if (year.length === 2) return { problem: 'date_short_year' }
  const [dayFirst, monthFirst] = [dateOf(year, second, first), dateOf(year, first, second)]
  const isDay = 'date' in dayFirst
  const isMonth = 'date' in monthFirst
  if (!isDay && !isMonth) return noSuchDay
  if (isDay && isMonth && dayFirst.date !== monthFirst.date) {
    if (dayOrder === '') return { ambiguous: [dayFirst.date, monthFirst.date] }
    return dayOrder === 'day' ? dayFirst : monthFirst
  }
  return isDay ? dayFirst : monthFirst
}

/** What may stand beside a date in words: the day, the month, the year, an era. */
const fillers =
  /ngày|tháng|năm|วันที่|เดือน|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ခုနှစ်|ရက်နေ့|ရက်|နှစ်|(?<=\d)(?:st|nd|rd|th)\b|\bof\b|\bb\.?\s?e\.?(?!\p{L})|\bc\.?\s?e\.?(?!\p{L})|\bad\b|[,၊]/giu

/** `1 May 2026`, `May 1, 2026`, `๑ พฤษภาคม ๒๕๖๙`, `ngày 1 tháng 5 năm 2026`, `၂၀၂၆ ခုနှစ် မေလ ၁ ရက်`. */
function readWords(text: string): ReadDate | undefined {
  const vietnamese = /^(?:(?:ngày\s+)?(\d{1,2})\s+)?tháng\s+(\d{1,2})(?:\s+năm|\s*[,/])?\s+(\d{4})$/iu.exec(text)
  if (vietnamese !== null) return dateOf(vietnamese[3]!, vietnamese[2], vietnamese[1])
  const words = text.replaceAll(fillers, ' ').trim()
  const year = /(?<!\d)\d{4}(?!\d)/.exec(words)?.[0]
  if (year === undefined) return undefined
  const rest = words.replace(year, ' ')
  const numbers = rest.match(/\d+/g) ?? []
  const name = rest.replaceAll(/[\d\-/]+/g, ' ').trim()
  if (numbers.length > 1 || (numbers[0]?.length ?? 0) > 2) return undefined
  if (name === '') return numbers.length === 0 ? dateOf(year) : undefined
  const month = monthNamed(name)
  return month === undefined ? undefined : dateOf(year, month, numbers[0])
}
