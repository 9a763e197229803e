import type { Run } from '#platform/pdf/model.ts'
import { colours, type Colour } from '#platform/pdf/style.ts'
import { plainLine } from '#platform/pdf/text/clean.ts'
import type { Line, Segment } from '#platform/pdf/text/lines.ts'
import type { ShapedParagraph } from '#platform/pdf/text/paragraph.ts'
import { linkAddress } from '#platform/pdf/write/links.ts'
import { tag as newTag, type Tag } from '#platform/pdf/write/tags.ts'
import { writeWords } from '#platform/pdf/write/words.ts'

/** PDFKit's elements have methods that its types leave out. */
interface Element {
  readonly add: (child: unknown) => Element
  readonly end: () => void
  readonly dictionary: { readonly data: Record<string, unknown> }
}

/**
 * Draws on the pages of a file. Everything drawn is either content of a tag or an artifact. Coordinates are points
 * from the upper left corner.
 */
export class Canvas {
  readonly file: PDFKit.PDFDocument
  readonly #elements = new Map<Tag, Element>()
  /** The tag whose marked content is open, so that the lines of a paragraph share one. */
  #open: Tag | undefined
  /** Links and words in other languages inside a tag that is not yet closed, by their run of the model. */
  readonly #inline = new Map<Tag, Map<Run, Tag>>()
  /** From the outline's root to its latest entry, by level. */
  #outline: PDFKit.PDFOutline[] = []

  constructor(file: PDFKit.PDFDocument) {
    this.file = file
  }

  newPage(): void {
    this.#endContent()
    // PDFKit writes of an annotation that it is on the page that is open when its element ends; a link that goes on
    // over the page is two.
    for (const inside of this.#inline.values()) for (const inline of inside.values()) this.close(inline)
    this.#inline.clear()
    this.file.addPage()
  }

  #elementOf(tag: Tag): Element {
    const known = this.#elements.get(tag)
    if (known) return known
    const options = { lang: tag.language, scope: tag.scope, alt: tag.alt, bbox: tag.box }
    const element = this.file.struct(tag.type, options as PDFKit.Mixins.StructureElementOptions) as unknown as Element
    if (tag.numbering) element.dictionary.data['A'] = { O: 'List', ListNumbering: tag.numbering }
    if (tag.parent) this.#elementOf(tag.parent).add(element)
    else this.file.addStructure(element as unknown as PDFKit.PDFStructureElement)
    this.#elements.set(tag, element)
    return element
  }

  #endContent(): void {
    if (!this.#open) return
    this.file.endMarkedContent()
    this.#open = undefined
  }

  #content(tag: Tag): void {
    if (this.#open === tag) return
    this.#endContent()
    const element = this.#elementOf(tag)
    element.add(this.file.markStructureContent(tag.type))
    this.#open = tag
  }

  /** Opens a tag that may stay without words: an empty cell of a table. */
  begin(tag: Tag): void {
    this.#elementOf(tag)
  }

