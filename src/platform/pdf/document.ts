import type { DocumentModel } from '#platform/pdf/model.ts'
import { createRenderer, type Renderer } from '#platform/pdf/pool/renderer.ts'

export { canPrint } from '#platform/pdf/text/itemise.ts'

let shared: Renderer | undefined

/**
 * A document as a PDF file, laid out in the process's own worker threads: tagged, its text extractable, the same bytes
 * for the same model.
 * @throws DomainError `unprintable` with `characters` that no face has (ask `canPrint` first where a text may be in any
 * script), `busy` when too many documents wait
 */
export async function renderDocument(model: DocumentModel): Promise<Uint8Array> {
  shared ??= createRenderer()
  return shared.render(model)
}

/** How many pages a file of ours has. */
export function pageCount(pdf: Uint8Array): number {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  const at = bytes.lastIndexOf('/Type /Pages\n')
  return Number(/\/Count (\d+)/u.exec(bytes.toString('latin1', at, at + 64))?.[1])
}

/** Ends the worker threads once the documents under way are done. A later `renderDocument` starts new ones. */
export async function closeDocuments(): Promise<void> {
  const renderer = shared
  shared = undefined
  await renderer?.close()
}
