import { bestName } from '#features/hub/model.ts'
import { locales, type Locale } from '#platform/i18n/locales.ts'
import { tokensOf } from '#platform/text/tokens.ts'

/** What an agreement is found by. */
export interface SearchableAgreement {
  /** Its numbers: the office's, the archive's, that of the registered contract. */
  readonly numbers: readonly (string | null)[]
  /** By language. */
  readonly titles: Readonly<Record<string, string>>
  /** Of every party, in every language. */
  readonly partyNames: readonly string[]
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
export function searchTokens({ numbers, titles, partyNames }: SearchableAgreement): string {
  const texts = [...numbers.filter((number) => number !== null), ...Object.values(titles)]
  const tokens = new Set([...texts.flatMap(tokensOf), ...partyNames.flatMap(tokensOfName)])
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
