import { formatNumber } from '#platform/i18n/format.ts'
import { locales, languageTags, type Locale } from '#platform/i18n/locales.ts'
import type { Block, DocumentModel, Figure, KeyValue, Runs, Shape } from '#platform/pdf/model.ts'

/** The words of a document in the order in which they are read. */

export function textOf(runs: Runs | undefined): string {
  return runs?.map(({ text }) => text).join('') ?? ''
}

function figureWords({ shapes, caption }: Figure): string {
  const drawn = shapes.flatMap((shape: Shape) => (shape.shape === 'text' ? [shape.run.text] : []))
  return drawn.join('') + textOf(caption)
}

function entriesWords({ label, value }: KeyValue): string {
  return textOf(label) + textOf(value)
}

function localeOf(runs: Runs | undefined, fallback: Locale): Locale {
  return locales.find((locale) => languageTags[locale] === runs?.[0]?.lang) ?? fallback
}

function blockWords(
  block: Block,
  { locale, marking, blocks }: DocumentModel,
  pages: ReadonlyMap<number, number>,
): string {
  switch (block.type) {
    case 'list': {
      const side = (items: readonly Runs[], own: Locale) =>
        items.map((runs, n) => (block.ordered ? `${formatNumber(n + 1, own)}.` : '') + textOf(runs)).join('')
      return side(block.items, locale) + side(block.others ?? [], localeOf(block.others?.[0], locale))
    }
    case 'keyValues': {
      const others = block.rows.flatMap(({ other }) => (other ? [other] : []))
      return [...block.rows, ...others].map(entriesWords).join('')
    }
    case 'table':
      return [
        textOf(block.caption),
        ...block.columns.map(({ header }) => textOf(header)),
        ...block.rows.flat().map(textOf),
      ].join('')
    case 'pair':
      return textOf(block.start) + textOf(block.end)
    case 'figure':
      return figureWords(block)
    case 'cover':
      return [
        textOf(block.kind),
        textOf(block.title),
        textOf(block.otherTitle),
        textOf(block.subtitle),
        textOf(marking),
        block.figure ? figureWords(block.figure) : '',
        ...block.lines.map(textOf),
      ].join('')
    case 'contents':
      return blocks
        .map((one, index) => {
          if (blocks[index + 1]?.type === 'contents') return ''
          const isListed =
            (one.type === 'heading' && one.level > 1) ||
            (one.type === 'pair' && (one.style === 'section' || one.style === 'subsection'))
          if (!isListed) return ''
          const own = one.type === 'pair' ? textOf(one.start) + textOf(one.end) : textOf(one.runs)
          return own + formatNumber(pages.get(index) ?? 0, locale)
        })
        .join('')
    case 'qrCode':
      return block.words.map(({ runs }) => textOf(runs)).join('')
    case 'pageBreak':
      return ''
    default:
      return textOf(block.runs)
  }
}

/** @param pages page of each block that is a heading */
export function modelWords(model: DocumentModel, pages: ReadonlyMap<number, number>): string {
  const { blocks, marking } = model
  return blocks
    .map((block, index) => {
      const isMarked = index === 0 && marking && block.type !== 'cover'
      return blockWords(block, model, pages) + (isMarked ? textOf(marking) : '')
    })
    .join('')
}
