import { clustersOf, type Cluster } from '#platform/pdf/fonts/clusters.ts'
import { shape } from '#platform/pdf/fonts/harfbuzz.ts'
import type { Runs } from '#platform/pdf/model.ts'
import { measures, type TextStyle } from '#platform/pdf/style.ts'
import { itemise, type Item } from '#platform/pdf/text/itemise.ts'
import { compressPairs } from '#platform/pdf/text/punctuation.ts'
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

/** Controls but the line feed, and soft hyphens, which would need a hyphen drawn; spaces of all kinds stay. */
const unwanted = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\ufeff]/gu

function clean(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(unwanted, '')
    .normalize('NFC')
}

/** Shapes characters `start` to `end` of the text, which lie in one item. */
export function shapeSlice(text: string, item: Item, start: number, end: number): Cluster[] {
  const slice = text.slice(start, end)
  const clusters = clustersOf(slice, shape(item.face, slice, item.script, item.language))
  const placed = clusters.map((cluster) => ({ ...cluster, start: cluster.start + start }))
  return item.family === 'han' ? compressPairs(placed) : placed
}

/**
 * @param language BCP 47, of runs that name none
 */
export function shapeParagraph(runs: Runs, style: TextStyle, language: string): ShapedParagraph {
  const cleaned = runs.map((run) => ({ ...run, text: clean(run.text) }))
  const styled = cleaned.map((run) => ({
    text: run.text,
    language: run.lang ?? language,
    weight: run.weight ?? style.weight,
  }))
  const text = cleaned.map((run) => run.text).join('')
  const { items, missing } = itemise(styled)
  const families = [...new Set(items.map(({ family }) => family))]
  const used = families.length > 0 ? families.map((family) => measures[family]) : [measures.latin]
  const most = (key: 'leading' | 'headingLeading' | 'above' | 'below') => Math.max(...used.map((one) => one[key]))
  const leading = style.size * most(style.isHeading ? 'headingLeading' : 'leading')
  const above = style.size * most('above')
  const below = style.size * most('below')
  return {
    text,
    runs: cleaned,
    style,
    items: items.map((item) => ({
      item,
      clusters: shapeSlice(text, item, item.start, item.end),
      size: style.size * measures[item.family].scale,
    })),
    breaks: lineBreaks(text),
    leading,
    ascent: (leading - above - below) / 2 + above,
    missing,
  }
}
