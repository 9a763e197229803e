import { createHash } from 'node:crypto'
import type { PublishedTexts, TextStatus } from '#platform/i18n/fallback.ts'

/** The hash that a translation keeps of the source words it was made from: 16 hexadecimal digits of SHA-256. */
export function sourceHash(words: string): string {
  return createHash('sha256').update(words.normalize('NFC')).digest('hex').slice(0, 16)
}

/** One row of a text table: `locale`, and for each field its words, `…Status` and `…SourceHash`. */
export type TextRow<Field extends string> = { readonly locale: string } & Readonly<Record<Field, string | null>> &
  Readonly<Record<`${Field}Status`, TextStatus | null>> &
  Readonly<Record<`${Field}SourceHash`, string | null>>

/** A record's words as the public sees them; a field whose source has moved on since is marked stale. */
export function publishedTexts<Field extends string>(
  rows: readonly TextRow<Field>[],
  fields: readonly Field[],
  sourceLocale: string,
): PublishedTexts<Field> {
  const source = rows.find((row) => row.locale === sourceLocale)
  const texts: Record<string, PublishedTexts<Field>[string]> = {}
  for (const row of rows.toSorted((a, b) => (a.locale < b.locale ? -1 : 1))) {
    const entries = fields.flatMap((field) => {
      const value: string | null = row[field]
      if (value === null) return []
      const madeFrom = row[`${field}SourceHash`] as string | null
      const words: string | null = source?.[field] ?? null
      const stale = madeFrom !== null && words !== null && sourceHash(words) !== madeFrom
      return [[field, { value, status: row[`${field}Status`] ?? 'draft', ...(stale ? { stale } : {}) }] as const]
    })
    texts[row.locale] = Object.fromEntries(entries) as PublishedTexts<Field>[string]
  }
  return texts
}

/** The names of an institution by language, for where it is named without a profile of its own. */
export function namesOf(rows: readonly { locale: string; name: string | null }[]): Record<string, string> {
  return Object.fromEntries(rows.flatMap((row) => (row.name === null ? [] : [[row.locale, row.name]])))
}
