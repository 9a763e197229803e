import type { Actor } from '#features/accounts/model.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { bestName } from '#features/hub/model.ts'
import { partnerNamesById } from '#features/agreements/office-titles.ts'
import type { AppContext } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { mostNamesAsked } from './import-work.ts'
import { readLookups } from './lookups.ts'
import { isRowState, type RowState } from './model.ts'
import {
  ambiguousDay,
  countsOf,
  type ImportBatch,
  type ImportRow,
  type Progress,
  progressFor,
  requireImport,
  type RowCounts,
  rowsAtOnce,
  rowsOf,
  undecidedNames,
} from './queries.ts'
import { partnerMeant } from './row-parties.ts'

/** A name that is like others, with those to choose from. */
export interface AskedName {
  readonly name: string
  readonly rows: number
  readonly candidates: readonly { readonly value: string; readonly label: string; readonly lang: string }[]
}

/** What the page of a batch shows. */
export interface BatchPage {
  readonly hub: Hub
  readonly batch: ImportBatch
  readonly counts: RowCounts
  readonly progress: Progress | undefined
  readonly state: RowState | undefined
  readonly page: number
  readonly pages: number
  readonly rows: readonly ImportRow[]
  readonly ambiguous: Awaited<ReturnType<typeof ambiguousDay>>
  readonly names: readonly AskedName[]
}

/** @throws DomainError `not_found` */
export async function readBatchPage(
  { database, clock }: AppContext,
  actor: Actor,
  id: string,
  query: URLSearchParams,
  locale: Locale,
): Promise<BatchPage> {
  const batch = await requireImport(database, actor, id)
  const counts = await countsOf(database, id)
  const asked = query.get('state')
  const usual = counts.wrong > 0 ? 'wrong' : undefined
  const state = isRowState(asked) ? asked : asked === 'all' ? undefined : usual
  const total = state === undefined ? Object.values(counts).reduce((sum, n) => sum + n, 0) : counts[state]
  const pages = Math.max(1, Math.ceil(total / rowsAtOnce))
  const typed = Number(query.get('page') ?? 1)
  const page = Number.isInteger(typed) && typed >= 1 && typed <= pages ? typed : 1
  const isChecked = batch.state === 'checked'
  return {
    hub: await loadHub(database),
    batch,
    counts,
    progress: await progressFor(database, id, clock.now()),
    state,
    page,
    pages,
    rows: isChecked ? await rowsOf(database, id, state, page) : [],
    ambiguous: isChecked ? await ambiguousDay(database, id) : undefined,
    names: isChecked ? await askedNames(database, id, locale) : [],
  }
}

async function askedNames(database: AppContext['database'], id: string, locale: Locale): Promise<AskedName[]> {
  const names = await undecidedNames(database, id, mostNamesAsked)
  if (names.length === 0) return []
  const lookups = await readLookups(database)
  const meant = names.map(({ name, rows }) => ({ name, rows, meant: partnerMeant(name, { partners: {} }, lookups) }))
  const ids = meant.flatMap(({ meant: one }) => ('candidates' in one ? one.candidates : []))
  const words = await partnerNamesById(database, ids)
  return meant.map(({ name, rows, meant: one }) => ({
    name,
    rows,
    candidates: ('candidates' in one ? one.candidates : []).map((value) => {
      const best = bestName(words.get(value) ?? {}, locale)
      return { value, label: best?.value ?? value, lang: best?.lang ?? locale }
    }),
  }))
}
