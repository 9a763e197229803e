import { latestAgreements } from '#features/agreements/queries.ts'
import { countReleased } from '#features/agreements/released.ts'
import type { AgreementEntry } from '#features/agreements/list.ts'
import { catalogueOf, type FacilityEntry } from '#features/facilities/queries.ts'
import { labEntry, type LabEntry } from '#features/labs/list.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import type { Queryable } from '#db/client.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Hub } from '#features/hub/model.ts'
import { type Network, networkOf } from './network.ts'
import { loadHub } from '#features/hub/queries.ts'

/** Everything that the home page shows. */
export interface Home {
  readonly hub: Hub
  readonly network: Network
  readonly agreements: number
  /** The three centres and three bases. */
  readonly catalogue: readonly FacilityEntry[]
  readonly labs: readonly LabEntry[]
  readonly latest: readonly AgreementEntry[]
}

const labsShown = 5
const agreementsShown = 4

export async function showHome(database: Queryable, locale: Locale): Promise<Home> {
  const [hub, shelves, agreements, latest] = await Promise.all([
    loadHub(database),
    publishedShelves(database),
    countReleased(database),
    latestAgreements(database, locale, agreementsShown),
  ])
  const yunnan = new Set(
    shelves.partner.records.filter(({ content }) => content.side === 'yunnan').map(({ recordId }) => recordId),
  )
  const labs = shelves.lab.records
    .filter((lab) => lab.content.stage === 'operating' && lab.partnerIds.some((id) => yunnan.has(id)))
    .toSorted((a, b) => ((a.sortDate ?? '') < (b.sortDate ?? '') ? 1 : -1))
    .slice(0, labsShown)
  return {
    hub,
    network: networkOf(hub, shelves, locale),
    agreements,
    catalogue: catalogueOf(hub, shelves, locale)
      .groups.filter(({ kind }) => kind === 'centre' || kind === 'base')
      .flatMap(({ entries }) => entries),
    labs: labs.map((lab) => labEntry(hub, shelves.partner, lab, locale)),
    latest,
  }
}

export async function showNetwork(database: Queryable, locale: Locale): Promise<{ hub: Hub; network: Network }> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  return { hub, network: networkOf(hub, shelves, locale) }
}
