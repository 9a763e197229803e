import type { Named } from '#features/hub/model.ts'
import type { BestText } from '#platform/i18n/fallback.ts'
import { languageName } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { Block, Run, Runs } from '#platform/pdf/model.ts'

/** Pieces that every brief is made of. */

/** A name in the language that it is in. */
export function named({ value, lang }: Named, more: Omit<Run, 'text' | 'lang'> = {}): Run {
  return { text: value, ...(lang === '' ? {} : { lang }), ...more }
}

export function plain(text: string): Runs {
  return [{ text }]
}

/** One row of facts; undefined where there is nothing to say. */
export function fact(label: string, value: Runs | string | null | undefined) {
  if (value === null || value === undefined || value.length === 0) return undefined
  return { label: plain(label), value: typeof value === 'string' ? plain(value) : value }
}

type Row = NonNullable<ReturnType<typeof fact>>

export function facts(rows: readonly (Row | undefined)[]): Block[] {
  const present = rows.filter((row) => row !== undefined)
  return present.length === 0 ? [] : [{ type: 'keyValues', rows: present }]
}

export function heading(level: 1 | 2 | 3, words: Runs | string): Block {
  return { type: 'heading', level, runs: typeof words === 'string' ? plain(words) : words }
}

/** Words with what must be said about them: another language, not checked, behind its source. */
export function summaryBlocks(text: BestText | undefined, locale: Locale): Block[] {
  if (text === undefined) return []
  const notes = textNotes(text, locale)
  return [
    ...text.value
      .split(/\n+/)
      .map((part): Block => ({ type: 'paragraph', style: 'lead', runs: [{ text: part, lang: text.lang }] })),
    ...(notes === '' ? [] : [paragraph(notes)]),
  ]
}

function textNotes(text: BestText, locale: Locale): string {
  const t = translator(locale)
  const notes = [
    text.fallback ? t('briefs:text.fallback', { language: languageName(text.lang, locale) }) : '',
    text.status === 'draft' ? t('common:text.draft') : '',
    text.status === 'machine' ? t('common:text.machine') : '',
    text.stale === true ? t('common:text.stale') : '',
  ]
  return notes.filter((note) => note !== '').join(locale === 'zh' ? '' : ' ')
}

/** A paragraph, in small type where it is a note. */
export function paragraph(words: string, style: 'body' | 'note' = 'note'): Block {
  return { type: 'paragraph', style, runs: plain(words) }
}

/** Columns of a table from their headers and their shares of the width. */
export function columns(...given: readonly (readonly [header: string, share: number, align?: 'end'])[]) {
  return given.map(([header, share, align]) => ({ header: plain(header), share, align: align ?? ('start' as const) }))
}

/** A bulleted list of words, or a line that says that there are none. */
export function listOr(items: readonly Runs[], none: string): Block {
  return items.length === 0 ? { type: 'paragraph', style: 'body', runs: plain(none) } : { type: 'list', items }
}
