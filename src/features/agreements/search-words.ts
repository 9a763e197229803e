import { bestName } from '#features/hub/model.ts'
import { locales, type Locale } from '#platform/i18n/locales.ts'
import { tokensOf } from '#platform/text/tokens.ts'

/**
 * The version of the rule by which search documents are made. Whoever changes what an agreement is found or sorted by
 * counts it up: documents that an older version made are then made anew in the background (search-renewal.ts).
 * 1: names of signatories.
 */
export const searchRule = 1

/** What an agreement is found by. */
export interface SearchableAgreement {
  /** Its numbers: the office's, the archive's, that of the registered contract. */
  readonly numbers: readonly (string | null)[]
  /** By language. */
  readonly titles: Readonly<Record<string, string>>
  /** Of every party and of whoever signed for it, in every language. */
  readonly partyNames: readonly string[]
  /** As `searchFacetTokens` makes them. */
  readonly facets: readonly string[]
}

/** What words are often asked for together with; each a set of which one is enough. */
interface Facets {
  readonly kinds: readonly string[]
  readonly officer: string | null | undefined
  readonly year: number | undefined
  readonly field: string | undefined
  /** Partners and countries. */
  readonly keys: readonly (string | undefined)[]
}

// Words have letters and digits only: no search of words finds a facet.
const facet = (name: string, value: string | number) => `#${name}:${value}`

/** Conditions of a `tsquery`, to be joined by `&`. */
export function searchFacets({ kinds, officer, year, field, keys }: Facets): string[] {
  const all = [
    kinds.map((kind) => facet('kind', kind)),
    officer ? [facet('officer', officer)] : [],
    year === undefined ? [] : [facet('year', year)],
    field === undefined ? [] : [facet('field', field)],
    ...keys.map((key) => (key === undefined ? [] : [facet('party', key)])),
  ]
  return all.filter((one) => one.length > 0).map((one) => `(${one.map((token) => `'${token}'`).join(' | ')})`)
}

/** The facets of one agreement as tokens. Its state changes without its words, and is not among them. */
export function searchFacetTokens(row: {
  readonly kind: string
  readonly officerId: string | null
  readonly signed: string | null
  readonly fields: readonly string[]
  readonly partyKeys: readonly string[]
}): string[] {
  return [
    facet('kind', row.kind),
    ...(row.officerId === null ? [] : [facet('officer', row.officerId)]),
    ...(row.signed === null ? [] : [facet('year', Number(row.signed.slice(0, 4)))]),
    ...row.fields.map((field) => facet('field', field)),
    ...row.partyKeys.map((key) => facet('party', key)),
  ]
}

/** Names of parties come again and again: an import of thousands of agreements cuts each of them once. */
const known = new Map<string, readonly string[]>()
const mostKnown = 5000

function tokensOfName(name: string): readonly string[] {
  const tokens = known.get(name) ?? tokensOf(name)
  if (known.size >= mostKnown) known.clear()
  known.set(name, tokens)
  return tokens
}

/** PostgreSQL keeps no longer ones. */
const longestTokenBytes = 2000

/** The search tokens of an agreement, written as a `tsvector`. */
export function searchTokens({ numbers, titles, partyNames, facets }: SearchableAgreement): string {
  const texts = [...numbers.filter((number) => number !== null), ...Object.values(titles)]
  const tokens = new Set([...texts.flatMap(tokensOf), ...partyNames.flatMap(tokensOfName), ...facets])
  return [...tokens]
    .filter((token) => Buffer.byteLength(token) <= longestTokenBytes)
    .map((token) => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`)
    .join(' ')
}

/** The title that lists in each locale show and sort by; null where it has none at all. */
export function shownTitles(titles: Readonly<Record<string, string>>): Record<Locale, string | null> {
  return Object.fromEntries(locales.map((locale) => [locale, bestName(titles, locale)?.value ?? null])) as Record<
    Locale,
    string | null
  >
}
