import { addTo, noSums, registerReport, reportCells, type ReportRow } from '#features/agreements/register-report.ts'
import type { Hub } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { pauses } from '#platform/pauses.ts'
import type { DocumentModel, Runs } from '#platform/pdf/model.ts'
import { documentIn, issueIn } from './in-languages.ts'
import { type BriefLanguages, inOrder } from './languages.ts'
import type { BriefContext } from './queries.ts'
import { rowsBeside } from './side-by-side.ts'

/** How a report is read. */
export interface ReportReading {
  /** Agreements that it may hold. */
  readonly most?: number
  /** Told how many agreements were read, of all. */
  readonly progress?: (done: number, total: number) => void
  /** Nobody wants it any more. */
  readonly signal?: AbortSignal
}

/** A list of the register. */
export interface ReportedList {
  readonly total: number
  /** Some hundreds of agreements at a time, as rows in any language. */
  readonly batches: AsyncIterable<(locale: Locale) => Promise<readonly ReportRow[]>>
  readonly narrowed: (locale: Locale) => readonly string[]
  readonly path: (locale: Locale) => string
  readonly isInternal: boolean
}

/**
 * A list of the register as a report of any length. What is kept of an agreement is its row in the document's languages
 * and nothing else.
 */
export async function registerDocument(
  context: BriefContext & { readonly hub: Hub },
  languages: BriefLanguages,
  { total, batches, narrowed, path, isInternal }: ReportedList,
  { progress, signal }: Omit<ReportReading, 'most'>,
): Promise<DocumentModel> {
  const issues = inOrder(languages).map((locale) => ({ ...issueIn(context, locale, languages), hub: context.hub }))
  const sums = noSums()
  const rows: Runs[][] = []
  const once = sharing()
  const pause = pauses()
  for await (const rowsIn of batches) {
    signal?.throwIfAborted()
    const each = []
    for (const issue of issues) {
      const found = await rowsIn(issue.locale)
      if (each.length === 0) addTo(sums, found)
      each.push(reportCells(found, rows.length, issue))
      await pause()
    }
    const [one = [], other] = each
    const read = other === undefined ? one : rowsBeside(one, other, issues[1]?.locale ?? 'en')
    rows.push(...read.map((cells) => cells.map(once)))
    progress?.(rows.length, total)
  }
  const document = documentIn(
    issues.map((issue) => {
      const { locale } = issue
      return registerReport({ sums, narrowed: narrowed(locale), path: path(locale), isInternal }, issue)
    }),
  )
  return { ...document, blocks: document.blocks.map((block) => (block.type === 'table' ? { ...block, rows } : block)) }
}

/** Cells that are remembered. */
const mostShared = 100_000

/** Cells that read alike become one: the same kinds, states, days and parties come again and again. */
function sharing(): (cell: Runs, column: number) => Runs {
  const known = new Map<string, Runs>()
  return (cell, column) => {
    // The first has a number of its own, and what is linked comes once.
    if (column === 0 || cell.some(({ href }) => href !== undefined)) return cell
    const key = JSON.stringify(cell)
    const shared = known.get(key)
    if (shared === undefined && known.size < mostShared) known.set(key, cell)
    return shared ?? cell
  }
}
