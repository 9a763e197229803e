import { nothingKnown } from '#features/agreements/sheet-columns.ts'
import { languageOfName, readNameLine } from '#features/agreements/sheet-names.ts'
import type { TypedSignatory, TypedSignature } from '#features/signatures/model.ts'
import { readDate } from './dates.ts'
import type { Target } from './model.ts'
import type { ReportCell, RowSetting } from './row-draft.ts'
import { linesOf } from './row-parties.ts'
import { foldName, nameLanguageOf } from './words-in-cells.ts'

const columns = [
  'signatories',
  'signatory_addresses',
  'signatory_titles',
  'signatory_days',
  'signatory_names',
  'signatory_addresses_by_language',
  'signatory_titles_by_language',
] as const satisfies readonly Target[]

type SignatoryColumn = (typeof columns)[number]

/** What the columns say of the one who signed for a party. */
type Said = (column: SignatoryColumn) => string

/** Reads the lines of the columns, once for a row; `most`: how many parties they speak of. */
export function signatoriesIn(cell: (key: SignatoryColumn) => string): {
  readonly most: number
  readonly of: (party: number) => Said
} {
  const lines = new Map(columns.map((column) => [column, linesOf(cell(column))]))
  const said = (column: SignatoryColumn, party: number) => {
    const line = lines.get(column)?.[party] ?? ''
    return line === nothingKnown ? '' : line
  }
  return {
    most: Math.max(...[...lines.values()].map(({ length }) => length)),
    of: (party) => (column) => said(column, party),
  }
}

/**
 * Who signed for a party, as the form of signatures would have it; undefined where nothing is said. The words alone
 * have the language of the name, and that of a name is told by its letters, unless the columns by language say more.
 */
export function signatureOf(
  position: number,
  said: Said,
  { settings, date1904 }: Pick<RowSetting, 'settings' | 'date1904'>,
  report: ReportCell,
): TypedSignature | undefined {
  if (columns.every((column) => said(column) === '')) return undefined
  const rows = namesOf(said('signatories'), said('signatory_names'))
  const own = rows[0]?.language ?? ''
  const addresses = wordsOf(said('signatory_addresses'), said('signatory_addresses_by_language'), own)
  const titles = wordsOf(said('signatory_titles'), said('signatory_titles_by_language'), own)
  const languages = new Set([...rows.map(({ language }) => language), ...addresses.keys(), ...titles.keys()])
  const complete = [...languages].flatMap((language): Required<TypedSignatory>[] => {
    const named = rows.filter((row) => row.language === language)
    const beside = { address: addresses.get(language) ?? '', title: titles.get(language) ?? '' }
    if (named.length === 0) return [{ language, value: '', official: '', ...beside }]
    return named.map((row, n) => ({ ...row, ...(n === 0 ? beside : { address: '', title: '' }) }))
  })
  const [first, ...others] = complete
  const { value: name = '', language = '', address = '', title = '', official = '' } = first ?? {}
  const signedOn = dayOf(said('signatory_days'), { settings, date1904 }, report)
  return { position, name, language, address, title, official, others, signedOn }
}

type NameRow = Pick<Required<TypedSignatory>, 'language' | 'value' | 'official'>

/** The name in its own column first, in the language in which the other column tells it, and the others of that. */
function namesOf(name: string, line: string): NameRow[] {
  const all = line === '' ? [] : readNameLine(line, nameLanguageOf)
  if (name === '') return all
  const own = all.find(({ value }) => foldName(value) === foldName(name))
  const first = own ?? { language: languageOfName(name), value: name, official: '' }
  return [first, ...all.filter((one) => one !== own)]
}

/** Words by language; those in the plain column are of `own`, where the other column does not have them already. */
function wordsOf(plain: string, line: string, own: string): ReadonlyMap<string, string> {
  const all = line === '' ? [] : readNameLine(line, nameLanguageOf)
  const words = new Map(all.map(({ language, value }) => [language, value]))
  const isTold = all.some(({ value }) => foldName(value) === foldName(plain))
  return plain === '' || isTold ? words : words.set(own, plain)
}

/** A day as ISO 8601; what is none stays as it is written, for the checks to tell. */
function dayOf(typed: string, rules: Pick<RowSetting, 'settings' | 'date1904'>, report: ReportCell): string {
  const { settings, date1904 } = rules
  const read = readDate(typed, { dayOrder: settings.dayOrder, date1904 })
  if (read === undefined) return ''
  const value = typed.slice(0, 40)
  if ('date' in read) return read.date.length === 10 ? read.date : typed
  if ('problem' in read) report('signatory_days', read.problem, { value })
  else report('signatory_days', 'date_ambiguous', { value, first: read.ambiguous[0], second: read.ambiguous[1] })
  return typed
}
