import type { Draft, Part } from '#features/briefs/draft.ts'
import { sideBySide } from '#features/briefs/side-by-side.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { Runs } from '#platform/pdf/model.ts'

/**
 * What a record's own brief says, below a heading of a longer document: without its title, and with its headings a
 * level lower. Below the third level a heading is a line in bold.
 */
export function within(draft: Draft): readonly Part[] {
  const demonstration = translator(draft.locale)('common:notice.demonstration')
  return draft.blocks.flatMap((part): Part[] => {
    if (part.type === 'opening' || (part.type === 'heading' && part.level === 1)) return []
    if (part.type === 'notice' && textOf(part.runs) === demonstration) return []
    if (part.type !== 'heading') return [part]
    if (part.level === 2) return [{ ...part, level: 3 }]
    return [{ type: 'paragraph', style: 'body', runs: part.runs.map((run) => ({ ...run, weight: 'bold' })) }]
  })
}

const textOf = (runs: Runs) => runs.map(({ text }) => text).join('')

/** A document by its sections, which are the same in every language. */
export interface Sectioned {
  /** Everything but the blocks. */
  readonly frame: Draft
  readonly sections: readonly (readonly Part[])[]
}

/**
 * One document, or two side by side. Each section is laid beside its own counterpart: to align a long document as a
 * whole would take the square of its length.
 */
export function assembled([one, other]: readonly Sectioned[]): Draft {
  if (one === undefined) throw new Error('a document in no language')
  if (other === undefined) return { ...one.frame, blocks: one.sections.flat() }
  return {
    ...sideBySide({ ...one.frame, blocks: [] }, { ...other.frame, blocks: [] }),
    blocks: one.sections.flatMap(
      (blocks, at) => sideBySide({ ...one.frame, blocks }, { ...other.frame, blocks: other.sections[at] ?? [] }).blocks,
    ),
  }
}
