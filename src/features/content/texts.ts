import type { TextStatus } from '#platform/i18n/fallback.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import { sourceHash, type TextRow } from '#features/publications/texts.ts'

/** The words of one locale as a pack's file holds them. */
export type FileText<Field extends string> = Readonly<Partial<Record<Field, string | undefined>>> & {
  readonly status: TextStatus | Readonly<Partial<Record<Field, TextStatus | undefined>>>
  readonly sourceHash?: Readonly<Partial<Record<Field, string | undefined>>> | undefined
}

export type FileTexts<Field extends string> = Readonly<Partial<Record<string, FileText<Field> | undefined>>>

/** Rows of a text table from a file's texts; a translation without a hash counts as made from the present source. */
export function textRows<Field extends string>(
  texts: FileTexts<Field>,
  fields: readonly Field[],
  sourceLocale: string,
): TextRow<Field>[] {
  const source = texts[sourceLocale]
  return Object.entries(texts).flatMap(([locale, text]) => {
    if (text === undefined) return []
    const columns = fields.flatMap((field): [string, string | null][] => {
      const value: string | undefined = text[field]
      const status = typeof text.status === 'string' ? text.status : text.status[field]
      const words: string | undefined = source?.[field]
      const madeFrom =
        locale === sourceLocale || value === undefined
          ? null
          : (text.sourceHash?.[field] ?? (words === undefined ? null : sourceHash(words)))
      return [
        [field, value ?? null],
        [`${field}Status`, value === undefined ? null : (status ?? 'draft')],
        [`${field}SourceHash`, madeFrom],
      ]
    })
    return [{ locale, ...Object.fromEntries(columns) } as TextRow<Field>]
  })
}

/** Rows for names in further languages: official names as a source prints them. */
export function otherNameRows(names: Readonly<Record<string, string>> | undefined): TextRow<'name' | 'summary'>[] {
  return Object.entries(names ?? {}).map(([locale, name]) => ({
    locale,
    name,
    nameStatus: 'reviewed',
    nameSourceHash: null,
    summary: null,
    summaryStatus: null,
    summarySourceHash: null,
  }))
}

/** Rows of an agreement's texts: titles in further languages among them, and which of all stand on the paper. */
export function titleRows({
  texts,
  otherTitles = {},
  officialTitles = [],
  sourceLocale,
}: {
  readonly texts: FileTexts<'title' | 'summary'>
  readonly otherTitles?: Readonly<Record<string, string>> | undefined
  readonly officialTitles?: readonly string[] | undefined
  readonly sourceLocale: string
}) {
  const further = Object.entries(otherTitles).map(([locale, title]): TextRow<'title' | 'summary'> => ({
    locale,
    title,
    titleStatus: 'reviewed',
    titleSourceHash: null,
    summary: null,
    summaryStatus: null,
    summarySourceHash: null,
  }))
  return [...textRows(texts, ['title', 'summary'], sourceLocale), ...further].map((row) => ({
    ...row,
    titleOfficial: row.title !== null && officialTitles.includes(row.locale),
  }))
}

/** What a file says of titles beside its texts, from rows. */
export function fileTitles(rows: readonly { locale: string; title: string | null; titleOfficial: boolean }[]) {
  const titles = rows.flatMap(({ locale, title }) => (isLocale(locale) || title === null ? [] : [[locale, title] as const]))
  const official = rows.filter(({ title, titleOfficial }) => titleOfficial && title !== null).map(({ locale }) => locale)
  return {
    otherTitles: titles.length === 0 ? undefined : Object.fromEntries(titles),
    officialTitles: official.length === 0 ? undefined : official.toSorted(),
  }
}

/** A file's texts from rows; one word of status where all fields agree, hashes only where the source moved on. */
export function fileTexts<Field extends string>(
  rows: readonly TextRow<Field>[],
  fields: readonly Field[],
  sourceLocale: string,
): Record<string, FileText<Field>> {
  const source = rows.find((row) => row.locale === sourceLocale)
  const texts: Record<string, FileText<Field>> = {}
  for (const row of rows) {
    if (!isLocale(row.locale)) continue
    const present = fields.filter((field) => (row[field] as string | null) !== null)
    const status = Object.fromEntries(present.map((field) => [field, row[`${field}Status`] ?? 'draft'] as const))
    const hashes = present.flatMap((field) => {
      const madeFrom = row[`${field}SourceHash`] as string | null
      const words: string | null = source?.[field] ?? null
      return madeFrom === null || (words !== null && sourceHash(words) === madeFrom) ? [] : [[field, madeFrom] as const]
    })
    const statuses = new Set(Object.values(status))
    texts[row.locale] = {
      ...Object.fromEntries(present.map((field) => [field, row[field]])),
      status: statuses.size === 1 ? [...statuses][0] : status,
      ...(hashes.length === 0 ? {} : { sourceHash: Object.fromEntries(hashes) }),
    } as FileText<Field>
  }
  return texts
}

/** Names in further languages from rows. */
export function fileOtherNames(rows: readonly TextRow<'name' | 'summary'>[]): Record<string, string> | undefined {
  const names = rows.flatMap((row) => (isLocale(row.locale) || row.name === null ? [] : [[row.locale, row.name] as const]))
  return names.length === 0 ? undefined : Object.fromEntries(names.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