  /** Ends a tag: nothing more is added to it. Written to the file at once, so that long documents stay small here. */
  close(tag: Tag): void {
    for (const inline of this.#inline.get(tag)?.values() ?? []) this.close(inline)
    this.#inline.delete(tag)
    if (this.#open === tag) this.#endContent()
    this.#elements.get(tag)?.end()
    this.#elements.delete(tag)
  }

  /** What decorates or repeats: read by nobody. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' | 'Header' | 'Footer' = 'Layout'): void {
    this.#endContent()
    const isFurniture = type === 'Header' || type === 'Footer'
    const options = isFurniture ? { type: 'Pagination', attached: [type === 'Header' ? 'Top' : 'Bottom'] } : { type }
    this.file.markContent('Artifact', options as PDFKit.Mixins.MarkingOptions)
    draw()
    this.file.endMarkedContent()
  }

  /** One line of a paragraph, with its links and its words in other languages tagged as such. */
  line(tag: Tag, paragraph: ShapedParagraph, line: Line, x: number, baseline: number): void {
    for (let from = 0; from < line.segments.length;) {
      const index = line.segments[from]?.run ?? 0
      let to = from
      while (line.segments[to]?.run === index) to++
      const segments = line.segments.slice(from, to)
      from = to
      const run = paragraph.runs[index]
      const address = run?.href === undefined ? undefined : linkAddress(run.href)
      const inline = run ? this.#inlineTag(tag, run, address !== undefined) : tag
      this.#content(inline)
      const colour = address === undefined ? paragraph.style.colour : colours.lake
      for (const segment of segments) writeWords(this.file, segment, x, baseline, colour)
      if (run && address !== undefined) this.#annotate(inline, run, address, segments, paragraph, x, baseline)
    }
  }

  /** The tag of a run: its own where it is a link or in another language, one for all its lines. */
  #inlineTag(tag: Tag, run: Run, isLink: boolean): Tag {
    const language = run.lang === tag.language ? undefined : run.lang
    if (!isLink && language === undefined) return tag
    const own = this.#inline.get(tag) ?? new Map<Run, Tag>()
    this.#inline.set(tag, own)
    const known = own.get(run)
    if (known) return known
    const made = newTag(isLink ? 'Link' : 'Span', tag, language === undefined ? {} : { language })
    own.set(run, made)
    return made
  }

  #annotate(
    link: Tag,
    run: Run,
    address: string,
    segments: readonly Segment[],
    paragraph: ShapedParagraph,
    x: number,
    baseline: number,
  ): void {
    const left = segments[0]?.x ?? 0
    const right = segments.reduce((most, segment) => Math.max(most, segment.x + segment.width), left)
    const box = [x + left, baseline - paragraph.ascent, right - left, paragraph.leading] as const
    // PDF/UA-1 wants words for the address (ISO 14289-1, 7.18.5).
    const options = { structParent: this.#elementOf(link), Contents: new String(plainLine(run.text)) }
    this.file.link(...box, address, options as unknown as PDFKit.Mixins.AnnotationOption)
  }

  /** Words outside the structure: heads and feet, inside `artifact`. */
  plainLine(line: Line, x: number, baseline: number, colour: Colour): void {
    for (const segment of line.segments) writeWords(this.file, segment, x, baseline, colour)
  }

  rule(x: number, y: number, width: number, thickness: number, colour: Colour): void {
    this.file.rect(x, y, width, thickness).fill(colour)
  }

  /** The edges of a box, drawn inside it. */
  frame(x: number, y: number, width: number, height: number, thickness: number, colour: Colour): void {
    this.file
      .lineWidth(thickness)
      .rect(x + thickness / 2, y + thickness / 2, width - thickness, height - thickness)
      .stroke(colour)
  }

  /** An entry of the outline, and a destination of its name, that lead to a place on this page. */
  bookmark(title: string, level: number, y: number, destination: string): void {
    this.#outline = this.#outline.slice(0, level)
    const parent = this.#outline.at(-1) ?? this.file.outline
    const top = Math.max(0, y - 12)
    // PDFKit counts `left` from the right edge.
    const options = { expanded: true, fit: false, top, left: this.file.page.width, zoom: 0 }
    this.#outline.push(parent.addItem(title, options))
    this.file.addNamedDestination(destination, 'XYZ', 0, top, null)
  }

  /** One line of a link that leads to a destination of this document. */
  jump(link: Tag, paragraph: ShapedParagraph, line: Line, x: number, baseline: number, destination: string): void {
    this.#content(link)
    this.plainLine(line, x, baseline, paragraph.style.colour)
    const box = [x, baseline - paragraph.ascent, line.width, paragraph.leading] as const
    const options = { structParent: this.#elementOf(link), Contents: new String(plainLine(paragraph.text)) }
    this.file.goTo(...box, destination, options as unknown as PDFKit.Mixins.AnnotationOption)
  }

  /** A field of the file's form that nobody sees, as the only part of its tag. */
  field(tag: Tag, entries: object): void {
    this.#endContent()
    const options = { ...entries, Subtype: 'Widget', structParent: this.#elementOf(tag) }
    this.file.annotate(0, 0, 0, 0, options as unknown as PDFKit.Mixins.AnnotationOption)
    this.close(tag)
  }

  /** A drawing that is content: everything that `draw` draws belongs to the tag. */
  figure(tag: Tag, draw: () => void): void {
    this.#content(tag)
    draw()
    this.close(tag)
  }
}
