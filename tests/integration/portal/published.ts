import type { Database } from '#db/client.ts'
import { hubSettings, type PublicationKind, vocabularies } from '#db/schema/index.ts'
import type { PublishedContents } from '#features/publications/model.ts'
import { publish, withdraw } from '#features/publications/steps.ts'
import { newId } from '#platform/ids.ts'

/** Puts records before the public without an office behind them: what the portal reads, and nothing else. */
const at = Temporal.Instant.from('2026-11-23T00:00:00Z')

export async function writeVocabulary(database: Database): Promise<void> {
  const term = (kind: 'country' | 'field', code: string, zh: string, en: string, position = 0) => ({
    kind,
    code,
    position,
    content: { zh, en },
  })
  await database
    .insert(vocabularies)
    .values([
      term('country', 'CN', '中国', 'China', 0),
      term('country', 'TH', '泰国', 'Thailand', 1),
      term('country', 'VN', '越南', 'Vietnam', 2),
      term('field', 'food', '食品', 'Food'),
      term('field', 'energy', '能源', 'Energy', 1),
    ])
  await database.insert(hubSettings).values({ key: 'site', value: { organisation: { zh: '中心', en: 'Centre' } } })
}

interface Placed {
  readonly slug: string
  readonly recordId?: string
  readonly oldSlugs?: readonly string[]
  readonly countries?: readonly string[]
  readonly partnerIds?: readonly string[]
  readonly labIds?: readonly string[]
  readonly sortDate?: string | null
}

async function place<Kind extends PublicationKind>(
  database: Database,
  kind: Kind,
  content: PublishedContents[Kind],
  { slug, recordId = newId(), ...rest }: Placed,
): Promise<string> {
  const edition = {
    kind,
    recordId,
    slug,
    oldSlugs: [],
    countries: [],
    partnerIds: [],
    labIds: [],
    sortDate: null,
    position: 0,
    content,
    ...rest,
  }
  await database.transaction((tx) => publish(tx, kind, [edition], { at, by: null }))
  return recordId
}

export async function takeBack(database: Database, kind: PublicationKind, recordId: string): Promise<void> {
  await database.transaction((tx) => withdraw(tx, kind, [recordId], { at }))
}

type PartnerParts = Partial<PublishedContents['partner']> & { names: Record<string, string> }

export function putPartner(database: Database, { names, ...parts }: PartnerParts, placed: Placed): Promise<string> {
  const content: PublishedContents['partner'] = {
    kind: 'university',
    country: 'TH',
    side: 'abroad',
    standing: 'listed',
    city: null,
    website: null,
    established: null,
    location: null,
    locationPrecision: null,
    ror: null,
    acronyms: [],
    parentId: null,
    fields: [],
    sourceLocale: 'en',
    sources: ['https://example.org/'],
    texts: Object.fromEntries(
      Object.entries(names).map(([language, value]) => [language, { name: { value, status: 'reviewed' as const } }]),
    ),
    ...parts,
  }
  return place(database, 'partner', content, { countries: [content.country], ...placed })
}

export function putLab(
  database: Database,
  parts: Partial<PublishedContents['lab']> & { name: string },
  placed: Placed,
): Promise<string> {
  const { name, ...rest } = parts
  const content: PublishedContents['lab'] = {
    kind: 'joint_laboratory',
    stage: 'signed',
    countries: ['TH'],
    cities: [],
    hosts: [],
    started: null,
    inaugurated: null,
    fields: [],
    sourceLocale: 'en',
    sources: ['https://example.org/'],
    texts: { en: { name: { value: name, status: 'reviewed' } } },
    ...rest,
  }
  return place(database, 'lab', content, { countries: content.countries, ...placed })
}

/** An agreement of which nothing is known but what public sources reported. */
export const plainAgreement: Omit<PublishedContents['agreement'], 'texts'> = {
  kind: 'memorandum_of_understanding',
  origin: 'reported',
  state: null,
  reference: null,
  parties: [],
  signed: null,
  effective: null,
  ends: null,
  labIds: [],
  fields: [],
  sourceLocale: 'en',
  sources: ['https://example.org/'],
}

export function putAgreement(
  database: Database,
  parts: Partial<PublishedContents['agreement']> & { title: string },
  placed: Placed,
): Promise<string> {
  const { title, ...rest } = parts
  const content: PublishedContents['agreement'] = {
    ...plainAgreement,
    texts: { en: { title: { value: title, status: 'reviewed' } } },
    ...rest,
  }
  return place(database, 'agreement', content, placed)
}
