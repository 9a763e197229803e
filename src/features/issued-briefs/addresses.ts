import { pauses } from '#platform/pauses.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'

/** The addresses of this site that a document links, its own in the foot first, by their segments; without queries. */
export async function addressesOf({ foot, blocks }: DocumentModel, baseUrl: string): Promise<string[][]> {
  const found: string[][] = []
  const note = (href: string) => {
    const segments = segmentsOf(href, baseUrl)
    if (segments !== undefined) found.push(segments)
  }
  note(foot.address)
  const pause = pauses()
  for (const block of blocks) {
    const { rows, ...rest } = { rows: [], ...block } as { readonly rows: readonly unknown[] }
    noteLinks(rest, note)
    // A table may be of very many rows.
    for (const row of rows) {
      noteLinks(row, note)
      await pause()
    }
  }
  return found
}

export function segmentsOf(href: string, baseUrl: string): string[] | undefined {
  if (!href.startsWith(`${baseUrl}/`)) return undefined
  return href
    .slice(baseUrl.length + 1)
    .replace(/[?#].*$/s, '')
    .split('/')
}

/** Every address in a part of a document, however deep. */
function noteLinks(part: unknown, note: (href: string) => void): void {
  if (typeof part !== 'object' || part === null) return
  if (Array.isArray(part)) {
    for (const one of part) noteLinks(one, note)
    return
  }
  for (const [name, value] of Object.entries(part)) {
    if (name === 'href' && typeof value === 'string') note(value)
    else noteLinks(value, note)
  }
}
