const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** The beginning of a text, at most `most` UTF-16 units, ended between words of whatever language it is in. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  let end = 0
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > most - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}
