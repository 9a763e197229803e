import type { AgreementRecord, FacilityRecord, LabRecord, PartnerRecord } from './model.ts'
import { toColumns } from '#platform/partial-date.ts'

/** Ids by slug, of what a pack's records refer to. */
export interface Ids {
  readonly partners: ReadonlyMap<string, string>
  readonly labs: ReadonlyMap<string, string>
  readonly facilities: ReadonlyMap<string, string>
  readonly agreements: ReadonlyMap<string, string>
}

function idOf(ids: ReadonlyMap<string, string>, slug: string): string {
  const id = ids.get(slug)
  if (id === undefined) throw new Error(`no id for ${slug}: the pack was not checked`)
  return id
}

const common = (record: { fields: string[]; oldSlugs: string[]; sourceLocale: string; sources: string[] }) => ({
  fields: record.fields,
  oldSlugs: record.oldSlugs,
  sourceLocale: record.sourceLocale,
  sources: record.sources,
})

/** Columns of a partner's row; its parent is set once every partner has a row. */
export function partnerColumns(record: PartnerRecord) {
  const established = toColumns(record.established)
  return {
    ...common(record),
    state: record.state,
    kind: record.kind,
    side: record.side ?? 'abroad',
    standing: record.standing,
    country: record.country,
    city: record.city ?? null,
    website: record.website ?? null,
    established: established.date,
    establishedPrecision: established.precision,
    latitude: record.location?.[0] ?? null,
    longitude: record.location?.[1] ?? null,
    locationPrecision: record.location === undefined ? null : (record.locationPrecision ?? 'city'),
    ror: record.ror ?? null,
    acronyms: record.acronyms,
  }
}

export function labColumns(record: LabRecord) {
  const started = toColumns(record.started)
  const inaugurated = toColumns(record.inaugurated)
  return {
    ...common(record),
    state: record.state,
    kind: record.kind,
    stage: record.stage,
    countries: record.countries,
    cities: record.cities,
    started: started.date,
    startedPrecision: started.precision,
    inaugurated: inaugurated.date,
    inauguratedPrecision: inaugurated.precision,
  }
}

export function facilityColumns(record: FacilityRecord) {
  const established = toColumns(record.established)
  return {
    ...common(record),
    state: record.state,
    kind: record.kind,
    stage: record.stage,
    position: record.order,
    city: record.city ?? null,
    website: record.website ?? null,
    established: established.date,
    establishedPrecision: established.precision,
  }
}

/** Columns of an agreement reported in public sources: no lifecycle state, no number, no value. */
export function agreementColumns(record: AgreementRecord) {
  const signed = toColumns(record.signed)
  const effective = toColumns(record.effective)
  const ends = toColumns(record.ends)
  return {
    ...common(record),
    origin: 'reported' as const,
    state: null,
    visibility: record.state === 'published' ? ('public' as const) : ('internal' as const),
    kind: record.kind,
    signed: signed.date,
    signedPrecision: signed.precision,
    effective: effective.date,
    effectivePrecision: effective.precision,
    ends: ends.date,
    endsPrecision: ends.precision,
  }
}

interface NamedInFile {
  readonly partner?: string | undefined
  readonly names?: Record<string, string> | undefined
  readonly country?: string | undefined
}

/** Rows of hosts or parties, in the file's order. */
export function institutionRows(list: readonly NamedInFile[], ids: Ids) {
  return list.map((value, position) => ({
    position,
    partnerId: value.partner === undefined ? null : idOf(ids.partners, value.partner),
    names: value.names ?? null,
    country: value.country ?? null,
  }))
}

export { idOf }
