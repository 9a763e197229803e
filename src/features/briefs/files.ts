import { createHash } from 'node:crypto'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { renderDocument } from '#platform/pdf/document.ts'

/** A laid-out brief, and the hash of what it was made from. */
export interface BriefFile {
  readonly bytes: Uint8Array
  /** SHA-256 of the document's model, as hexadecimal digits: the same words give the same file. */
  readonly key: string
}

const bytesAtMost = 64 * 1024 * 1024

const files = new Map<string, Promise<BriefFile>>()
const sizes = new Map<string, number>()
let held = 0

/**
 * The PDF of a document. An unchanged one is not laid out twice: files are kept by content, the least lately asked
 * for leave first, and several that ask for the same at once share one layout.
 * @throws DomainError `unprintable` or `busy`
 */
export async function briefFile(document: DocumentModel): Promise<BriefFile> {
  const key = createHash('sha256').update(JSON.stringify(document)).digest('hex')
  const known = files.get(key)
  if (known !== undefined) {
    files.delete(key)
    files.set(key, known)
    return known
  }
  const made = renderDocument(document).then((bytes) => ({ bytes, key }))
  files.set(key, made)
  try {
    const file = await made
    keep(key, file.bytes.length)
    return file
  } catch (error) {
    files.delete(key)
    throw error
  }
}

function keep(key: string, size: number): void {
  sizes.set(key, size)
  held += size
  for (const oldest of files.keys()) {
    if (held <= bytesAtMost || oldest === key) break
    files.delete(oldest)
    held -= sizes.get(oldest) ?? 0
    sizes.delete(oldest)
  }
}
