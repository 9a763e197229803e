import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Hub, Names, Vocabulary } from '#features/hub/model.ts'
import type { PublishedContents, PublishedInstitution } from '#features/publications/model.ts'
import type { Shelves } from '#features/publications/queries.ts'
import { type Published, shelfOf } from '#features/publications/shelf.ts'
import { projectRoot } from '#platform/config.ts'
import type { PublishedTexts } from '#platform/i18n/fallback.ts'

/** The launch content as it is after it was published, without a database: real words in five languages. */

type Kind = 'partner' | 'lab' | 'facility' | 'agreement'
type Yaml = Readonly<Record<string, unknown>>

const folders = { partner: 'partners', lab: 'labs', facility: 'facilities', agreement: 'agreements' } as const
const read = (file: string) => parse(readFileSync(join(projectRoot, 'content', file), 'utf8')) as Yaml
const at = '2026-11-23T00:00:00Z'

const namesOf = (value: unknown) =>
  Object.fromEntries(
    Object.entries(value as Yaml).filter(([key, word]) => /^[a-z]{2}$/.test(key) && typeof word === 'string'),
  ) as Names

const vocabulary = (value: unknown): Vocabulary =>
  new Map(Object.entries(value as Yaml).map(([code, words]) => [code, namesOf(words)]))

export function packHub(): Hub {
  const { countries, regions } = read('countries.yaml')
  return {
    organisation: namesOf(read('site.yaml')['organisation']),
    address: undefined,
    contact: {},
    demonstration: false,
    countries: vocabulary(countries),
    regions: vocabulary(regions ?? {}),
    places: vocabulary(read('places.yaml')),
    fields: vocabulary(read('fields.yaml')),
    glossary: Object.values(read('glossary.yaml')).map((term) => ({
      names: namesOf(term),
      unchecked: ((term as Yaml)['unchecked'] ?? []) as string[],
    })),
  }
}

function textsOf(texts: unknown): PublishedTexts<string> {
  return Object.fromEntries(
    Object.entries(texts as Yaml).map(([language, text]) => {
      const { status, ...fields } = text as Yaml
      const published = Object.entries(fields).flatMap(([field, value]) => {
        const how = typeof status === 'string' ? status : ((status as Yaml | undefined)?.[field] ?? 'draft')
        return typeof value === 'string'
          ? [[field, { value: value.trim().normalize('NFC'), status: how }] as const]
          : []
      })
      return [language, Object.fromEntries(published)]
    }),
  ) as PublishedTexts<string>
}

const slugsOf = (kind: Kind) =>
  readdirSync(join(projectRoot, 'content', folders[kind]))
    .sort()
    .map((file) => file.replace(/\.yaml$/, ''))

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : null)
const list = (value: unknown) => (value ?? []) as readonly string[]

function institutions(value: unknown): PublishedInstitution[] {
  return ((value ?? []) as readonly Yaml[]).map(({ partner, name, country, role }) => ({
    partnerId: text(partner),
    names: (name ?? {}) as Record<string, string>,
    country: typeof partner === 'string' ? text(read(`partners/${partner}.yaml`)['country']) : text(country),
    role: text(role) ?? 'partner',
  }))
}

/** A record's id is its slug. */
function published<K extends Kind>(kind: K, slug: string, position: number): Published<K> {
  const file = read(`${folders[kind]}/${slug}.yaml`)
  const hosts = institutions(file['hosts'] ?? file['parties'])
  const common = {
    kind: file['kind'],
    stage: file['stage'],
    fields: list(file['fields']),
    sourceLocale: file['sourceLocale'],
    sources: list(file['sources']),
    texts: textsOf(file['texts']),
    city: text(file['city']),
    website: text(file['website']),
    established: text(file['established']),
    parentId: text(file['parent']),
  }
  const own = {
    partner: {
      ...common,
      country: file['country'],
      side: file['country'] === 'CN' ? 'yunnan' : 'abroad',
      standing: 'listed',
      location: null,
      locationPrecision: null,
      ror: text(file['ror']),
      acronyms: list(file['acronyms']),
    },
    lab: {
      ...common,
      countries: list(file['countries']),
      cities: list(file['cities']),
      hosts,
      started: text(file['started']),
      inaugurated: text(file['inaugurated']),
    },
    facility: { ...common, position, hosts },
    agreement: {
      ...common,
      origin: 'reported',
      state: null,
      reference: null,
      parties: hosts,
      signed: text(file['signed']),
      effective: text(file['effective']),
      ends: text(file['ends']),
      labIds: list(file['labs']),
    },
  }[kind]
  const countries =
    kind === 'lab' ? list(file['countries']) : [text(file['country']), ...hosts.map(({ country }) => country)]
  return {
    recordId: slug,
    slug,
    oldSlugs: [],
    publishedAt: at,
    sortDate: text(file['signed'] ?? file['inaugurated'] ?? file['started']),
    position: Number(file['order'] ?? 0),
    recordKind: String(file['kind']),
    countries: [...new Set(countries.filter((code) => code !== null))],
    fields: common.fields,
    partnerIds: hosts.flatMap(({ partnerId }) => partnerId ?? []),
    labIds: list(file['labs']),
    content: own as unknown as PublishedContents[K],
  }
}

const shelf = <K extends Kind>(kind: K) => {
  const records = slugsOf(kind).map((slug, position) => published(kind, slug, position))
  return shelfOf(records.toSorted((a, b) => a.position - b.position))
}

export function packShelves(): Shelves & { readonly agreement: ReturnType<typeof shelf<'agreement'>> } {
  return { partner: shelf('partner'), lab: shelf('lab'), facility: shelf('facility'), agreement: shelf('agreement') }
}
