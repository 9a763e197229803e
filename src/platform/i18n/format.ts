import { precisionOf, type PartialDate } from '#platform/partial-date.ts'
import { languageTags, type Locale } from './locales.ts'
import { remembered } from './remembered.ts'

/**
 * Tags for `Intl`: English in the order of the day that most of the network writes, Thai with the Buddhist year,
 * Burmese with its own digits.
 */
const formatTags: Readonly<Record<Locale, string>> = {
  ...languageTags,
  en: 'en-GB',
  th: 'th-u-ca-buddhist',
  my: 'my-u-nu-mymr',
}

/** The tag by which `Intl` writes numbers as we do, for those who write them in a browser. */
export function numberTag(locale: Locale): string {
  return formatTags[locale]
}

/** Makes what `make` makes once for each locale and variant: `Intl` objects are dear to build. */
function once<Made>(
  make: (tag: string, variant: string, locale: Locale) => Made,
): (locale: Locale, variant?: string) => Made {
  const made = new Map<string, Made>()
  return (locale, variant = '') => {
    const key = `${locale} ${variant}`
    const before = made.get(key)
    if (before !== undefined) return before
    const value = make(formatTags[locale], variant, locale)
    made.set(key, value)
    return value
  }
}

const numberFormats = once((tag) => new Intl.NumberFormat(tag))

const moneyFormats = once(
  (tag, currency) =>
    new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
      trailingZeroDisplay: 'stripIfInteger',
    }),
)

const weekdayFormats = once((tag) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', weekday: 'narrow' }))

/** @param weekday Monday 1 to Sunday 7; the result is as short as can be, for the head of a calendar */
export function formatWeekday(weekday: number, locale: Locale): string {
  // 1 January 2024 was a Monday.
  return weekdayFormats(locale).format(Date.UTC(2024, 0, weekday))
}

/** A number in the reader's digits and grouping. */
export function formatNumber(value: number | bigint, locale: Locale): string {
  return numberFormats(locale).format(value)
}

/** @param amount a decimal number as text, which is formatted exactly; @param currency ISO 4217 */
export function formatMoney(amount: string, currency: string, locale: Locale): string {
  return moneyFormats(locale, currency).format(amount as `${number}`)
}

const dateFormats = once((tag, precision) => {
  const month = precision === 'year' ? {} : ({ month: 'long' } as const)
  const day = precision === 'day' ? ({ day: 'numeric' } as const) : {}
  return new Intl.DateTimeFormat(tag, { timeZone: 'UTC', year: 'numeric', ...month, ...day })
})

/** Where CLDR's pattern is not what a formal text writes: the parts as `Intl` gives them, with the proper words. */
const ownPatterns: Readonly<Partial<Record<Locale, (part: (type: 'year' | 'month' | 'day') => string) => string[]>>> = {
  vi: (part) => [part('day'), part('month'), part('year') && (part('month') ? `năm ${part('year')}` : part('year'))],
  my: (part) => [`${part('year')} ခုနှစ်`, part('month') && `${part('month')}လ`, part('day') && `${part('day')} ရက်`],
}

/** A date to the precision that is known: `6 May 2015`, `May 2015`, `2015`. The text is an ISO 8601 date or part of one. */
export function formatDate(date: PartialDate | string, locale: Locale): string {
  return rememberedDates(locale)(date)
}

const rememberedDates = once((_tag, _variant, locale) => remembered(5000, (date) => dateIn(date, locale)))

function dateIn(date: string, locale: Locale): string {
  const format = dateFormats(locale, precisionOf(date as PartialDate))
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const instant = Date.UTC(year, month - 1, day)
  const own = ownPatterns[locale]
  if (own === undefined) return format.format(instant)
  const parts = format.formatToParts(instant)
  return own((type) => parts.find((part) => part.type === type)?.value ?? '')
    .filter((text) => text !== '')
    .join(' ')
}

const yearFormats = once((tag) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', year: 'numeric' }))

/** A year alone, as short as it is written beside a scale. */
export function formatYear(year: number, locale: Locale): string {
  return yearFormats(locale).format(Date.UTC(year, 5, 1))
}

const timeFormats = once(
  (tag, timeZone) => new Intl.DateTimeFormat(tag, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
)

/** A moment as the office's clock shows it: date and time to the minute. */
export function formatInstant(instant: Temporal.Instant, locale: Locale, timeZone: string): string {
  const day = instant.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  return `${formatDate(day, locale)} ${timeFormats(locale, timeZone).format(instant.epochMilliseconds)}`
}

const collators = once(
  (tag) => new Intl.Collator(tag === languageTags.zh ? `${tag}-u-co-pinyin` : tag, { numeric: true }),
)

/** Puts words in the order in which the language lists them; Chinese by its sounds. */
export function collatorOf(locale: Locale): Intl.Collator {
  return collators(locale)
}

const listFormats = once((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }))

/** CLDR joins Burmese with a hyphen, and glues the Thai word to names that may be Latin; formal texts write these. */
const ownConjunctions: Readonly<Partial<Record<Locale, readonly [between: string, last: string]>>> = {
  th: [', ', ' และ '],
  my: ['၊ ', ' နှင့် '],
}

/** `a, b and c` as the language joins it. */
export function formatList(items: readonly string[], locale: Locale): string {
  const own = ownConjunctions[locale]
  if (own === undefined || items.length < 2) return listFormats(locale).format(items)
  return `${items.slice(0, -1).join(own[0])}${own[1]}${items.at(-1)}`
}

const languageFormats = once((tag) => new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }))

const primaryLanguages = new Map<string, string>()

/** Parsing a tag is dear, and a page names the same few languages many times. */
function primaryLanguage(tag: string): string {
  const known = primaryLanguages.get(tag)
  if (known !== undefined) return known
  const { language } = new Intl.Locale(tag)
  if (primaryLanguages.size >= 1000) primaryLanguages.clear()
  primaryLanguages.set(tag, language)
  return language
}

const knownNames = new Map<string, string>()

/** More are not remembered: there are not so many languages, only ways to write their tags. */
const mostNames = 5000

/** The name by itself: looking one up takes `Intl` longer than all else on a line, and a page names dozens. */
function nameOfLanguage(tag: string, locale: Locale): string {
  const key = `${locale} ${tag}`
  const known = knownNames.get(key)
  if (known !== undefined) return known
  const name = languageFormats(locale).of(primaryLanguage(tag)) ?? tag
  const words = locale === 'vi' ? name.replace(/^Tiếng/, 'tiếng') : name
  if (knownNames.size < mostNames) knownNames.set(key, words)
  return words
}

/**
 * The name of a language (BCP 47 tag), without script or region; the tag itself where it has no name.
 * @param among other tags that are named beside it: where one is of the same language, the tag is said as well
 */
export function languageName(tag: string, locale: Locale, among: readonly string[] = []): string {
  const words = nameOfLanguage(tag, locale)
  if (among.length === 0) return words
  const language = primaryLanguage(tag)
  const hasDouble = among.some((other) => other !== tag && primaryLanguage(other) === language)
  return hasDouble ? `${words} (${tag})` : words
}

/** The same where it opens a label or a line: Vietnamese alone writes it small elsewhere. */
export function languageLabel(tag: string, locale: Locale): string {
  const name = languageName(tag, locale)
  return locale === 'vi' ? name.replace(/^t/, 'T') : name
}
