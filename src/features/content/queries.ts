import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import {
  agreementLabs,
  agreementParties,
  agreements,
  agreementTexts,
  facilities,
  facilityHosts,
  facilityTexts,
  hubSettings,
  labHosts,
  labs,
  labTexts,
  pages,
  partners,
  partnerTexts,
  vocabularies,
} from '#db/schema/index.ts'
import { calendarCountries, readCalendar } from '#features/workdays/queries.ts'
import { fromColumns } from '#platform/partial-date.ts'
import type { AgreementRecord, Countries, FacilityRecord, Fields, Glossary, LabRecord, Pack, Page, PartnerRecord, Places, Site } from './model.ts'
import { type Holidays, holidaysOf } from './holidays.ts'
import { fileOtherNames, fileTexts, fileTitles } from './texts.ts'

/** Everything of a database that a content pack holds; the office's own agreements are no part of it. */
export async function databasePack(db: Queryable): Promise<Pack> {
  const partnerRows = await db.select().from(partners).orderBy(asc(partners.slug))
  const slugs = new Map(partnerRows.map((row) => [row.id, row.slug]))
  const labRows = await db.select().from(labs).orderBy(asc(labs.slug))
  const labSlugs = new Map(labRows.map((row) => [row.id, row.slug]))
  return {
    partners: await readPartners(db, partnerRows, slugs),
    labs: await readLabs(db, labRows, slugs),
    facilities: await readFacilities(db, slugs),
    agreements: await readAgreements(db, slugs, labSlugs),
    ...(await readVocabularies(db)),
    ...(await readSite(db)),
    holidays: await readHolidays(db),
    pages: await readPages(db),
  }
}

type Slugs = ReadonlyMap<string, string>

/** Leaves out what has no value, as a file does. */
function present<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], null> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as never
}

function slugOf(slugs: Slugs, id: string | null): string | undefined {
  return id === null ? undefined : slugs.get(id)
}

interface InstitutionRow {
  readonly position: number
  readonly partnerId: string | null
  readonly names: Record<string, string> | null
  readonly country: string | null
  readonly role?: string
  readonly officialNames?: string[]
}

function institutions(rows: readonly InstitutionRow[] | undefined, slugs: Slugs) {
  return (rows ?? [])
    .toSorted((a, b) => a.position - b.position)
    .map((row) =>
      present({
        partner: slugOf(slugs, row.partnerId),
        names: row.names,
        country: row.country,
        role: row.role,
        official: row.officialNames?.length ? row.officialNames : undefined,
      }),
    )
}

async function readPartners(
  db: Queryable,
  rows: readonly (typeof partners.$inferSelect)[],
  slugs: Slugs,
): Promise<Map<string, PartnerRecord>> {
  const texts = Map.groupBy(await db.select().from(partnerTexts).orderBy(asc(partnerTexts.locale)), (row) => row.partnerId)
  return new Map(
    rows.map((row) => [
      row.slug,
      present({
        kind: row.kind,
        state: row.state,
        oldSlugs: row.oldSlugs,
        country: row.country,
        side: row.side === 'abroad' ? undefined : row.side,
        standing: row.standing,
        city: row.city,
        website: row.website,
        established: fromColumns(row.established, row.establishedPrecision),
        location: row.latitude === null || row.longitude === null ? undefined : [row.latitude, row.longitude],
        locationPrecision: row.locationPrecision,
        ror: row.ror,
        acronyms: row.acronyms,
        parent: slugOf(slugs, row.parentId),
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        texts: fileTexts(texts.get(row.id) ?? [], ['name', 'summary'], row.sourceLocale),
        otherNames: fileOtherNames(texts.get(row.id) ?? []),
        sources: row.sources,
      }) as PartnerRecord,
    ]),
  )
}

async function readLabs(
  db: Queryable,
  rows: readonly (typeof labs.$inferSelect)[],
  slugs: Slugs,
): Promise<Map<string, LabRecord>> {
  const texts = Map.groupBy(await db.select().from(labTexts).orderBy(asc(labTexts.locale)), (row) => row.labId)
  const hosts = Map.groupBy(await db.select().from(labHosts), (row) => row.labId)
  return new Map(
    rows.map((row) => [
      row.slug,
      present({
        kind: row.kind,
        state: row.state,
        oldSlugs: row.oldSlugs,
        stage: row.stage,
        countries: row.countries,
        cities: row.cities,
        hosts: institutions(hosts.get(row.id), slugs),
        started: fromColumns(row.started, row.startedPrecision),
        inaugurated: fromColumns(row.inaugurated, row.inauguratedPrecision),
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        texts: fileTexts(texts.get(row.id) ?? [], ['name', 'summary'], row.sourceLocale),
        otherNames: fileOtherNames(texts.get(row.id) ?? []),
        sources: row.sources,
      }) as LabRecord,
    ]),
  )
}

