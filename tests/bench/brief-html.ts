import { pathToFileURL } from 'node:url'
import { faceFile, faceId, families } from '#platform/pdf/fonts/faces.ts'
import type { Block, DocumentModel, Runs } from '#platform/pdf/model.ts'
import { pages } from '#platform/pdf/style.ts'

/** The same document as a web page that Chromium prints: same words, same faces, same paper. */

function words(runs: Runs): string {
  return runs.map(({ text, lang }) => (lang ? `<span lang="${lang}">${text}</span>` : text)).join('')
}

function element(block: Block): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}>${words(block.runs)}</h${block.level}>`
    case 'paragraph':
    case 'notice':
      return `<p>${words(block.runs)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${words(item)}</li>`).join('')}</ul>`
    case 'keyValues':
      return `<table>${block.rows.map((row) => `<tr><th>${words(row.label)}<td>${words(row.value)}`).join('')}</table>`
    default:
      throw new Error(`no HTML for ${block.type}`)
  }
}

const page = pages.portrait

const faces = families
  .flatMap((family) => (['regular', 'bold'] as const).map((weight) => ({ family, weight })))
  .map(({ family, weight }) => {
    const address = pathToFileURL(faceFile(faceId(family, weight)))
    return `@font-face { font-family: ${family}; font-weight: ${weight === 'bold' ? 700 : 400}; src: url(${address.href}) }`
  })
  .join('\n')

export function htmlOf({ locale, blocks }: DocumentModel): string {
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>Bench</title><style>
${faces}
@page { size: A4; margin: ${page.top}pt ${page.right}pt ${page.height - page.bottom}pt ${page.left}pt }
body { margin: 0; font: 10.5pt/1.7 latin, han, thai, myanmar, lao, khmer }
h1 { font-size: 23pt } h2 { font-size: 14.5pt; break-after: avoid } :lang(my) { line-height: 1.9 }
</style>${blocks.map(element).join('\n')}`
}
