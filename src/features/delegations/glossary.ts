import type { Issue } from '#features/briefs/document.ts'
import type { Part } from '#features/briefs/draft.ts'
import { columns, heading, paragraph } from '#features/briefs/parts.ts'
import type { Term } from '#features/hub/model.ts'
import { collatorOf } from '#platform/i18n/format.ts'
import { languageNames, languageTags, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { Runs } from '#platform/pdf/model.ts'

/** Marks a term that no native reader has checked. */
const mark = '*'

/** The languages of a glossary: those of the brief, and beside a single one Chinese and English, as talks are held in. */
export function glossaryLanguages(languages: readonly Locale[]): readonly Locale[] {
  return languages.length > 1 ? languages : [...new Set<Locale>([...languages, 'zh', 'en'])]
}

/** The field's terms in the languages of the brief; only those that are known in all of them. */
export function glossarySection(terms: readonly Term[], { locale, languages }: Issue): readonly Part[] {
  const t = translator(locale)
  const own = glossaryLanguages(languages)
  const [first = locale] = own
  const { compare } = collatorOf(first)
  const known = terms
    .filter(({ names }) => own.every((language) => names[language] !== undefined))
    .toSorted((a, b) => compare(a.names[first] ?? '', b.names[first] ?? ''))
  if (known.length === 0) return []
  const hasMarks = known.some(({ unchecked }) => own.some((language) => unchecked.includes(language)))
  return [
    { type: 'pageBreak' },
    heading(2, t('delegations:glossary')),
    ...(hasMarks ? [paragraph(t('delegations:glossary_note', { mark }))] : []),
    {
      type: 'table',
      columns: columns(...own.map((language) => [languageNames[language], 1] as const)).map((column, at) => ({
        ...column,
        header: column.header.map((run) => ({ ...run, lang: languageTags[own[at] ?? locale] })),
      })),
      rows: known.map(({ names, unchecked }) =>
        own.map((language): Runs => {
          const marked = unchecked.includes(language) ? ` ${mark}` : ''
          return [{ text: `${names[language]}${marked}`, lang: languageTags[language] }]
        }),
      ),
    },
  ]
}
