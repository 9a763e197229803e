import { DomainError, type FieldProblem } from '#platform/errors.ts'
import type { SelectionItem } from '#db/schema/selections.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { asciiDigits, lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'

export type { SelectionItem } from '#db/schema/selections.ts'

export const itemKinds = ['partner', 'lab', 'facility', 'country', 'agreement'] as const

export type ItemKind = (typeof itemKinds)[number]

/** Items and characters at most; days for which an untouched selection is kept. */
export const limits = { items: 500, title: 200, name: 100, notes: 5000, days: 90 } as const

/** What a selection says, whoever keeps it. */
export interface SelectionContents {
  readonly title: string
  /** ISO 8601. */
  readonly startsOn: string | null
  readonly endsOn: string | null
  /** Null: the language of whoever asks. */
  readonly firstLanguage: Locale | null
  readonly secondLanguage: Locale | null
  readonly items: readonly SelectionItem[]
}

export const emptyContents: SelectionContents = {
  title: '',
  startsOn: null,
  endsOn: null,
  firstLanguage: null,
  secondLanguage: null,
  items: [],
}

export const keyOf = ({ kind, id }: SelectionItem): string => `${kind}:${id}`

/**
 * The items with others behind them; what is there already stays where it is.
 * @throws DomainError `selection_full`
 */
export function withItems(items: readonly SelectionItem[], more: readonly SelectionItem[]): readonly SelectionItem[] {
  const all = new Map([...items, ...more].map((item) => [keyOf(item), item]))
  if (all.size > limits.items) throw new DomainError('selection_full', { max: limits.items })
  return [...all.values()]
}

export function withoutItem(items: readonly SelectionItem[], key: string): readonly SelectionItem[] {
  return items.filter((item) => keyOf(item) !== key)
}

/** The item one place up (-1) or down (1); the first and the last stay. */
export function withMoved(items: readonly SelectionItem[], key: string, by: -1 | 1): readonly SelectionItem[] {
  const from = items.findIndex((item) => keyOf(item) === key)
  const [item, other] = [items[from], items[from + by]]
  if (item === undefined || other === undefined) return items
  return items.map((one, at) => (at === from ? other : at === from + by ? item : one))
}

/** The form about a selection as a whole, as it was typed. */
export interface TypedSettings {
  readonly title: string
  readonly startsOn: string
  readonly endsOn: string
  readonly first: string
  readonly second: string
}

export type Settings = Omit<SelectionContents, 'items'>

/** What is wrong with a form, or what it says. */
export function checkSettings(
  typed: TypedSettings,
): { readonly settings: Settings } | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = []
  const title = normaliseText(typed.title)
  const length = lengthOf(title)
  if (length > limits.title) problems.push({ path: 'title', code: 'too_long', params: { max: limits.title, length } })
  else if (looksLikeZawgyi(title)) problems.push({ path: 'title', code: 'zawgyi_typed' })
  const startsOn = readDay(typed.startsOn, 'startsOn', problems)
  const endsOn = readDay(typed.endsOn, 'endsOn', problems)
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
    problems.push({ path: 'endsOn', code: 'end_before_start' })
  }
  const firstLanguage = readLanguage(typed.first, 'first', problems)
  const secondLanguage = readLanguage(typed.second, 'second', problems)
  if (secondLanguage !== null && secondLanguage === firstLanguage) {
    problems.push({ path: 'second', code: 'same_language' })
  }
  return problems.length > 0 ? { problems } : { settings: { title, startsOn, endsOn, firstLanguage, secondLanguage } }
}

/** A day as typed, with digits of any script; null for none. */
export function readDay(typed: string, path: string, problems: FieldProblem[]): string | null {
  const text = asciiDigits(normaliseText(typed))
  if (text === '') return null
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    problems.push({ path, code: 'day_form' })
    return null
  }
  try {
    const { year } = Temporal.PlainDate.from(text, { overflow: 'reject' })
    if (year < 1900 || year > 2200) problems.push({ path, code: 'date_range', params: { min: 1900, max: 2200 } })
    return text
  } catch {
    problems.push({ path, code: 'date' })
    return null
  }
}

function readLanguage(typed: string, path: string, problems: FieldProblem[]): Locale | null {
  if (typed === '') return null
  if (isLocale(typed)) return typed
  problems.push({ path, code: 'unknown_choice', params: { value: typed.slice(0, 40) } })
  return null
}

export function settingsAsTyped(contents: Settings): TypedSettings {
  return {
    title: contents.title,
    startsOn: contents.startsOn ?? '',
    endsOn: contents.endsOn ?? '',
    first: contents.firstLanguage ?? '',
    second: contents.secondLanguage ?? '',
  }
}

/** The languages of the brief for a reader: what was chosen, and the reader's own where nothing was. */
export function languagesOf(contents: Settings, reader: Locale): readonly Locale[] {
  const first = contents.firstLanguage ?? (contents.secondLanguage === reader ? 'en' : reader)
  const { secondLanguage } = contents
  return secondLanguage === null || secondLanguage === first ? [first] : [first, secondLanguage]
}

/** A name or notes of the office, as they are kept. */
export function checkWords(
  typed: string,
  path: 'name' | 'notes',
  { required = false, lines = false }: { required?: boolean; lines?: boolean } = {},
): { readonly words: string } | { readonly problem: FieldProblem } {
  const words = normaliseText(typed, { lines })
  const length = lengthOf(words)
  if (required && words === '') return { problem: { path, code: 'required' } }
  if (length > limits[path]) return { problem: { path, code: 'too_long', params: { max: limits[path], length } } }
  if (looksLikeZawgyi(words)) return { problem: { path, code: 'zawgyi_typed' } }
  return { words }
}
