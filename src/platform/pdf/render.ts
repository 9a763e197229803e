import { DomainError } from '#platform/errors.ts'
import { languageTags } from '#platform/i18n/locales.ts'
import { documentSlabs } from '#platform/pdf/layout/blocks.ts'
import { destinationOf, type LayoutContext } from '#platform/pdf/layout/context.ts'
import { prepareFurniture } from '#platform/pdf/layout/furniture.ts'
import { KeptTexts } from '#platform/pdf/layout/kept.ts'
import { fillPages } from '#platform/pdf/layout/pages.ts'
import type { Slab } from '#platform/pdf/layout/slab.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { pages } from '#platform/pdf/style.ts'
import { Bytes } from '#platform/pdf/write/bytes.ts'
import { Canvas } from '#platform/pdf/write/canvas.ts'
import { plainLine } from '#platform/pdf/text/clean.ts'
import { describeCharacter } from '#platform/pdf/text/unprintable.ts'
import { newFile } from '#platform/pdf/write/file.ts'
import type { Metadata } from '#platform/pdf/write/metadata.ts'
import { leaveSignatureRoom } from '#platform/pdf/write/signature-place.ts'
import { tag } from '#platform/pdf/write/tags.ts'

/** Up to this many slabs are kept between counting the pages and drawing them; longer documents are laid out twice. */
const mostSlabsKept = 600

function contextOf(model: DocumentModel): LayoutContext {
  const language = languageTags[model.locale]
  const page = pages[model.orientation ?? 'portrait']
  return {
    locale: model.locale,
    otherLocale: model.otherLocale,
    language,
    root: tag('Document', undefined, { language }),
    missing: new Set(),
    kept: new KeptTexts(),
    isNaming: model.unprintable !== undefined,
    page,
    x: page.left,
    width: page.width - page.left - page.right,
    headingPages: new Map(),
  }
}

interface Counted {
  readonly count: number
  readonly kept: readonly Slab[] | undefined
}

/** Counts the pages, and keeps the slabs of a document that is not too long. */
function countPages(context: LayoutContext, model: DocumentModel): Counted {
  let kept: Slab[] | undefined = []
  function* remembered(): Generator<Slab> {
    for (const slab of documentSlabs(context, model)) {
      if (kept !== undefined && kept.length < mostSlabsKept) kept.push(slab)
      else kept = undefined
      yield slab
    }
  }
  let count = 0
  for (const placed of fillPages(remembered(), context.page.top, context.page.bottom)) {
    count++
    for (const { slab } of placed) {
      if (slab.bookmark) context.headingPages.set(slab.bookmark.block, count)
    }
  }
  return { count, kept }
}

function issuedAt(iso: string): Date {
  return new Date(`${Temporal.PlainDate.from(iso).toString()}T00:00:00Z`)
}

function metadataOf(context: LayoutContext, model: DocumentModel): Metadata {
  const other = model.otherLocale && languageTags[model.otherLocale]
  return {
    title: plainLine(model.title),
    subject: plainLine(model.subject),
    author: plainLine(model.author),
    languages: other === undefined ? [context.language] : [context.language, other],
    issued: issuedAt(model.issued.iso),
  }
}

/** An error says no more of the characters that it is about. */
const mostCharactersNamed = 20

/**
 * Lays a document out and writes it, in this thread. The same model gives the same bytes.
 * @throws DomainError `unprintable` with the `characters` that no face has
 */
export function renderInThread(model: DocumentModel): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve) => resolve(render(model)))
}

function render(model: DocumentModel): Uint8Array<ArrayBuffer> {
  const context = contextOf(model)
  // First, so that a closing note names what is missing there too.
  const drawFurniture = prepareFurniture(context, model)
  const { count, kept } = countPages(context, model)
  if (context.missing.size > 0 && !context.isNaming) {
    const characters = [...context.missing].slice(0, mostCharactersNamed).map(describeCharacter).join(' ')
    throw new DomainError('unprintable', { characters })
  }
  const bytes = new Bytes()
  const file = newFile(metadataOf(context, model), context.page, (piece) => bytes.add(piece))
  const canvas = new Canvas(file)
  let number = 0
  const slabs = kept ?? documentSlabs(context, model)
  for (const placed of fillPages(slabs, context.page.top, context.page.bottom)) {
    number++
    canvas.newPage()
    drawFurniture(canvas, number, Math.max(count, 1), placed[0]?.slab.isCover === true)
    for (const { slab, top } of placed) {
      if (slab.bookmark) {
        const { title, level, block } = slab.bookmark
        canvas.bookmark(title, level, top, destinationOf(block))
      }
      slab.draw(canvas, top)
    }
  }
  if (number === 0) {
    canvas.newPage()
    drawFurniture(canvas, 1, 1, false)
  }
  if (model.signature) leaveSignatureRoom(canvas, context.root, model.signature)
  canvas.close(context.root)
  // All of it is written when this returns: PDFKit waits for nothing.
  file.end()
  return bytes.join()
}
