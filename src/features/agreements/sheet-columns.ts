import type { MessageKey } from '#platform/i18n/keys.ts'
import { isLocale, languageNames, type Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/**
 * How the cells of a column are filled:
 * - `text`: as written.
 * - `date`: a day as a date of the spreadsheet (ISO 8601 in CSV); one that is known to the month or the year only as
 *   text, `2015-05` or `2015`.
 * - `amount`: a decimal number; its currency is another column. `count`: a whole number.
 * - `choice`: a word of the reader's language; sheet-choices.ts tells its code, whatever the language.
 * - `tag`, `tags`: BCP 47 tags as agreements keep them (`zh`, `lo`); several have commas between.
 * - `lines`: a line of the cell for each, with line feeds between.
 */
export type SheetForm = 'text' | 'date' | 'amount' | 'count' | 'choice' | 'tag' | 'tags' | 'lines'

/** The line of a party of which a column says nothing: no cell begins with an empty line. */
export const nothingKnown = '–'

/**
 * A cell of a CSV file as it was before it was written: text that a spreadsheet would take for a formula (`=`, `+`,
 * `-`, `@`, their full-width forms, tab, carriage return) is written with an apostrophe before it.
 */
export function readCsvCell(cell: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell
}

const column = (form: SheetForm, width: number, derived = false) => ({ form, width, derived })

/**
 * The columns of the register as a spreadsheet, in their order: what an export writes, and what an import finds again
 * by their headings. A heading is in the reader's language, so that a column is known by its key alone.
 *
 * `parties`, `party_*`, `signator*` and `contact_*` go together: their nth lines are about the nth party, and a line of
 * `nothingKnown` says that it is not known of that one. Names of parties and signatories, countries, fields, labs and
 * facilities are the reader's. `other_titles`, `party_names`, `signatory_names` and `…_by_language` have languages of
 * their own: sheet-names.ts says how they are written.
 * What is `derived` is reckoned by the register itself: written for readers, passed over when a file is taken in.
 * `width` is in characters.
 */
const columns = {
  reference: column('text', 22),
  title_zh: column('text', 40),
  title_en: column('text', 40),
  title_th: column('text', 40),
  title_vi: column('text', 40),
  title_my: column('text', 40),
  other_titles: column('lines', 40),
  official_titles: column('tags', 14),
  source_language: column('tag', 12),
  kind: column('choice', 28),
  state: column('choice', 16),
  visibility: column('choice', 20),
  parties: column('lines', 44),
  party_names: column('lines', 44),
  party_roles: column('lines', 14),
  party_countries: column('lines', 14),
  signed: column('date', 13),
  effective: column('date', 13),
  ends: column('date', 13),
  open_ended: column('choice', 12),
  renewal: column('choice', 16),
  renewal_months: column('count', 12),
  renewal_limit: column('count', 12),
  notice: column('count', 12),
  notice_unit: column('choice', 12),
  lead_days: column('count', 12),
  next_due: column('date', 13, true),
  value: column('amount', 18),
  currency: column('text', 10),
  technology_amount: column('amount', 18),
  registration_number: column('text', 22),
  authentic_languages: column('tags', 14),
  prevailing_language: column('tag', 14),
  fields: column('lines', 24),
  labs: column('lines', 32),
  facilities: column('lines', 32),
  officer: column('text', 20),
  officer_email: column('text', 26),
  signatories: column('lines', 24),
  signatory_addresses: column('lines', 16),
  signatory_titles: column('lines', 24),
  signatory_days: column('lines', 14),
  signatory_names: column('lines', 36),
  signatory_addresses_by_language: column('lines', 24),
  signatory_titles_by_language: column('lines', 36),
  contact_names: column('lines', 20),
  contact_addresses: column('lines', 16),
  contact_emails: column('lines', 26),
  contact_phones: column('lines', 20),
  summary_zh: column('text', 50),
  summary_en: column('text', 50),
  summary_th: column('text', 50),
  summary_vi: column('text', 50),
  summary_my: column('text', 50),
  changed: column('date', 13, true),
  address: column('text', 40, true),
} as const satisfies Record<string, ReturnType<typeof column>>

export type SheetKey = keyof typeof columns

export interface SheetColumn {
  readonly key: SheetKey
  readonly form: SheetForm
  readonly width: number
  readonly derived: boolean
}

export const sheetColumns: readonly SheetColumn[] = Object.entries(columns).map(([key, rest]) => ({
  key: key as SheetKey,
  ...rest,
}))

/** Columns of which there is one for each language of the site. */
export type LanguageColumn = 'title' | 'summary'

export const keyIn = (name: LanguageColumn, locale: Locale): SheetKey => `${name}_${locale}`

/** The heading of a column in one language: `Title (ไทย)`. No two columns of a language have the same. */
export function headingOf(t: Translate, key: SheetKey): string {
  const [name = '', locale] = key.split('_')
  if ((name === 'title' || name === 'summary') && isLocale(locale)) {
    return t('agreements:field_in', { field: t(`sheet:column.${name}`), language: languageNames[locale] })
  }
  return t(`sheet:column.${key}` as MessageKey)
}
