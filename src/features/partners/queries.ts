import { agreementsOf } from '#features/agreements/queries.ts'
import { loadHub } from '#features/hub/queries.ts'
import { findOnShelf, publishedShelves } from '#features/publications/queries.ts'
import type { Queryable } from '#db/client.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type PartnerList, partnerList } from './list.ts'
import { type PartnerPage, partnerPage } from './profile.ts'

/** The page of the partner list that a query asks for. */
export async function listPartners(database: Queryable, locale: Locale, search: URLSearchParams): Promise<PartnerList> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  return partnerList(hub, shelves.partner, locale, search)
}

/**
 * A partner's profile, or the slug that it has now.
 * @throws DomainError `not_found` or `gone`.
 */
export async function showPartner(
  database: Queryable,
  locale: Locale,
  slug: string,
): Promise<PartnerPage | { readonly movedTo: string }> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const found = await findOnShelf(database, 'partner', shelves.partner, slug)
  if ('movedTo' in found) return found
  const agreements = await agreementsOf(database, { partnerId: found.record.recordId }, locale)
  return partnerPage(hub, shelves, found.record, agreements, locale)
}
