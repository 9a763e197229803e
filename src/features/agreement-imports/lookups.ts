import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import {
  facilities,
  facilityTexts,
  labs,
  labTexts,
  partners,
  partnerTexts,
  userRoles,
  users,
} from '#db/schema/index.ts'
import { permissions } from '#features/accounts/model.ts'
import type { Vocabulary } from '#features/agreements/check.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { type NameIndex, nameIndex } from './names.ts'
import { foldName } from './words-in-cells.ts'

/** What the words of cells are looked up in: read once for a whole run. */
export interface Lookups {
  readonly vocabulary: Vocabulary
  readonly hub: Hub
  readonly partners: NameIndex
  readonly labs: NameIndex
  readonly facilities: NameIndex
  /** Ids of people by their address, and by their name. */
  readonly officers: NameIndex
  /** Codes by names in any language. */
  readonly countries: ReadonlyMap<string, string>
  readonly fields: ReadonlyMap<string, string>
  /** Country of each partner. */
  readonly countryOf: ReadonlyMap<string, string>
}

/** Names as the office has them, not as they were published; what is archived is not looked for. */
export async function readLookups(database: Queryable): Promise<Lookups> {
  const hub = await loadHub(database)
  const known = await database
    .select({ id: partners.id, country: partners.country, acronyms: partners.acronyms })
    .from(partners)
    .where(ne(partners.state, 'archived'))
  const names = await database
    .select({ id: partnerTexts.partnerId, name: partnerTexts.name })
    .from(partnerTexts)
    .innerJoin(partners, and(eq(partners.id, partnerTexts.partnerId), ne(partners.state, 'archived')))
  const labNames = await database
    .select({ id: labTexts.labId, name: labTexts.name })
    .from(labTexts)
    .innerJoin(labs, and(eq(labs.id, labTexts.labId), ne(labs.state, 'archived')))
  const facilityNames = await database
    .select({ id: facilityTexts.facilityId, name: facilityTexts.name })
    .from(facilityTexts)
    .innerJoin(facilities, and(eq(facilities.id, facilityTexts.facilityId), ne(facilities.state, 'archived')))
  const people = await database
    .selectDistinct({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(and(eq(users.state, 'active'), inArray(userRoles.role, [...permissions['agreements.record']])))
  const idsOf = (rows: readonly { readonly id: string }[]) => new Set(rows.map(({ id }) => id))
  const namesOf = Map.groupBy(names, ({ id }) => id)
  return {
    hub,
    vocabulary: {
      fields: new Set(hub.fields.keys()),
      countries: new Set(hub.countries.keys()),
      partners: new Map(known.map(({ id }) => [id, (namesOf.get(id) ?? []).flatMap(({ name }) => name ?? [])])),
      labs: idsOf(labNames),
      facilities: idsOf(facilityNames),
      officers: idsOf(people),
    },
    partners: nameIndex([...names, ...known.flatMap(({ id, acronyms }) => acronyms.map((name) => ({ id, name })))]),
    labs: nameIndex(labNames),
    facilities: nameIndex(facilityNames),
    officers: nameIndex(
      people.flatMap(({ id, name, email }) => [
        { id, name },
        { id, name: email },
      ]),
    ),
    countries: codes(hub.countries),
    fields: codes(hub.fields),
    countryOf: new Map(known.map(({ id, country }) => [id, country])),
  }
}

function codes(vocabulary: Hub['countries']): ReadonlyMap<string, string> {
  return new Map(
    [...vocabulary].flatMap(([code, names]) =>
      [code, ...Object.values(names)].map((name) => [foldName(name ?? ''), code] as const),
    ),
  )
}
