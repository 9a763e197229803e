import { readChoice } from '#features/agreements/sheet-choices.ts'
import { type AgreementDraft, emptyDraft, type TypedDate } from '#features/agreements/draft.ts'
import { readNamed } from '#features/agreements/sheet-names.ts'
import type { TypedSignature } from '#features/signatures/model.ts'
import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import { formulaWithoutValue, isErrorValue } from '#platform/spreadsheet/model.ts'
import { asciiDigits, normaliseText } from '#platform/text/normalise.ts'
import { readDate } from './dates.ts'
import type { Lookups } from './lookups.ts'
import { enterableStates, type ImportSettings, type RowProblem, takesSeveral, type Target } from './model.ts'
import { idsNamed, type NameIndex } from './names.ts'
import { linesOf, namesIn, partiesOf } from './row-parties.ts'
import { currencyCode, foldName, languageOf, languagesIn, nameLanguageOf } from './words-in-cells.ts'

/** Notes what is wrong with a cell. */
export type ReportCell = (key: Target, code: string, params?: RowProblem['params']) => undefined

/** What is the same for every row of a file. */
export interface RowSetting {
  readonly settings: ImportSettings
  readonly date1904: boolean
  readonly lookups: Lookups
  /** The office's day: nobody has signed after it. */
  readonly today: Temporal.PlainDate
}

/** The words of a row by what their columns are taken for. */
export function cellsByTarget(
  cells: readonly string[],
  columns: ImportSettings['columns'],
): ReadonlyMap<Target, string> {
  const found = new Map<Target, string>()
  columns.forEach((target, column) => {
    const cell = cells[column] ?? ''
    if (target === '') return
    const before = found.get(target)
    // Of several columns each keeps its place: the second party's country is in the second line.
    if (before !== undefined && takesSeveral(target)) found.set(target, `${before}\n${cell}`)
    else if (before === undefined || before === '') found.set(target, cell)
  })
  return found
}

/** An agreement's form, and that of its signatures, as the row fills them in, and what of the row cannot be read. */
export function draftOfRow(
  cells: readonly string[],
  setting: RowSetting,
): {
  readonly draft: AgreementDraft
  readonly signatures: readonly TypedSignature[]
  readonly state: string
  readonly problems: readonly RowProblem[]
} {
  const { settings, date1904, lookups } = setting
  const words = cellsByTarget(cells, settings.columns)
  const problems: RowProblem[] = []
  const report: ReportCell = (key, code, params) => {
    if (!problems.some((one) => one.key === key && one.code === code && one.params?.['name'] === params?.['name'])) {
      problems.push(params === undefined ? { key, code } : { key, code, params })
    }
  }
  const broken = new Set<Target>()
  for (const [key, word] of words) {
    const line = linesOf(word).find((one) => isErrorValue(one) || one === formulaWithoutValue)
    if (line === undefined) continue
    broken.add(key)
    report(key, line === formulaWithoutValue ? 'import_formula' : 'import_error_value', { value: line })
  }
  const cell = (key: Target) => (broken.has(key) ? '' : (words.get(key) ?? '').trim())
  const choice = (key: 'kind' | 'visibility' | 'open_ended' | 'renewal' | 'notice_unit', otherwise: string) => {
    const typed = cell(key)
    if (typed === '') return otherwise
    return readChoice(key, typed) ?? report(key, 'unknown_choice', { value: typed.slice(0, 40) }) ?? otherwise
  }
  const date = (key: 'signed' | 'effective' | 'ends'): TypedDate => {
    const read = readDate(cell(key), { dayOrder: settings.dayOrder, date1904 })
    if (read !== undefined && 'problem' in read) report(key, read.problem, { value: cell(key).slice(0, 40) })
    if (read !== undefined && 'ambiguous' in read) {
      const [first, second] = read.ambiguous
      report(key, 'date_ambiguous', { value: cell(key).slice(0, 40), first, second })
    }
    const [year = '', month = '', day = ''] = read !== undefined && 'date' in read ? read.date.split('-') : []
    return { year, month, day }
  }
  const spoken = cell('source_language')
  const language = spoken === '' ? settings.sourceLocale : languageOf(spoken)
  const sourceLocale = isLocale(language) ? language : settings.sourceLocale
  if (!isLocale(language)) report('source_language', 'unknown_choice', { value: spoken.slice(0, 40) })
  const perLocale = (name: 'title' | 'summary') =>
    Object.fromEntries(
      locales.map((locale) => [locale, cell(`${name}_${locale}`) || (locale === sourceLocale ? cell(name) : '')]),
    ) as Record<Locale, string>
  const kind = choice('kind', settings.kind)
  if (kind === '' && cell('kind') === '') report('kind', 'required')
  const official = languagesIn(cell('official_titles'), nameLanguageOf)
  const otherTitles = linesOf(cell('other_titles'))
    .filter((line) => line !== '')
    .map((line) => readNamed(line, nameLanguageOf))
    .map((title) => ({ ...title, official: official.includes(title.language) ? 'yes' : '' }))
  const { parties, signatures } = partiesOf(cell, setting, report)
  const isOpen = choice('open_ended', 'no') === 'yes'
  const draft: AgreementDraft = {
    ...emptyDraft(sourceLocale),
    reference: cell('reference'),
    kind,
    visibility: choice('visibility', settings.visibility),
    sourceLocale,
    titles: perLocale('title'),
    summaries: perLocale('summary'),
    otherTitles,
    officialTitles: official.filter((tag) => !otherTitles.some(({ language }) => language === tag)),
    officerId: officerOf(cell('officer_email'), cell('officer'), lookups, report),
    parties,
    signed: date('signed'),
    effective: date('effective'),
    ends: date('ends'),
    openEnded: isOpen ? 'yes' : '',
    renewal: choice('renewal', 'none'),
    renewalMonths: count(cell('renewal_months')),
    renewalLimit: count(cell('renewal_limit')),
    noticeAmount: count(cell('notice')),
    noticeUnit: choice('notice_unit', 'months'),
    leadDays: count(cell('lead_days')),
    ...money(cell, settings, report),
    registrationNumber: cell('registration_number'),
    authenticOthers: languagesIn(cell('authentic_languages')).join(','),
    prevailing:
      cell('prevailing_language') === ''
        ? ''
        : (languageOf(cell('prevailing_language')) ?? cell('prevailing_language')),
    fields: codesOf(cell('fields'), lookups.fields, report),
    labs: idsOf('labs', cell('labs'), lookups.labs, report),
    facilities: idsOf('facilities', cell('facilities'), lookups.facilities, report),
  }
  return { draft, signatures, state: stateOf(cell('state'), settings, report), problems }
}

