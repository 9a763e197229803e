import type { Locale } from '#platform/i18n/locales.ts'
import type { Runs } from '#platform/pdf/model.ts'
import type { PageGeometry, TextStyle } from '#platform/pdf/style.ts'
import { setLines } from '#platform/pdf/text/balance.ts'
import type { Line } from '#platform/pdf/text/lines.ts'
import { plainLine } from '#platform/pdf/text/clean.ts'
import { knownParagraph } from '#platform/pdf/text/known-paragraphs.ts'
import type { ShapedParagraph } from '#platform/pdf/text/paragraph.ts'
import type { KeptTexts } from '#platform/pdf/layout/kept.ts'
import { tag, type StructureType, type Tag } from '#platform/pdf/write/tags.ts'

/** Words with the lines that they fill. */
export interface SetText {
  readonly paragraph: ShapedParagraph
  readonly lines: readonly Line[]
  /** In points. */
  readonly height: number
}

/** What blocks are laid out with. */
export interface LayoutContext {
  readonly locale: Locale
  /** The second language of a document in two. */
  readonly otherLocale: Locale | undefined
  /** BCP 47 */
  readonly language: string
  readonly root: Tag
  /** Characters that no face has, gathered while laying out. */
  readonly missing: Set<string>
  readonly kept: KeptTexts
  /** Whether those are printed as their numbers. */
  readonly isNaming: boolean
  readonly page: PageGeometry
  /** Left edge and width of the text area, in points. */
  readonly x: number
  readonly width: number
  /** Page of each heading of the contents, by the number of its block; empty until the pages have been counted. */
  readonly headingPages: Map<number, number>
}

/** Words as if on one endless line. */
export function shapeWords(context: LayoutContext, runs: Runs, style: TextStyle): ShapedParagraph {
  const paragraph = knownParagraph(runs, style, context.language, context.isNaming)
  for (const character of paragraph.missing) context.missing.add(character)
  return paragraph
}

/** Sets words in a column `width` points wide. */
export function setText(context: LayoutContext, runs: Runs, style: TextStyle, width: number): SetText {
  return context.kept.get(runs, style, width, () => {
    const paragraph = shapeWords(context, runs, style)
    const lines = setLines(paragraph, width)
    return { paragraph, lines, height: lines.length * paragraph.leading }
  })
}

export function plainText(runs: Runs): string {
  return plainLine(runs.map(({ text }) => text).join(''))
}

/** A tag for words, in the language that they share, or in the document's where they are of several. */
export function wordsTag(
  context: LayoutContext,
  type: StructureType,
  parent: Tag,
  runs: Runs,
  more: Pick<Tag, 'scope'> = {},
): Tag {
  const languages = new Set(runs.map(({ lang }) => lang ?? context.language))
  const [only] = languages
  const language = languages.size === 1 && only !== undefined ? only : context.language
  return tag(type, parent, { language, ...more })
}

/** Name of the place where a heading stands, for links within the document. */
export function destinationOf(block: number): string {
  return `block-${String(block).padStart(5, '0')}`
}
