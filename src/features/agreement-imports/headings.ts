import { createHash } from 'node:crypto'
import { headingOf, sheetColumns } from '#features/agreements/sheet-columns.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { SheetRow } from '#platform/spreadsheet/model.ts'
import { type Target, takesSeveral, targets } from './model.ts'
import { foldName } from './words-in-cells.ts'

let known: ReadonlyMap<string, Target> | undefined

/** Headings in the five languages, as an export writes them and as offices do, folded. Derived columns are `''`. */
function knownHeadings(): ReadonlyMap<string, Target | ''> {
  if (known !== undefined) return known
  const found = new Map<string, Target | ''>()
  for (const locale of locales) {
    const t = translator(locale)
    for (const target of targets) {
      for (const word of t(`imports:synonyms.${target.replace(/_(?:zh|en|th|vi|my)$/, '')}` as MessageKey).split('|')) {
        const isOfOneLanguage = target.startsWith('title_') || target.startsWith('summary_')
        if (word !== '' && !isOfOneLanguage) found.set(foldName(word), target)
      }
    }
  }
  for (const locale of locales) {
    for (const { key, derived } of sheetColumns) {
      found.set(foldName(headingOf(translator(locale), key)), derived ? '' : key)
      found.set(foldName(key), derived ? '' : key)
    }
  }
  return (known = found as ReadonlyMap<string, Target>)
}

/** What a column with this heading is; empty for one that the register reckons itself, undefined for an unknown one. */
export const targetOf = (heading: string): Target | '' | undefined =>
  knownHeadings().get(foldName(heading)) ?? knownHeadings().get(foldName(withoutBrackets(heading)))

/** `合同金额（万元）` is 合同金额; what stands in the brackets is asked about elsewhere. */
const withoutBrackets = (heading: string) => heading.replaceAll(/[（(［[][^）)］\]]*[）)］\]]/g, '')

/** The columns by their headings. Where only one column can be taken for something, the first is. */
export function matchColumns(headings: readonly string[]): (Target | '')[] {
  const taken = new Set<Target>()
  return headings.map((heading) => {
    const target = targetOf(heading) ?? ''
    if (target === '' || (taken.has(target) && !takesSeveral(target))) return ''
    taken.add(target)
    return target
  })
}

/** Names of the same columns in the same order are one set of headings. */
export const headingsKey = (headings: readonly string[]): string =>
  createHash('sha256').update(headings.map(foldName).join('\n')).digest('hex')

/** Where the headings stand, and what they are. `row` is 0 where there is nothing that could be one. */
export interface Header {
  readonly row: number
  readonly rows: 1 | 2
  readonly headings: readonly string[]
}

/** Rows at the beginning of a sheet in which headings are looked for. */
export const headerDepth = 20

/**
 * The headings of one row, or of two: the upper one names a group of columns, over the first of which it stands, and
 * the lower one the columns.
 */
export function headingsFrom(rows: readonly SheetRow[], row: number, count: 1 | 2): string[] {
  const upper = rows.find(({ number }) => number === row)?.cells ?? []
  if (count === 1) return upper.map((cell) => cell.trim())
  const lower = rows.find(({ number }) => number === row + 1)?.cells ?? []
  let group = ''
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, column) => {
    const [above, below] = [(upper[column] ?? '').trim(), (lower[column] ?? '').trim()]
    if (above !== '') group = above
    if (below === '' || below === above) return above
    const both = `${group} ${below}`.trim()
    // What stands below a party is of the party: its name is no title.
    const isOfParty = targetOf(group) === 'parties'
    return !isOfParty && targetOf(both) === undefined && targetOf(below) !== undefined ? below : both
  })
}

/** Finds the headings: the row, or two rows, in which most are known; else the first row with two words in it. */
export function findHeader(rows: readonly SheetRow[]): Header {
  const top = rows.slice(0, headerDepth)
  const score = (headings: readonly string[]) => headings.filter((heading) => targetOf(heading) !== undefined).length
  let best: Header & { readonly score: number } = { row: 0, rows: 1, headings: [], score: 0 }
  for (const count of [1, 2] as const) {
    for (const { number } of top) {
      if (count === 2 && !top.some((row) => row.number === number + 1)) continue
      const headings = headingsFrom(top, number, count)
      const found = score(headings)
      if (found > best.score) best = { row: number, rows: count, headings, score: found }
    }
  }
  if (best.score > 0) return best
  const first = top.find(({ cells }) => cells.filter((cell) => cell.trim() !== '').length >= 2) ?? top[0]
  return first === undefined ? best : { row: first.number, rows: 1, headings: headingsFrom(top, first.number, 1) }
}
