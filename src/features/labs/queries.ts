import { agreementsOf } from '#features/agreements/queries.ts'
import { loadHub } from '#features/hub/queries.ts'
import { findOnShelf, publishedShelves } from '#features/publications/queries.ts'
import type { Queryable } from '#db/client.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type LabList, labList } from './list.ts'
import { type LabPage, labPage } from './page.ts'

/** The page of the list of labs that a query asks for. */
export async function listLabs(database: Queryable, locale: Locale, search: URLSearchParams): Promise<LabList> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  return labList(hub, shelves.lab, shelves.partner, locale, search)
}

/**
 * A lab, or the slug that it has now.
 * @throws DomainError `not_found` or `gone`.
 */
export async function showLab(
  database: Queryable,
  locale: Locale,
  slug: string,
): Promise<LabPage | { readonly movedTo: string }> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const found = await findOnShelf(database, 'lab', shelves.lab, slug)
  if ('movedTo' in found) return found
  const agreements = await agreementsOf(database, { labId: found.record.recordId }, locale)
  return labPage(hub, shelves, found.record, agreements, locale)
}
