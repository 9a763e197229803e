import { unzipSync, type Zippable, zipSync } from 'fflate'
import { DOMParser, type Document, type Element, XMLSerializer } from '@xmldom/xmldom'

/** A workbook in memory: its parts by name, those that were opened as XML to be changed. */
export interface Package {
  has(name: string): boolean
  /** @throws WorkbookError where the part is missing or is no XML */
  xml(name: string): Document
  /** The bytes of a file, with every part that was not opened as it was. */
  write(): Uint8Array
}

/** Why a workbook cannot be read or filled. */
export type WorkbookProblem = 'damaged' | 'too_large'

export class WorkbookError extends Error {
  readonly problem: WorkbookProblem

  constructor(problem: WorkbookProblem, cause?: unknown) {
    super(`the workbook is ${problem}`, { cause })
    this.name = 'WorkbookError'
    this.problem = problem
  }
}

/** What an honest template unpacks to, at most. */
const mostBytes = 32 * 1024 * 1024

/** @throws WorkbookError for what is no ZIP container, or unpacks to more than any template does */
export function openPackage(bytes: Uint8Array): Package {
  const parts = unpack(bytes)
  const opened = new Map<string, Document>()
  return {
    has: (name) => parts[name] !== undefined,
    xml(name) {
      const known = opened.get(name)
      if (known !== undefined) return known
      const document = parse(parts[name])
      opened.set(name, document)
      return document
    },
    write() {
      const changed: Zippable = { ...parts }
      for (const [name, document] of opened) {
        changed[name] = new TextEncoder().encode(new XMLSerializer().serializeToString(document))
      }
      return zipSync(changed)
    },
  }
}

function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  let total = 0
  try {
    return unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize
        if (total > mostBytes) throw new WorkbookError('too_large')
        return true
      },
    })
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError('damaged', error)
  }
}

function parse(part: Uint8Array | undefined): Document {
  if (part === undefined) throw new WorkbookError('damaged')
  const fail = (_level: string, message: string) => {
    throw new WorkbookError('damaged', message)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(part)
    // A template has no use for entities of its own; with them a small file becomes a huge one.
    if (/<!DOCTYPE/i.test(text)) throw new WorkbookError('damaged')
    return new DOMParser({ onError: fail }).parseFromString(text, 'application/xml')
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError('damaged', error)
  }
}

/** The elements below one that have a local name, in order. */
export function elements(parent: Document | Element, name: string): Element[] {
  return Array.from(parent.getElementsByTagNameNS('*', name))
}
