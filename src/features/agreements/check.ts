import type { ErrorParams, FieldProblem } from '#platform/errors.ts'
import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import { bounds, type PartialDate, parsePartialDate } from '#platform/partial-date.ts'
import { asciiDigits, lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'
import { decimalsIn, decimalsOf, isCurrency, parseAmount } from './amount.ts'
import { type AgreementDraft, type DateField, dateFields, type TypedDate, type TypedParty } from './draft.ts'
import {
  agreementKinds,
  type AgreementWords,
  limits,
  type Money,
  type Party,
  partyRoles,
  visibilities,
} from './model.ts'

/** Codes that the database knows: what a form may choose from. */
export interface Vocabulary {
  readonly fields: ReadonlySet<string>
  readonly countries: ReadonlySet<string>
  readonly partners: ReadonlySet<string>
}

export type Checked = { readonly words: AgreementWords } | { readonly problems: readonly FieldProblem[] }

type Report = (path: string, code: string, params?: ErrorParams) => undefined

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
  if (sourceLocale !== undefined && draft.titles[sourceLocale].trim() === '')
    report(`titles.${sourceLocale}`, 'required')
  const summaries = checkTexts(draft, 'summaries', limits.summary, report)
  const parties = checkParties(draft, vocabulary, report)
  const dates = checkDates(draft, report)
  const value = checkValue(draft, report)
  const fields = [...new Set(draft.fields)]
  for (const field of fields)
    if (!vocabulary.fields.has(field)) report('fields', 'unknown_choice', { value: shown(field) })
  if (problems.length > 0 || kind === undefined || visibility === undefined || sourceLocale === undefined) {
    return { problems }
  }
  return { words: { reference, kind, visibility, sourceLocale, titles, summaries, parties, ...dates, value, fields } }
}

/** A wrong choice as a message quotes it: not ten thousand characters of it. */
const shown = (value: string) => normaliseText(value).slice(0, 40)

function choice<Value extends string>(
  typed: string,
  allowed: readonly Value[],
  path: string,
  report: Report,
): Value | undefined {
  if (typed === '') return report(path, 'required')
  const found = allowed.find((value) => value === typed)
  return found ?? report(path, 'unknown_choice', { value: shown(typed) })
}

function checkText(
  typed: string,
  path: string,
  max: number,
  draft: Pick<AgreementDraft, 'keep'>,
  report: Report,
): string | undefined {
  const text = normaliseText(typed, { lines: path.startsWith('summaries.') })
  if (text === '') return undefined
  if (lengthOf(text) > max) return report(path, 'too_long', { max, length: lengthOf(text) })
  if (!draft.keep.includes(path) && looksLikeZawgyi(text)) return report(path, 'zawgyi')
  return text
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

function checkParties(draft: AgreementDraft, vocabulary: Vocabulary, report: Report): Party[] {
  if (draft.parties.length > limits.parties) report('parties', 'too_many_entries', { max: limits.parties })
  const seen = new Set<string>()
  return draft.parties.slice(0, limits.parties).flatMap((typed, index) => {
    const path = `parties.${index}`
    const party = checkParty(typed, path, draft, vocabulary, report)
    if (party === undefined) return []
    const key =
      party.partnerId ??
      Object.values(party.names ?? {})
        .join()
        .toLowerCase()
    if (seen.has(key)) report(`${path}.${party.partnerId === null ? 'name' : 'partnerId'}`, 'party_twice')
    seen.add(key)
    return [party]
  })
}

/** A row in which neither a profile was chosen nor a name typed is no party. */
function checkParty(
  typed: TypedParty,
  path: string,
  draft: AgreementDraft,
  vocabulary: Vocabulary,
  report: Report,
): Party | undefined {
  const name = checkText(typed.name, `${path}.name`, limits.partyName, draft, report)
  if (typed.partnerId === '' && typed.name.trim() === '') {
    return typed.country === '' ? undefined : report(`${path}.name`, 'party_name')
  }
  const role = choice(typed.role, partyRoles, `${path}.role`, report)
  if (typed.partnerId !== '') {
    if (typed.name.trim() !== '') return report(`${path}.name`, 'party_both')
    if (!vocabulary.partners.has(typed.partnerId)) return report(`${path}.partnerId`, 'unknown_partner')
    return role && { role, partnerId: typed.partnerId, names: null, country: null }
  }
  if (typed.country !== '' && !vocabulary.countries.has(typed.country)) {
    report(`${path}.country`, 'unknown_choice', { value: shown(typed.country) })
  }
  const language = isLocale(typed.language)
    ? typed.language
    : report(`${path}.language`, 'unknown_choice', { value: shown(typed.language) })
  if (name === undefined || role === undefined || language === undefined) return undefined
  return { role, partnerId: null, names: { [language]: name }, country: typed.country || null }
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
