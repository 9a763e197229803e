import type { Database } from '#db/client.ts'
import type { Actor } from '#features/accounts/model.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { conditionsOf } from './office-conditions.ts'
import { countByState, totalOf } from './office-counts.ts'
import { entriesById, type OfficeEntry } from './office-entries.ts'
import { isNarrowed } from './narrowings.ts'
import type { OfficeFilters } from './office-filters.ts'
import { findPage } from './office-find.ts'
import { orderOf } from './office-order.ts'

export interface OfficeList {
  readonly entries: readonly OfficeEntry[]
  readonly total: number
  /** There are more than `total`: not all of them were counted, and pages end there. */
  readonly more: boolean
  readonly pages: number
  /** How many there are in each state, whatever the list is narrowed to. */
  readonly counts: ReadonlyMap<string, number>
}

/** One page of the office's register. @throws DomainError `not_found` past the last page. */
export async function listForOffice(
  database: Database,
  actor: Actor,
  filters: OfficeFilters,
  locale: Locale,
  today: Temporal.PlainDate,
  timeZone: string,
): Promise<OfficeList> {
  const { page, size } = filters
  const offset = (page - 1) * size
  const search = {
    conditions: conditionsOf(actor, filters, today, timeZone),
    order: orderOf(filters, locale),
    offset,
    limit: size,
  }
  const counting = countByState(database, actor)
  // The whole register was counted by its states.
  const known = isNarrowed(filters) ? undefined : totalOf(await counting)
  const [found, counts] = await Promise.all([findPage(database, search, known), counting])
  const pages = Math.max(1, Math.ceil(found.reachable / size))
  if (page > pages) throw new DomainError('not_found')
  const entries = await entriesById(database, found.ids, locale)
  return { entries, total: found.total, more: found.more, pages, counts }
}
