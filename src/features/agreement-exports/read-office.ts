import { and, asc, inArray } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import {
  agreementFacilities,
  agreementLabs,
  agreementParties,
  agreements,
  agreementTexts,
  partners,
  users,
} from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { linkNamesById, partnerNamesById } from '#features/agreements/office-titles.ts'
import { type AgreementRecord, contactOf, recordFrom } from '#features/agreements/record.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import type { Names } from '#features/hub/model.ts'
import { type Details, type ExportedAgreement, type ExportedLink, type ExportedParty, noDetails } from './model.ts'
import { readDetails } from './read-details.ts'

type PartyRow = typeof agreementParties.$inferSelect

/** What agreements name beside their own words, by id. */
interface Known {
  readonly partners: ReadonlyMap<string, { readonly ror: string | null; readonly country: string }>
  readonly partnerNames: ReadonlyMap<string, Names>
  readonly linkNames: ReadonlyMap<string, Names>
  readonly officers: ReadonlyMap<string, { readonly name: string | null; readonly email: string }>
}

/** Those of the agreements that the actor may see, as the office has them, in the order of the ids. */
export async function readOffice(
  database: Database,
  actor: Actor,
  ids: readonly string[],
  { detailed }: { readonly detailed: boolean },
): Promise<ExportedAgreement[]> {
  const rows = await database
    .select()
    .from(agreements)
    .where(and(inArray(agreements.id, [...ids]), visibleTo(actor)))
  const seen = rows.map(({ id }) => id)
  const [texts, parties, labs, facilities, details] = await Promise.all([
    database.select().from(agreementTexts).where(inArray(agreementTexts.agreementId, seen)),
    database
      .select()
      .from(agreementParties)
      .where(inArray(agreementParties.agreementId, seen))
      .orderBy(asc(agreementParties.position)),
    database
      .select({ agreementId: agreementLabs.agreementId, id: agreementLabs.labId })
      .from(agreementLabs)
      .where(inArray(agreementLabs.agreementId, seen))
      .orderBy(asc(agreementLabs.labId)),
    database
      .select({ agreementId: agreementFacilities.agreementId, id: agreementFacilities.facilityId })
      .from(agreementFacilities)
      .where(inArray(agreementFacilities.agreementId, seen))
      .orderBy(asc(agreementFacilities.facilityId)),
    detailed ? readDetails(database, actor, seen) : new Map<string, Details>(),
  ])
  const known = await readKnown(database, {
    partners: parties.map(({ partnerId }) => partnerId),
    links: [...labs, ...facilities].map(({ id }) => id),
    officers: rows.map(({ officerId }) => officerId),
  })
  const of = <Part extends { readonly agreementId: string }>(parts: readonly Part[]) =>
    Map.groupBy(parts, ({ agreementId }) => agreementId)
  const [textsOf, partiesOf, labsOf, facilitiesOf] = [of(texts), of(parties), of(labs), of(facilities)]
  const found = new Map(
    rows.map((row) => {
      const own = partiesOf.get(row.id) ?? []
      const record = recordFrom(row, {
        texts: textsOf.get(row.id) ?? [],
        parties: own,
        labs: (labsOf.get(row.id) ?? []).map(({ id }) => id),
        facilities: (facilitiesOf.get(row.id) ?? []).map(({ id }) => id),
      })
      return [row.id, exported(record, own, row.nextDue, known, details.get(row.id) ?? noDetails)]
    }),
  )
  return ids.flatMap((id) => found.get(id) ?? [])
}

function exported(
  { id, slug, version, state, updatedAt, officerId, words }: AgreementRecord,
  parties: readonly PartyRow[],
  nextDue: string | null,
  known: Known,
  details: Details,
): ExportedAgreement {
  const links = (linked: readonly string[]) =>
    linked.map((link): ExportedLink => ({ id: link, names: known.linkNames.get(link) ?? {} }))
  const { reference, kind, sourceLocale, titles, summaries, signed, effective, ends, fields } = words
  return {
    ...{ id, slug, at: updatedAt, reference, kind, state, sourceLocale, titles, summaries },
    parties: parties.map((party) => partyOf(party, known)),
    ...{ signed, effective, ends, fields },
    labs: links(words.labs),
    office: {
      version,
      visibility: words.visibility,
      officialTitles: words.officialTitles,
      openEnded: words.openEnded,
      renewal: words.renewal,
      renewalMonths: words.renewalMonths,
      renewalLimit: words.renewalLimit,
      notice: words.notice,
      leadDays: words.leadDays,
      authenticLanguages: words.authenticLanguages,
      prevailingLanguage: words.prevailingLanguage,
      value: words.value,
      technologyAmount: words.technologyAmount,
      registrationNumber: words.registrationNumber,
      facilities: links(words.facilities),
      officer: known.officers.get(officerId ?? '') ?? null,
      nextDue,
      details,
    },
  }
}

function partyOf(row: PartyRow, known: Known): ExportedParty {
  const profile = known.partners.get(row.partnerId ?? '')
  return {
    role: row.role,
    partnerId: row.partnerId,
    ror: profile?.ror ?? null,
    names: row.names ?? known.partnerNames.get(row.partnerId ?? '') ?? {},
    officialNames: row.officialNames,
    country: profile?.country ?? row.country,
    office: {
      originalLanguage: row.originalLanguage,
      contact: contactOf(row),
      signatory: row.signatoryNames,
      signatoryAddresses: row.signatoryAddresses,
      signatoryTitles: row.signatoryTitles,
      signatoryOfficial: row.signatoryOfficial,
      signedOn: row.signedOn,
    },
  }
}

async function readKnown(
  database: Database,
  ids: {
    readonly partners: readonly (string | null)[]
    readonly links: readonly string[]
    readonly officers: readonly (string | null)[]
  },
): Promise<Known> {
  const some = (given: readonly (string | null)[]) => [...new Set(given.filter((id) => id !== null))]
  const [profiles, partnerNames, linkNames, officers] = await Promise.all([
    database
      .select({ id: partners.id, ror: partners.ror, country: partners.country })
      .from(partners)
      .where(inArray(partners.id, some(ids.partners))),
    partnerNamesById(database, ids.partners),
    linkNamesById(database, ids.links),
    database
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(inArray(users.id, some(ids.officers))),
  ])
  return {
    partners: new Map(profiles.map(({ id, ...rest }) => [id, rest])),
    partnerNames,
    linkNames,
    officers: new Map(officers.map(({ id, ...rest }) => [id, rest])),
  }
}
