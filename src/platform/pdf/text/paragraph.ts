import { clustersOf, type Cluster } from '#platform/pdf/fonts/clusters.ts'
import { shape } from '#platform/pdf/fonts/harfbuzz.ts'
import type { Runs } from '#platform/pdf/model.ts'
import { measures, type TextStyle } from '#platform/pdf/style.ts'
import { itemise, type Item } from '#platform/pdf/text/itemise.ts'
import { cleanText } from '#platform/pdf/text/clean.ts'
import { tabularFigures } from '#platform/pdf/text/figures.ts'
import { compressEdges, compressPairs } from '#platform/pdf/text/punctuation.ts'
import { withNames } from '#platform/pdf/text/unprintable.ts'
import { lineBreaks, type LineBreak } from '#platform/text/line-breaks.ts'

/** An item with its shape. Advances are in font units; `scale` turns them into points. */
export interface ShapedItem {
  readonly item: Item
  readonly clusters: readonly Cluster[]
  readonly size: number
}

/** A paragraph shaped as if on one endless line, with what is needed to cut it into lines. */
export interface ShapedParagraph {
  readonly text: string
  readonly runs: Runs
  readonly style: TextStyle
  readonly items: readonly ShapedItem[]
  readonly breaks: readonly LineBreak[]
  /** Distance of baselines, in points. */
  readonly leading: number
  /** From the top of a line to its baseline, in points. */
  readonly ascent: number
  readonly missing: readonly string[]
}

/** Shapes characters `start` to `end` of the text, which lie in one item. */
export function shapeSlice(text: string, item: Item, style: TextStyle, start: number, end: number): Cluster[] {
  const slice = text.slice(start, end)
  const clusters = clustersOf(slice, shape(item.face, slice, item.script, item.language))
  const placed = clusters.map((cluster) => ({ ...cluster, start: cluster.start + start }))
  if (item.family === 'han') return compressPairs(placed)
  return style.hasTabularFigures ? tabularFigures(placed, item.face, item.script) : placed
}

/** Chinese marks set close where one run ends and the next begins, as they are inside a run. */
function withoutDoubledWhite(items: readonly ShapedItem[]): ShapedItem[] {
  return items.map((shaped, index) => {
    if (shaped.item.family !== 'han') return shaped
    const neighbour = (other: ShapedItem | undefined, at: number) =>
      other?.item.family === 'han' && (other.item.end === at || other.item.start === at) ? other.clusters : undefined
    const before = neighbour(items[index - 1], shaped.item.start)?.at(-1)
    const after = neighbour(items[index + 1], shaped.item.end)?.[0]
    return before || after ? { ...shaped, clusters: compressEdges(before, shaped.clusters, after) } : shaped
  })
}

const betweenHan = /^\p{Script=Han}{2}$/u
const chineseWords = new Intl.Segmenter('zh', { granularity: 'word' })

/** A line of a heading does not end within a Chinese word, as lines of running text may. */
function wholeWords(text: string, breaks: readonly LineBreak[]): readonly LineBreak[] {
  if (!/\p{Script=Han}/u.test(text)) return breaks
  const starts = new Set(Array.from(chineseWords.segment(text), ({ index }) => index))
  return breaks.filter(({ at }) => starts.has(at) || !betweenHan.test(text.slice(at - 1, at + 1)))
}

interface Prepared {
  readonly runs: Runs
  readonly items: readonly Item[]
  readonly missing: readonly string[]
}

function itemiseRuns(runs: Runs, style: TextStyle, language: string): Prepared {
  const styled = runs.map((run) => ({
    text: run.text,
    language: run.lang ?? language,
    weight: run.weight ?? style.weight,
  }))
  return { runs, ...itemise(styled) }
}

/**
 * @param language BCP 47, of runs that name none
 * @param isNaming whether characters that no face has are set as their numbers; otherwise they leave no trace but in
 * `missing`
 */
export function shapeParagraph(runs: Runs, style: TextStyle, language: string, isNaming = false): ShapedParagraph {
  const cleaned = runs.map((run) => ({ ...run, text: cleanText(run.text) }))
  let prepared = itemiseRuns(cleaned, style, language)
  const { missing } = prepared
  if (isNaming && missing.length > 0) {
    const named = cleaned.map((run) => ({ ...run, text: withNames(run.text) }))
    prepared = itemiseRuns(named, style, language)
  }
  const { items } = prepared
  const text = prepared.runs.map((run) => run.text).join('')
  const families = [...new Set(items.map(({ family }) => family))]
  const used = families.length > 0 ? families.map((family) => measures[family]) : [measures.latin]
  const most = (key: 'leading' | 'headingLeading' | 'above' | 'below') => Math.max(...used.map((one) => one[key]))
  const leading = style.size * most(style.isHeading ? 'headingLeading' : 'leading')
  const above = style.size * most('above')
  const below = style.size * most('below')
  return {
    text,
    runs: prepared.runs,
    style,
    items: withoutDoubledWhite(
      items.map((item) => ({
        item,
        clusters: shapeSlice(text, item, style, item.start, item.end),
        size: style.size * measures[item.family].scale,
      })),
    ),
    breaks: style.isHeading ? wholeWords(text, lineBreaks(text)) : lineBreaks(text),
    leading,
    ascent: (leading - above - below) / 2 + above,
    missing,
  }
}
