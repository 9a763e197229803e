const followed = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/**
 * The address of a link as a PDF holds it, in ASCII (ISO 32000-1, 12.6.4.7); undefined for what is no address, or not
 * one to be followed from a document: its words are then printed as words.
 */
export function linkAddress(href: string): string | undefined {
  const address = URL.parse(href)
  return address && followed.has(address.protocol) ? address.href : undefined
}