function stateOf(typed: string, settings: ImportSettings, report: ReportCell): string {
  if (typed === '') return settings.state
  const state = readChoice('state', typed)
  if (state === undefined) report('state', 'unknown_choice', { value: typed.slice(0, 40) })
  else if (!(enterableStates as readonly string[]).includes(state)) report('state', 'import_state')
  return state ?? settings.state
}

/** `12.0` and `12 months` are 12; anything else stays for the checks to tell. */
const count = (typed: string) =>
  /^(\d+)(?:\.0+)?(?:\s*(?:\p{L}\p{M}*)+)?$/u.exec(asciiDigits(normaliseText(typed)))?.[1] ?? typed

function money(
  cell: (key: Target) => string,
  settings: ImportSettings,
  report: ReportCell,
): Pick<AgreementDraft, 'amount' | 'currency' | 'technologyAmount'> {
  const { typed, code } = splitMoney(cell('value'))
  const named = cell('currency')
  const known = named === '' ? undefined : currencyCode(named)
  if (code !== undefined && known !== undefined && code !== known) {
    report('currency', 'import_two_currencies', { value: code, other: known })
  }
  const amount = inUnits(typed, settings.amountUnit)
  const currency = known ?? (named === '' ? (code ?? (amount === '' ? '' : settings.currency)) : named)
  const technology = splitMoney(cell('technology_amount'))
  return { amount, currency, technologyAmount: inUnits(technology.typed, settings.amountUnit) }
}

/** An amount with its currency before or behind it. */
function splitMoney(cell: string): { readonly typed: string; readonly code: string | undefined } {
  const text = asciiDigits(normaliseText(cell).normalize('NFKC'))
  const match = /^([^\d\s.,+-]*)\s*([-+]?[\d.,\s]+?)\s*([^\d.,]*)$/u.exec(text)
  const word = match === null ? '' : match[1] || match[3] || ''
  const code = word === '' ? undefined : currencyCode(word.trim())
  return code === undefined || match === null ? { typed: cell, code: undefined } : { typed: match[2] ?? '', code }
}

/** The amount in whole units of its currency, exactly: the decimal point moves. */
function inUnits(typed: string, unit: ImportSettings['amountUnit']): string {
  const zeros = unit.length - 1
  const plain = asciiDigits(normaliseText(typed)).replaceAll(/[,\s]/g, '')
  if (zeros === 0 || !/^\d+(?:\.\d+)?$/.test(plain)) return typed
  const [whole = '', fraction = ''] = plain.split('.')
  const moved = `${whole}${fraction.slice(0, zeros).padEnd(zeros, '0')}`.replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(zeros)
  return rest === '' ? moved : `${moved}.${rest}`
}

function officerOf(email: string, name: string, { officers }: Lookups, report: ReportCell): string {
  if (email === '' && name === '') return ''
  const [byEmail, byName] = [email, name].map((typed) => (typed === '' ? [] : idsNamed(officers, typed)))
  const found = byEmail!.length === 1 ? byEmail! : byName!
  if (found.length === 1) return found[0]!
  return report(email === '' ? 'officer' : 'officer_email', 'unknown_officer') ?? ''
}

function codesOf(cell: string, known: ReadonlyMap<string, string>, report: ReportCell): string[] {
  return namesIn(cell.replaceAll(/[,，၊]/g, ';'), (name) => known.has(foldName(name))).flatMap((name) => {
    const code = known.get(foldName(name))
    return code ?? report('fields', 'unknown_choice', { value: name.slice(0, 40), name }) ?? []
  })
}

function idsOf(key: 'labs' | 'facilities', cell: string, index: NameIndex, report: ReportCell): string[] {
  return namesIn(cell, (name) => idsNamed(index, name).length > 0).flatMap((name) => {
    const found = idsNamed(index, name)
    if (found.length === 1) return found
    return report(key, 'import_unknown_name', { name: name.slice(0, 80) }) ?? []
  })
}
