import type { PublicationKind } from '#db/schema/index.ts'
import { collatorOf } from '#platform/i18n/format.ts'
import { bestText, type PublishedTexts } from '#platform/i18n/fallback.ts'
import { type Locale } from '#platform/i18n/locales.ts'
import type { PublishedContents } from './model.ts'

/** The current edition of a record. */
export interface Published<Kind extends PublicationKind> {
  readonly recordId: string
  readonly slug: string
  readonly oldSlugs: readonly string[]
  readonly publishedAt: string
  readonly sortDate: string | null
  readonly position: number
  readonly recordKind: string
  readonly countries: readonly string[]
  readonly fields: readonly string[]
  readonly partnerIds: readonly string[]
  readonly labIds: readonly string[]
  readonly content: PublishedContents[Kind]
}

type NamedKind = Exclude<PublicationKind, 'agreement'>

/** All current records of a kind, with the ways to find one. */
export interface Shelf<Kind extends PublicationKind> {
  readonly records: readonly Published<Kind>[]
  readonly byId: ReadonlyMap<string, Published<Kind>>
  readonly bySlug: ReadonlyMap<string, Published<Kind>>
  readonly byOldSlug: ReadonlyMap<string, Published<Kind>>
  /** What words are looked for in, folded: every name in every language, and acronyms. */
  readonly haystacks: ReadonlyMap<string, string>
  /** Filled as locales are asked for. */
  readonly sorted: Map<Locale, readonly Published<Kind>[]>
}

export function shelfOf<Kind extends PublicationKind>(records: readonly Published<Kind>[]): Shelf<Kind> {
  return {
    records,
    byId: new Map(records.map((record) => [record.recordId, record])),
    bySlug: new Map(records.map((record) => [record.slug, record])),
    byOldSlug: new Map(records.flatMap((record) => record.oldSlugs.map((slug) => [slug, record] as const))),
    haystacks: new Map(records.map((record) => [record.recordId, haystackOf(record)])),
    sorted: new Map(),
  }
}

/** Case, width and diacritics removed, so that `ha noi` finds `Hà Nội`. Marks of other scripts stay: they are letters. */
export function fold(words: string): string {
  return words
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .normalize('NFC')
}

function haystackOf(record: Published<PublicationKind>): string {
  const { content } = record
  const texts = content.texts as PublishedTexts<string>
  const names = Object.values(texts).flatMap((text) => [text['name']?.value, text['title']?.value])
  const acronyms = 'acronyms' in content ? content.acronyms : []
  return fold([...names, ...acronyms].filter((name) => name !== undefined).join('\n'))
}

/** Whether every word that was asked for occurs in the record's names. */
export function hasWords(shelf: Shelf<PublicationKind>, record: Published<PublicationKind>, words: string): boolean {
  const haystack = shelf.haystacks.get(record.recordId) ?? ''
  return fold(words)
    .split(/\s+/)
    .every((word) => haystack.includes(word))
}

/** The shelf by the names that a reader of the locale is shown; sorted once. */
export function byName<Kind extends NamedKind>(shelf: Shelf<Kind>, locale: Locale): readonly Published<Kind>[] {
  const known = shelf.sorted.get(locale)
  if (known !== undefined) return known
  const { compare } = collatorOf(locale)
  const named = shelf.records.map((record) => ({
    record,
    name: bestText(record.content.texts as PublishedTexts<'name'>, 'name', locale)?.value ?? record.slug,
  }))
  const sorted = named
    .toSorted((a, b) => compare(a.name, b.name) || (a.record.slug < b.record.slug ? -1 : 1))
    .map(({ record }) => record)
  shelf.sorted.set(locale, sorted)
  return sorted
}
