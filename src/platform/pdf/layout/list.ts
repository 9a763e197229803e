import { formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { columnsOfPair, wholeColumn, type Column } from '#platform/pdf/layout/columns.ts'
import { plainText, setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { rowSlab, type Cell } from '#platform/pdf/layout/rows.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { List, Runs } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag, type Tag } from '#platform/pdf/write/tags.ts'

const indent = 15
const bulletSize = 3.2
/** Items higher than this, in points, may run over to the next page. */
const longestWhole = 60

/** One language's items. */
interface Side {
  readonly column: Column
  readonly list: Tag
  readonly bodies: readonly Pick<Cell, 'text' | 'x' | 'width'>[]
  readonly labels: readonly Cell['text'][]
  readonly runs: readonly Runs[]
}

function sideOf(
  context: LayoutContext,
  items: readonly Runs[],
  numbering: Locale | undefined,
  column: Column,
  parent: Tag,
): Side {
  const labels = numbering
    ? items.map((_, index) =>
        setText(context, [{ text: `${formatNumber(index + 1, numbering)}.` }], textStyles.body, column.width),
      )
    : []
  const labelWidth = Math.max(0, ...labels.map(({ lines }) => lines[0]?.width ?? 0))
  const inset = Math.max(indent, labelWidth + 6)
  const x = column.x + inset
  const width = column.width - inset
  const texts = items.map((runs) => setText(context, runs, textStyles.body, width))
  // One distance of lines, whatever the scripts of the items.
  const leading = Math.max(0, ...texts.map(({ paragraph }) => paragraph.leading))
  const bodies = texts.map(({ paragraph, lines }) => {
    const level = { ...paragraph, leading, ascent: paragraph.ascent + (leading - paragraph.leading) / 2 }
    return { text: { paragraph: level, lines, height: lines.length * leading }, x, width }
  })
  return {
    column,
    list: tag('L', parent, { numbering: numbering ? 'Decimal' : 'Square' }),
    bodies,
    labels,
    runs: items,
  }
}

/**
 * A list, or one in each of two languages, items level. Bullets are drawn, not written, so that they never come out as
 * text.
 */
export function* listSlabs(context: LayoutContext, block: List, gap: number): Generator<Slab> {
  const isOrdered = block.ordered === true
  const group = block.others ? tag('Div', context.root) : context.root
  const columns = block.others ? columnsOfPair(context) : [wholeColumn(context)]
  const sides = [block.items, block.others ?? []].flatMap((items, index) => {
    const column = columns[index]
    const worded = items.filter((runs) => block.others !== undefined || plainText(runs) !== '')
    const locale = index === 0 ? context.locale : (context.otherLocale ?? context.locale)
    return column ? [sideOf(context, worded, isOrdered ? locale : undefined, column, group)] : []
  })
  const count = Math.max(...sides.map(({ bodies }) => bodies.length))
  for (let index = 0; index < count; index++) {
    const isLast = index === count - 1
    const present = sides.filter(({ bodies }) => index < bodies.length)
    const items = present.map(({ list }) => tag('LI', list))
    const cells = present.flatMap(({ bodies, labels, runs, column }, side): Cell[] => {
      const item = items[side]
      const body = bodies[index]
      const label = labels[index]
      if (!item || !body) return []
      const worded = { ...body, align: 'start' as const, tag: wordsTag(context, 'LBody', item, runs[index] ?? []) }
      return label ? [{ ...column, text: label, tag: tag('Lbl', item) }, worded] : [worded]
    })
    const closing = isLast ? [...items, ...sides.map(({ list }) => list), ...(block.others ? [group] : [])] : items
    yield {
      ...rowSlab(cells, closing, {
        padding: 0,
        longestWhole,
        ...(isOrdered
          ? {}
          : {
              mark: (canvas, baseline) => {
                const y = baseline - 0.36 * textStyles.body.size - bulletSize / 2
                for (const { column } of present) canvas.rule(column.x + 2, y, bulletSize, bulletSize, colours.accent)
              },
            }),
      }),
      gap: index === 0 ? gap : 2,
    }
  }
}
