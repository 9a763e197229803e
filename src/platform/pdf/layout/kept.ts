import type { SetText } from '#platform/pdf/layout/context.ts'
import type { Runs } from '#platform/pdf/model.ts'
import type { TextStyle } from '#platform/pdf/style.ts'
import { lookOf } from '#platform/pdf/text/known-paragraphs.ts'

/** Words of more letters hardly come twice. */
const longestKept = 100
/** A few megabytes. */
const mostKept = 1500

/**
 * Short words that were set, by what they are: in a register the same names come on every page, and all of them again
 * when the pages are drawn that were counted. The least lately used leave first.
 */
export class KeptTexts {
  readonly #texts = new Map<string, SetText>()

  /** Words as they were set before, or as `make` sets them now. */
  get(runs: Runs, style: TextStyle, width: number, make: () => SetText): SetText {
    const length = runs.reduce((sum, { text }) => sum + text.length, 0)
    if (length > longestKept) return make()
    const key = `${width} ${lookOf(runs, style)}`
    const known = this.#texts.get(key)
    if (known) this.#texts.delete(key)
    else if (this.#texts.size >= mostKept) {
      const [oldest] = this.#texts.keys()
      if (oldest !== undefined) this.#texts.delete(oldest)
    }
    const set = known ?? make()
    this.#texts.set(key, set)
    return set
  }
}
