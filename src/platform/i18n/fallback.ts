import { isLocale, languageTags, type Locale } from './locales.ts'

export type TextStatus = 'machine' | 'draft' | 'reviewed'

/** One translated field as published: its words, how far they can be trusted, and whether the source moved on. */
export interface PublishedField {
  readonly value: string
  readonly status: TextStatus
  readonly stale?: boolean
}

/** The published words of a record: by language (a locale or any BCP 47 tag), then by field. */
export type PublishedTexts<Field extends string> = Readonly<
  Record<string, Readonly<Partial<Record<Field, PublishedField>>>>
>

/** The best words there are for a reader, with what must be said about them. */
export interface BestText extends PublishedField {
  /** The language of the words, as a BCP 47 tag for `lang`. */
  readonly lang: string
  readonly language: string
  /** The words are not in the reader's own language. */
  readonly fallback: boolean
}

/** Own locale, then English, then Chinese, then any: the order in which a reader is given words. */
export function bestText<Field extends string>(
  texts: PublishedTexts<Field>,
  field: Field,
  locale: Locale,
): BestText | undefined {
  for (const language of new Set([locale, 'en', 'zh', ...Object.keys(texts)])) {
    const found = texts[language]?.[field]
    if (found !== undefined && found.value !== '') {
      const lang = isLocale(language) ? languageTags[language] : language
      return { ...found, lang, language, fallback: language !== locale }
    }
  }
  return undefined
}
