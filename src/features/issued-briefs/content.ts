import { formatDate } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { hashOfJson } from '#platform/json-hash.ts'
import { partialDateOf } from '#platform/partial-date.ts'
import type { DocumentModel, Runs, Shape } from '#platform/pdf/model.ts'

/** What makes a brief another one: its words. The day of issue stands in their places, and is none of them. */

/** A day that no brief is issued on. */
const noDay = Temporal.PlainDate.from('1970-01-01')

/** What a brief is known again by. */
export interface BriefContent {
  readonly kind: string
  /** In the order in which they stand. */
  readonly languages: readonly Locale[]
  readonly isInternal: boolean
  readonly document: DocumentModel
}

/**
 * SHA-256 of all that a brief says but the day of issue, as hexadecimal digits. Of drawings it takes the words: where a
 * timeline has its line for the day says nothing that is not in them.
 */
export function contentKey({ kind, languages, isInternal, document }: BriefContent): Promise<string> {
  return hashOfJson([kind, isInternal, languages, issuedOn(document, languages, noDay)], withoutLines)
}

function withoutLines(name: string, value: unknown): unknown {
  if (name !== 'shapes') return value
  return (value as readonly Shape[]).flatMap((shape) => (shape.shape === 'text' ? [shape.run] : []))
}

/**
 * The same document, issued on another day. The day is changed where documents say when they were issued, the foot and
 * the lines of a cover, and nowhere else: the same day may be that of a signature.
 */
export function issuedOn(
  document: DocumentModel,
  languages: readonly Locale[],
  day: Temporal.PlainDate,
): DocumentModel {
  const before = partialDateOf(Temporal.PlainDate.from(document.issued.iso))
  const words = languages.map((locale) => [formatDate(before, locale), formatDate(partialDateOf(day), locale)] as const)
  const redated = (text: string) => words.reduce((all, [old, now]) => all.replaceAll(old, now), text)
  return {
    ...document,
    issued: { iso: day.toString(), text: redated(document.issued.text) },
    foot: { ...document.foot, issued: redated(document.foot.issued) },
    blocks: document.blocks.map((block) => {
      const { lines } = block as { readonly lines?: readonly Runs[] }
      if (lines === undefined) return block
      return { ...block, lines: lines.map((runs) => runs.map((run) => ({ ...run, text: redated(run.text) }))) }
    }),
  }
}
