import { lineBreaks } from '#platform/text/line-breaks.ts'
import { isMark, scriptOf } from '#platform/text/scripts.ts'

/**
 * How wide a character is at most, in ems, by script: the widest faces that readers' systems have, for nothing can be
 * measured here. Marks stand on their letters, but for Burmese ones, many of which take a place of their own.
 */
function emsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0
  const script = scriptOf(point)
  if (script === 'Hani') return 1
  if (script === 'Mymr') return isMark(point) ? 0.3 : 0.85
  if (isMark(point)) return 0
  if (script === 'Thai' || script === 'Laoo' || script === 'Khmr') return 0.6
  if (/[\u3000-\u303f\uff00-\uffef]/u.test(character)) return 1
  return /[A-ZMWmw]/u.test(character) ? 0.72 : 0.56
}

export function widthInEms(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + emsOf(character), 0)
}

/**
 * A label in lines of at most so many ems, broken where the language breaks lines. What has no such place stays whole,
 * and the last of `most` lines holds all the rest.
 */
export function wrapLabel(label: string, ems: number, most = 3): string[] {
  const lines: string[] = []
  let start = 0
  let end = 0
  for (const at of [...lineBreaks(label).map((place) => place.at), label.length]) {
    if (end > start && lines.length < most - 1 && widthInEms(label.slice(start, at).trim()) > ems) {
      lines.push(label.slice(start, end).trim())
      start = end
    }
    end = at
  }
  return [...lines, label.slice(start).trim()]
}
