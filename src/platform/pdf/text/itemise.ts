import { familyCovering } from '#platform/pdf/fonts/coverage.ts'
import { faceId, familyFor, scriptOfFamily, type FaceId, type Family, type Weight } from '#platform/pdf/fonts/faces.ts'
import { cleanText } from '#platform/pdf/text/clean.ts'
import { isMark, scriptOf, type Script } from '#platform/text/scripts.ts'

/** Words that look and read alike: what a paragraph is made of before it is itemised. */
export interface StyledText {
  readonly text: string
  /** BCP 47 */
  readonly language: string
  readonly weight: Weight
}

/** A stretch that is shaped at once: one face, one script, one language. Indices are UTF-16, in the whole text. */
export interface Item {
  readonly start: number
  readonly end: number
  readonly face: FaceId
  readonly family: Family
  readonly script: Script
  readonly language: string
  /** Index of the styled text that it is a part of. */
  readonly style: number
}

export interface Itemised {
  readonly items: readonly Item[]
  /** Characters that no face has, in order, each once. */
  readonly missing: readonly string[]
}

interface Unit {
  readonly start: number
  readonly end: number
  readonly codePoints: readonly number[]
  readonly script: Script
}

/** Punctuation that Chinese sets full-width and other languages do not, under the same code points. */
const ambiguous = new Set(Array.from('“”‘’—…·‧', (character) => character.codePointAt(0)))

/** A character with the marks that follow it, as far as one family has them all; otherwise each is on its own. */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = []
  for (let at = 0; at < text.length;) {
    const start = at
    const codePoints: number[] = []
    do {
      const codePoint = text.codePointAt(at) ?? 0
      codePoints.push(codePoint)
      at += codePoint > 0xffff ? 2 : 1
    } while (at < text.length && isMark(text.codePointAt(at) ?? 0))
    if (codePoints.length === 1 || familyCovering(codePoints, undefined)) {
      units.push({ start, end: at, codePoints, script: scriptOf(codePoints[0] ?? 0) })
      continue
    }
    let from = start
    for (const codePoint of codePoints) {
      const end = from + (codePoint > 0xffff ? 2 : 1)
      units.push({ start: from, end, codePoints: [codePoint], script: scriptOf(codePoint) })
      from = end
    }
  }
  return units
}

function isStrong(script: Script | undefined): boolean {
  return script !== undefined && script !== 'Zyyy' && script !== 'Zinh'
}

function isLatinLetter(unit: Unit | undefined): boolean {
  return unit?.script === 'Latn'
}

/** The family that a unit would have if all families had everything. */
function preferredFamily(units: readonly Unit[], index: number, language: string, before: Family | undefined): Family {
  const unit = units[index] as Unit
  const own = familyFor(unit.script)
  if (own) return own
  const codePoint = unit.codePoints[0] ?? 0
  if (ambiguous.has(codePoint)) {
    const isInsideLatin = isLatinLetter(units[index - 1]) && isLatinLetter(units[index + 1])
    return language.startsWith('zh') && !isInsideLatin ? 'han' : 'latin'
  }
  if (/\s/u.test(String.fromCodePoint(codePoint))) {
    const next = units.slice(index + 1, index + 4).find((other) => isStrong(other.script))
    return before && next && familyFor(next.script) === before ? before : 'latin'
  }
  return (codePoint >= 0x3000 && codePoint <= 0x303f) || codePoint >= 0xfe10 ? 'han' : 'latin'
}

/**
 * Cuts styled texts, put one after the other, into items. Line feeds belong to no item.
 */
export function itemise(styles: readonly StyledText[]): Itemised {
  const items: Item[] = []
  const missing = new Set<string>()
  let offset = 0
  for (const [style, { text, language, weight }] of styles.entries()) {
    const units = unitsOf(text)
    let family: Family | undefined
    for (const [index, unit] of units.entries()) {
      if (unit.codePoints[0] === 0x0a) continue
      const covering = familyCovering(unit.codePoints, preferredFamily(units, index, language, family))
      if (!covering) {
        for (const codePoint of unit.codePoints) missing.add(String.fromCodePoint(codePoint))
        continue
      }
      family = covering
      const isOwn = isStrong(unit.script) && familyFor(unit.script) === family
      const script = isOwn ? unit.script : scriptOfFamily(family)
      const start = offset + unit.start
      const last = items.at(-1)
      if (last?.end === start && last.style === style && last.family === family && last.script === script) {
        items[items.length - 1] = { ...last, end: offset + unit.end }
      } else {
        items.push({ start, end: offset + unit.end, face: faceId(family, weight), family, script, language, style })
      }
    }
    offset += text.length
  }
  return { items, missing: [...missing] }
}

/** Whether every character of a text has a glyph in some face. */
export function canPrint(text: string): boolean {
  return itemise([{ text: cleanText(text), language: 'und', weight: 'regular' }]).missing.length === 0
}
