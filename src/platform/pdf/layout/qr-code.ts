import { encode } from 'uqr'
import { setText, wordsTag, type LayoutContext } from '#platform/pdf/layout/context.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { QrCode } from '#platform/pdf/model.ts'
import { colours, textStyles } from '#platform/pdf/style.ts'
import { tag } from '#platform/pdf/write/tags.ts'

/** Edge of the code in points, its white border included: 28 mm, easily read from paper. */
const edge = 80
/** Modules of white around the code (ISO/IEC 18004, 9.1). */
const border = 4
const gutter = 14
const paragraphGap = 3

/**
 * The code's dark modules as the data of one path, each run of a row a rectangle, in units of a module.
 * A fifth of it may be covered by a fold or a stain, and it still reads.
 */
export function qrPath(address: string): { readonly size: number; readonly d: string } {
  const { size, data } = encode(address, { ecc: 'M', border })
  const runs: string[] = []
  for (const [y, row] of data.entries()) {
    for (let from = row.indexOf(true); from !== -1; from = row.indexOf(true, from)) {
      const next = row.indexOf(false, from)
      const to = next === -1 ? row.length : next
      runs.push(`M${from} ${y}h${to - from}v1h${from - to}z`)
      from = to
    }
  }
  return { size, d: runs.join('') }
}

/** The code, drawn as lines and no picture, and the words beside it; both stay on one page. */
export function qrCodeSlabs(context: LayoutContext, block: QrCode, gap: number): Slab[] {
  const left = context.x + edge + gutter
  const width = context.width - edge - gutter
  const { size, d } = qrPath(block.address)
  const paragraphs = block.words.map(({ style, runs }) => ({
    ...setText(context, runs, textStyles[style], width),
    tag: wordsTag(context, 'P', context.root, runs),
  }))
  const wordsHeight = paragraphs.reduce((sum, { height }, at) => sum + height + (at === 0 ? 0 : paragraphGap), 0)
  const padding = 10
  const height = Math.max(edge, wordsHeight) + padding
  const draw: Slab['draw'] = (canvas, top) => {
    canvas.artifact(() => canvas.rule(context.x, top, context.width, 0.6, colours.hairline))
    const start = top + padding
    const box = [context.x, start, context.x + edge, start + edge] as const
    canvas.figure(tag('Figure', context.root, { alt: block.alt, box, language: context.language }), () => {
      const { file } = canvas
      file
        .save()
        .translate(context.x, start)
        .scale(edge / size)
      file.path(d).fill(colours.ink)
      file.restore()
    })
    let y = start
    for (const { paragraph, lines, height: own, tag: words } of paragraphs) {
      for (const [at, line] of lines.entries())
        canvas.line(words, paragraph, line, left, y + at * paragraph.leading + paragraph.ascent)
      canvas.close(words)
      y += own + paragraphGap
    }
  }
  return [{ height, gap, keepsNext: false, draw }]
}
