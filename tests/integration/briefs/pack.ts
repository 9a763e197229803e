import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { projectRoot } from '#platform/config.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'

/** Words by language, as the files of the content pack have them. */
export type PackWords = Readonly<Record<string, string | undefined>>

interface PackFile {
  readonly texts: Readonly<Record<string, { readonly [field: string]: unknown }>>
  readonly parties?: readonly { readonly partner?: string; readonly name?: PackWords }[]
}

/** A record of the pack, read without any code that the site reads it with. */
export interface PackRecord {
  readonly slug: string
  readonly name: PackWords
  readonly summary: PackWords
  /** The names of each party. */
  readonly parties: readonly PackWords[]
}

type Folder = 'agreements' | 'partners' | 'labs' | 'facilities'

const folderOf = (kind: Folder) => join(projectRoot, 'content', kind)

export const packSlugs = (kind: Folder): string[] =>
  readdirSync(folderOf(kind)).map((file) => file.replace(/\.yaml$/, ''))

export function packRecord(kind: Folder, slug: string): PackRecord {
  const file = parse(readFileSync(join(folderOf(kind), `${slug}.yaml`), 'utf8')) as PackFile
  const words = (field: string): PackWords =>
    Object.fromEntries(
      Object.entries(file.texts).map(([language, text]) => {
        const value = text[field]
        return [language, typeof value === 'string' ? value.trim().normalize('NFC') : undefined]
      }),
    )
  return {
    slug,
    name: words(kind === 'agreements' ? 'title' : 'name'),
    summary: words('summary'),
    parties: (file.parties ?? []).map(({ partner, name }) =>
      partner === undefined ? (name ?? {}) : packRecord('partners', partner).name,
    ),
  }
}

/** What a reader of this language gets: own language, English, Chinese, any. */
export function bestWords(words: PackWords, locale: Locale): string {
  const best = [locale, 'en', 'zh', ...locales, ...Object.keys(words)].find((language) => words[language] !== undefined)
  if (best === undefined) throw new Error('a record without words')
  return words[best]!.normalize('NFC')
}
