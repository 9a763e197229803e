/**
 * The one rule by which papers, amendments and clauses count for a language: by the language alone (BCP 47's primary
 * subtag in its canonical form, so that `tl` is `fil`), whatever script or region stand in the tag. A signed copy on
 * file as Portuguese is a copy for an agreement whose authentic text is `pt-BR`.
 */
export function languageOf(tag: string): string {
  try {
    return new Intl.Locale(tag).language
  } catch {
    return tag.split('-', 1)[0]?.toLowerCase() ?? ''
  }
}

/** Those of the wanted tags whose language is not there. */
export function missingLanguages(wanted: readonly string[], there: readonly string[]): string[] {
  const known = new Set(there.map(languageOf))
  return wanted.filter((tag) => !known.has(languageOf(tag)))
}

/** Tags to choose from: the first ones as they are, then those of the others whose language is not among them. */
export function withLanguages(first: readonly string[], others: readonly string[]): string[] {
  const own = [...new Set(first)]
  return [...own, ...missingLanguages([...new Set(others)], own)]
}
