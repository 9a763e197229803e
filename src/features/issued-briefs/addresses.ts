import type { DocumentModel } from '#platform/pdf/model.ts'

/** The addresses of this site that a document links, its own in the foot first, by their segments; without queries. */
export function addressesOf({ foot, blocks }: DocumentModel, baseUrl: string): string[][] {
  return [foot.address, ...hrefsOf(blocks)].flatMap((href) => {
    const segments = segmentsOf(href, baseUrl)
    return segments === undefined ? [] : [segments]
  })
}

export function segmentsOf(href: string, baseUrl: string): string[] | undefined {
  if (!href.startsWith(`${baseUrl}/`)) return undefined
  return href
    .slice(baseUrl.length + 1)
    .replace(/[?#].*$/s, '')
    .split('/')
}

/** Every address in a part of a document, however deep. */
function hrefsOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(hrefsOf)
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) =>
    name === 'href' && typeof value === 'string' ? [value] : hrefsOf(value),
  )
}
