import type { Runs } from '#platform/pdf/model.ts'
import type { TextStyle } from '#platform/pdf/style.ts'
import { shapeParagraph, type ShapedParagraph } from '#platform/pdf/text/paragraph.ts'

/**
 * Paragraphs that a thread shaped before, for all of its documents: the name and the summary of a partner stand in its
 * own brief, in its country's, in the catalogue and in those of delegations, and labels stand everywhere. Shaping and
 * finding the places where lines may end is half of the work of a document.
 */

/** Characters of all paragraphs kept; a character takes some 200 bytes. */
const mostCharacters = 60_000
/** Longer ones would push out too many others. */
const longestKept = 5_000

const known = new Map<string, ShapedParagraph>()
let held = 0

/** Words in their look, told apart from all others. */
export function lookOf(runs: Runs, style: TextStyle): string {
  const { size, weight, colour, isHeading = false, hasTabularFigures = false } = style
  let look = `${size} ${weight} ${colour} ${isHeading} ${hasTabularFigures}`
  // Texts and addresses may hold any character, so their lengths are said too.
  for (const { text, lang = '', weight: own = '', href = '' } of runs) {
    look += `\n${lang} ${own} ${href.length} ${text.length} ${href}${text}`
  }
  return look
}

/** `shapeParagraph`, done once for the same words in the same look. The least lately used leave first. */
export function knownParagraph(runs: Runs, style: TextStyle, language: string, isNaming: boolean): ShapedParagraph {
  const length = runs.reduce((sum, { text }) => sum + text.length, 0)
  if (length > longestKept) return shapeParagraph(runs, style, language, isNaming)
  const key = `${language} ${isNaming} ${lookOf(runs, style)}`
  const before = known.get(key)
  if (before !== undefined) {
    known.delete(key)
    known.set(key, before)
    return before
  }
  const paragraph = shapeParagraph(runs, style, language, isNaming)
  known.set(key, paragraph)
  held += key.length
  for (const oldest of known.keys()) {
    if (held <= mostCharacters) break
    known.delete(oldest)
    held -= oldest.length
  }
  return paragraph
}
