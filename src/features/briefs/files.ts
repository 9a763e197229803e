import { createHash } from 'node:crypto'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { pageCount, renderDocument } from '#platform/pdf/document.ts'

/** A laid-out brief, and the hash of what it was made from. */
export interface BriefFile extends FileSize {
  readonly bytes: Uint8Array
  /** SHA-256 of the document's model, as hexadecimal digits: the same words give the same file. */
  readonly key: string
}

/** What is told of a file before it is sent. */
export interface FileSize {
  readonly pages: number
  readonly sizeBytes: number
}

const bytesAtMost = 64 * 1024 * 1024

/** Sizes outlive their files: they are small, and pages name many. */
const sizesAtMost = 20_000

const files = new Map<string, Promise<BriefFile>>()
const heldBytes = new Map<string, number>()
const sizes = new Map<string, FileSize>()
let held = 0

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * What the size of a file is known by: its document without the day of issue, which is another one tomorrow and as
 * long.
 */
export function sizeKeyOf({ issued, ...document }: DocumentModel): string {
  return hashOf(JSON.stringify(document).replaceAll(JSON.stringify(issued.text).slice(1, -1), ''))
}

/**
 * The PDF of a document. An unchanged one is not laid out twice: files are kept by content, the least lately asked
 * for leave first, and several that ask for the same at once share one layout.
 * @throws DomainError `unprintable` or `busy`
 */
export async function briefFile(document: DocumentModel): Promise<BriefFile> {
  const key = hashOf(JSON.stringify(document))
  const known = files.get(key)
  if (known !== undefined) {
    files.delete(key)
    files.set(key, known)
    return known
  }
  const made = renderDocument(document).then((bytes): BriefFile => ({
    bytes,
    key,
    pages: pageCount(bytes),
    sizeBytes: bytes.length,
  }))
  files.set(key, made)
  try {
    const file = await made
    sizes.set(sizeKeyOf(document), { pages: file.pages, sizeBytes: file.sizeBytes })
    keep(file)
    return file
  } catch (error) {
    files.delete(key)
    throw error
  }
}

/** Pages and size of a document that was laid out before, by `sizeKeyOf`; undefined for one that was not. */
export function knownSize(key: string): FileSize | undefined {
  return sizes.get(key)
}

function keep({ key, sizeBytes }: BriefFile): void {
  const [oldestSize] = sizes.keys()
  if (sizes.size > sizesAtMost && oldestSize !== undefined) sizes.delete(oldestSize)
  heldBytes.set(key, sizeBytes)
  held += sizeBytes
  for (const oldest of files.keys()) {
    if (held <= bytesAtMost || oldest === key) break
    files.delete(oldest)
    held -= heldBytes.get(oldest) ?? 0
    heldBytes.delete(oldest)
  }
}
