import { and, eq, ilike, ne } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { partners, partnerTexts } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers, staffWith } from '#features/accounts/queries.ts'
import { bestName, type Hub, type Named } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { SavedView } from '#features/saved-views/model.ts'
import { viewsOf } from '#features/saved-views/queries.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { nobody, type OfficeFilters } from './office-filters.ts'
import { listForOffice, type OfficeList } from './office-list.ts'
import { partnerNamesById } from './office-titles.ts'

/** Everything that the register's page shows. */
export interface RegisterPage {
  readonly hub: Hub
  readonly list: OfficeList
  readonly filters: OfficeFilters
  /** Who can be responsible, and who is asked for. */
  readonly officers: readonly { readonly id: string; readonly name: string }[]
  /** The partner that is asked for. */
  readonly partner: Named | undefined
  /** Partners with the name that was typed; undefined where none was. */
  readonly partnersFound: readonly FoundPartner[] | undefined
  readonly views: readonly SavedView[]
}

export interface FoundPartner {
  readonly id: string
  readonly name: Named
}

const partnersOffered = 20

/** @throws DomainError `not_found` past the last page. */
export async function readRegisterPage(
  database: Database,
  actor: Extract<Actor, { kind: 'user' }>,
  filters: OfficeFilters,
  locale: Locale,
  today: Temporal.PlainDate,
  timeZone: string,
): Promise<RegisterPage> {
  const [hub, list, staff, asked, partnerNames, partnersFound, views] = await Promise.all([
    loadHub(database),
    listForOffice(database, actor, filters, locale, today, timeZone),
    staffWith(database, 'agreements.record'),
    namesOfUsers(
      database,
      [filters.officer, filters.reviewer].map((id) => (id === undefined || id === nobody ? null : id)),
    ),
    partnerNamesById(database, [filters.partner ?? null]),
    filters.partnerName === '' ? undefined : findPartners(database, filters.partnerName, locale),
    viewsOf(database, actor.id),
  ])
  const officers = new Map([...staff.map(({ id, name }) => [id, name] as const), ...asked])
  return {
    hub,
    list,
    filters,
    officers: [...officers].map(([id, name]) => ({ id, name })),
    partner: bestName(partnerNames.get(filters.partner ?? '') ?? {}, locale),
    partnersFound,
    views,
  }
}

async function findPartners(database: Database, name: string, locale: Locale): Promise<readonly FoundPartner[]> {
  const like = `%${name.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const rows = await database
    .selectDistinct({ id: partnerTexts.partnerId })
    .from(partnerTexts)
    .innerJoin(partners, eq(partners.id, partnerTexts.partnerId))
    .where(and(ilike(partnerTexts.name, like), ne(partners.state, 'archived')))
    .limit(partnersOffered)
  const names = await partnerNamesById(
    database,
    rows.map((row) => row.id),
  )
  return [...names].flatMap(([id, words]) => {
    const best = bestName(words, locale)
    return best === undefined ? [] : [{ id, name: best }]
  })
}
