import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Locale } from '#platform/i18n/locales.ts'

/** Real sentences: what the interface says, and what the content pack says of institutions. */

const root = new URL('../../../../', import.meta.url)

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : []
}

function interfaceTexts(locale: Locale): string[] {
  const folder = new URL(`locales/${locale}/`, root)
  return readdirSync(folder).flatMap((file) => leaves(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))
}

interface Texts {
  readonly texts?: Readonly<Record<string, { readonly name?: string; readonly summary?: string }>>
}

/** Names and summaries of the content pack in one language. */
export function contentTexts(locale: Locale): string[] {
  return ['partners/', 'labs/', 'facilities/'].flatMap((name) => {
    const folder = new URL(`content/${name}`, root)
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => {
        const { texts } = parse(readFileSync(new URL(file, folder), 'utf8')) as Texts
        const { name: own, summary } = texts?.[locale] ?? {}
        return [own, summary].filter((text) => text !== undefined)
      })
  })
}

/** Every sentence once, NFC, placeholders of the interface replaced by a number. */
export function corpus(locale: Locale): string[] {
  const texts = [...interfaceTexts(locale), ...contentTexts(locale)]
  return [...new Set(texts.map((text) => text.replaceAll(/\{\{.*?\}\}/gu, '12').normalize('NFC')))]
}
