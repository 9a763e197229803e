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

/** PostgreSQL keeps no longer ones. */
const longestTokenBytes = 2000

/** The search tokens of an agreement, written as a `tsvector`. */
export function searchTokens({ numbers, titles, partyNames }: SearchableAgreement): string {
  const texts = [...numbers.filter((number) => number !== null), ...Object.values(titles), ...partyNames]
  const tokens = new Set(texts.flatMap(tokensOf))
  return [...tokens]
    .filter((token) => Buffer.byteLength(token) <= longestTokenBytes)
    .map((token) => `'${token.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`)
    .join(' ')
}

/** The title that lists in each locale show and sort by; null where it has none at all. */
export function shownTitles(titles: Readonly<Record<string, string>>): Record<Locale, string | null> {
  return Object.fromEntries(
    locales.map((locale) => [locale, bestName(titles, locale)?.value ?? null]),
  ) as Record<Locale, string | null>
}