async function readFacilities(db: Queryable, slugs: Slugs): Promise<Map<string, FacilityRecord>> {
  const rows = await db.select().from(facilities).orderBy(asc(facilities.slug))
  const own = new Map(rows.map((row) => [row.id, row.slug]))
  const texts = Map.groupBy(await db.select().from(facilityTexts).orderBy(asc(facilityTexts.locale)), (row) => row.facilityId)
  const hosts = Map.groupBy(await db.select().from(facilityHosts), (row) => row.facilityId)
  return new Map(
    rows.map((row) => [
      row.slug,
      present({
        kind: row.kind,
        state: row.state,
        oldSlugs: row.oldSlugs,
        stage: row.stage,
        order: row.position,
        parent: slugOf(own, row.parentId),
        city: row.city,
        website: row.website,
        established: fromColumns(row.established, row.establishedPrecision),
        hosts: institutions(hosts.get(row.id), slugs),
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        texts: fileTexts(texts.get(row.id) ?? [], ['name', 'summary'], row.sourceLocale),
        otherNames: fileOtherNames(texts.get(row.id) ?? []),
        sources: row.sources,
      }) as FacilityRecord,
    ]),
  )
}

async function readAgreements(db: Queryable, slugs: Slugs, labSlugs: Slugs): Promise<Map<string, AgreementRecord>> {
  const rows = await db.select().from(agreements).where(eq(agreements.origin, 'reported')).orderBy(asc(agreements.slug))
  const texts = Map.groupBy(await db.select().from(agreementTexts).orderBy(asc(agreementTexts.locale)), (row) => row.agreementId)
  const parties = Map.groupBy(await db.select().from(agreementParties), (row) => row.agreementId)
  const links = Map.groupBy(await db.select().from(agreementLabs), (row) => row.agreementId)
  return new Map(
    rows.map((row) => [
      row.slug,
      present({
        kind: row.kind,
        state: row.visibility === 'public' ? 'published' : 'draft',
        oldSlugs: row.oldSlugs,
        parties: institutions(parties.get(row.id), slugs),
        signed: fromColumns(row.signed, row.signedPrecision),
        effective: fromColumns(row.effective, row.effectivePrecision),
        ends: fromColumns(row.ends, row.endsPrecision),
        labs: (links.get(row.id) ?? []).flatMap((link) => labSlugs.get(link.labId) ?? []).sort(),
        fields: row.fields,
        sourceLocale: row.sourceLocale,
        texts: fileTexts(texts.get(row.id) ?? [], ['title', 'summary'], row.sourceLocale),
        ...fileTitles(texts.get(row.id) ?? []),
        sources: row.sources,
      }) as AgreementRecord,
    ]),
  )
}

async function readVocabularies(db: Queryable): Promise<Pick<Pack, 'countries' | 'places' | 'fields' | 'glossary'>> {
  const rows = Map.groupBy(
    await db.select().from(vocabularies).orderBy(asc(vocabularies.kind), asc(vocabularies.position)),
    (row) => row.kind,
  )
  const entries = (kind: 'country' | 'region' | 'place' | 'field' | 'term') =>
    Object.fromEntries((rows.get(kind) ?? []).map((row) => [row.code, row.content]))
  return {
    ...(rows.has('country') ? { countries: { countries: entries('country'), regions: entries('region') } as Countries } : {}),
    ...(rows.has('place') ? { places: entries('place') as Places } : {}),
    ...(rows.has('field') ? { fields: entries('field') as Fields } : {}),
    ...(rows.has('term') ? { glossary: entries('term') as Glossary } : {}),
  }
}

async function readSite(db: Queryable): Promise<Pick<Pack, 'site'>> {
  const [row] = await db.select().from(hubSettings).where(eq(hubSettings.key, 'site'))
  return row === undefined ? {} : { site: row.value as Site }
}

async function readHolidays(db: Queryable): Promise<Pack['holidays']> {
  const countries = await calendarCountries(db)
  const found = new Map<string, Holidays>()
  for (const country of countries) found.set(country, holidaysOf(await readCalendar(db, country)))
  return found
}

async function readPages(db: Queryable): Promise<Pack['pages']> {
  const rows = await db.select().from(pages).orderBy(asc(pages.slug))
  const bySlug = new Map<string, Record<string, Page>>()
  for (const { slug, locale, title, body, status } of rows) {
    bySlug.set(slug, { ...bySlug.get(slug), [locale]: { title, status, body } as Page })
  }
  return bySlug
}
