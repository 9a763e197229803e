import type { FieldProblem } from '#platform/errors.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { bounds, type PartialDate, parsePartialDate } from '#platform/partial-date.ts'
import { asciiDigits, normaliseText } from '#platform/text/normalise.ts'
import { decimalsIn, decimalsOf, isCurrency, parseAmount } from './amount.ts'
import { checkLanguages, checkTechnology, checkTerm } from './check-agreed.ts'
import { checkIds, checkText, choice, type Report, shown } from './check-fields.ts'
import { checkNames } from './check-names.ts'
import { checkParties } from './check-parties.ts'
import { type AgreementDraft, type DateField, dateFields, type TypedDate } from './draft.ts'
import { inOrder } from './languages.ts'
import { agreementKinds, type AgreementWords, limits, type Money, visibilities } from './model.ts'

/** Codes that the database knows: what a form may choose from. */
export interface Vocabulary {
  readonly fields: ReadonlySet<string>
  readonly countries: ReadonlySet<string>
  /** Names of each partner's profile, in every language, by its id. */
  readonly partners: ReadonlyMap<string, readonly string[]>
  readonly labs: ReadonlySet<string>
  readonly facilities: ReadonlySet<string>
  readonly officers: ReadonlySet<string>
}

export type Checked = { readonly words: AgreementWords } | { readonly problems: readonly FieldProblem[] }

const years = { min: 1900, max: 2200 } as const

/** Everything that is wrong with a form at once, each beside its field; or the words as they are to be stored. */
export function checkDraft(draft: AgreementDraft, vocabulary: Vocabulary): Checked {
  const problems: FieldProblem[] = []
  const report: Report = (path, code, params) => {
    problems.push(params === undefined ? { path, code } : { path, code, params })
  }
  const sourceLocale = choice(draft.sourceLocale, locales, 'sourceLocale', report)
  const kind = choice(draft.kind, agreementKinds, 'kind', report)
  const visibility = choice(draft.visibility, visibilities, 'visibility', report)
  const reference = checkText(draft.reference, 'reference', limits.reference, draft, report) ?? null
  const titles = checkTexts(draft, 'titles', limits.title, report)
  if (sourceLocale !== undefined && normaliseText(draft.titles[sourceLocale]) === '')
    report(`titles.${sourceLocale}`, 'required')
  const summaries = checkTexts(draft, 'summaries', limits.summary, report)
  const further = { path: 'otherTitles', max: limits.title, taken: locales, keep: draft.keep, report }
  const otherTitles = checkNames(draft.otherTitles, further)
  const officialTitles = inOrder([...checkOfficial(draft, titles, report), ...otherTitles.official])
  const officerId = draft.officerId === '' ? null : draft.officerId
  if (officerId !== null && !vocabulary.officers.has(officerId)) report('officerId', 'unknown_officer')
  const parties = checkParties(draft, vocabulary, report)
  const dates = checkDates(draft, report)
  const agreed = { ...checkTerm(draft, dates, report), ...checkLanguages(draft, report) }
  const value = checkValue(draft, report)
  const technology = checkTechnology(draft, value, report)
  const fields = [...new Set(draft.fields)]
  for (const field of fields)
    if (!vocabulary.fields.has(field)) report('fields', 'unknown_choice', { value: shown(field) })
  const labs = checkIds(draft.labs, vocabulary.labs, 'labs', report)
  const facilities = checkIds(draft.facilities, vocabulary.facilities, 'facilities', report)
  if (problems.length > 0 || kind === undefined || visibility === undefined || sourceLocale === undefined) {
    return { problems }
  }
  const named = { titles: { ...titles, ...otherTitles.names }, officialTitles, summaries }
  const identity = { reference, kind, visibility, sourceLocale, officerId }
  return {
    words: { ...identity, ...named, parties, ...dates, ...agreed, value, ...technology, fields, labs, facilities },
  }
}

/** Languages whose title stands on the paper itself: only where there is one. */
function checkOfficial(draft: AgreementDraft, titles: AgreementWords['titles'], report: Report): Locale[] {
  for (const typed of draft.officialTitles) choice(typed, locales, 'officialTitles', report)
  return locales.filter((locale) => draft.officialTitles.includes(locale) && titles[locale] !== undefined)
}

function checkTexts(
  draft: AgreementDraft,
  group: 'titles' | 'summaries',
  max: number,
  report: Report,
): Partial<Record<Locale, string>> {
  const entries = locales.flatMap((locale) => {
    const text = checkText(draft[group][locale], `${group}.${locale}`, max, draft, report)
    return text === undefined ? [] : [[locale, text] as const]
  })
  return Object.fromEntries(entries)
}

function checkDates(draft: AgreementDraft, report: Report): Record<DateField, PartialDate | null> {
  const [signed, effective, ends] = dateFields.map((field) => checkDate(draft[field], field, report))
  const last = ends && bounds(ends).last
  for (const [begin, code] of [
    [effective, 'end_before_effective'],
    [signed, 'end_before_signed'],
  ] as const) {
    if (last && begin && Temporal.PlainDate.compare(last, bounds(begin).first) < 0) {
      report('ends', code)
      break
    }
  }
  return { signed: signed ?? null, effective: effective ?? null, ends: ends ?? null }
}

function checkDate(typed: TypedDate, path: string, report: Report): PartialDate | undefined {
  const [year, month, day] = [typed.year, typed.month, typed.day].map((part) => asciiDigits(normaliseText(part)))
  if (!year && !month && !day) return undefined
  if (!year) return report(path, 'date_year')
  if (!month && day) return report(path, 'date_month')
  if (![year, month, day].every((part) => !part || /^\d{1,4}$/.test(part))) return report(path, 'date')
  if (Number(year) < years.min || Number(year) > years.max) return report(path, 'date_range', years)
  const parts = [year, month, day]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => part!.padStart(2, '0'))
  return parsePartialDate(parts.join('-')) ?? report(path, 'date')
}

function checkValue(draft: AgreementDraft, report: Report): Money | null {
  const currency = normaliseText(draft.currency).toUpperCase()
  const typed = normaliseText(draft.amount)
  if (typed === '' && currency === '') return null
  const known = isCurrency(currency)
  if (currency === '') report('currency', 'currency_missing')
  else if (!known) report('currency', 'currency', { value: shown(currency) })
  if (typed === '') return report('amount', 'amount_missing') ?? null
  const parsed = parseAmount(typed)
  if ('problem' in parsed) return report('amount', parsed.problem) ?? null
  if (!known) return null
  const decimals = decimalsOf(currency)
  if (decimalsIn(parsed.amount) > decimals) return report('amount', 'amount_decimals', { currency, decimals }) ?? null
  return { amount: parsed.amount, currency }
}
