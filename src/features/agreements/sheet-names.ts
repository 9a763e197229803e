import type { Locale } from '#platform/i18n/locales.ts'
import { localizedNames, type TypedName } from './names.ts'

/**
 * Titles and names by language in a cell of a sheet, which an import reads again:
 * - a title a line: `lo: ສັນຍາການຮ່ວມມື`; which stand on the paper is told by the column of the official titles,
 * - a party a line, its names with bars between, an asterisk at the languages that stand on the paper:
 *   `th*: มหาวิทยาลัยตัวอย่าง | en: Sample University`.
 */

type Words = Readonly<Partial<Record<string, string>>>

export function titleLines(titles: Words, isShown: (language: string) => boolean): string | null {
  const lines = localizedNames(titles)
    .filter(({ language }) => isShown(language))
    .map(({ language, value }) => `${language}: ${value}`)
  return lines.length === 0 ? null : lines.join('\n')
}

export function nameLine(names: Words, official: readonly string[]): string {
  return localizedNames(names, official)
    .map((name) => `${name.language}${name.official ? '*' : ''}: ${name.value}`)
    .join(' | ')
}

const entry = /^\s*([^:：*]{1,60}?)\s*(\*?)\s*[:：]\s*(.*)$/su
// A bar within a name parts nothing: behind one that does comes a tag.
const bar = /\s+\|\s+(?=[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*\*?\s*[:：])/u

/**
 * Reads one entry. `languageOf` knows tags and names of languages; what it does not know stays as it is typed, and what
 * has no language at all has none, for the checks to tell.
 */
export function readNamed(text: string, languageOf: (typed: string) => string | undefined): TypedName {
  const [, language = '', star = '', value = ''] = entry.exec(text) ?? []
  if (language === '') return { language: '', value: text.trim(), official: '' }
  return { language: languageOf(language) ?? language, value: value.trim(), official: star === '' ? '' : 'yes' }
}

export function readNameLine(line: string, languageOf: (typed: string) => string | undefined): TypedName[] {
  return line.split(bar).map((part) => readNamed(part, languageOf))
}

const scripts: readonly (readonly [script: RegExp, locale: Locale])[] = [
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Han}/u, 'zh'],
  [/[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/u, 'vi'],
]

/** The language that a name is written in, as far as its letters tell. */
export function languageOfName(name: string): Locale {
  return scripts.find(([script]) => script.test(name.normalize('NFC')))?.[1] ?? 'en'
}
