import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { countryName, type Hub, termName } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { facetsOf, type FacetWords } from '#features/publications/facets.ts'
import { type Filters, pageSize, readFilters } from '#features/publications/filters.ts'
import { type Found, missing, publishedColumns, publishedShelves } from '#features/publications/queries.ts'
import type { Published } from '#features/publications/shelf.ts'
import type { Queryable } from '#db/client.ts'
import { publications } from '#db/schema/index.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { type AgreementEntry, agreementEntry, type AgreementList } from './list.ts'
import { type AgreementKind, agreementKinds } from './model.ts'
import { type AgreementPage, agreementPage, type PublicEdition, type PublicEvent, publicHistoryOf } from './page.ts'
import { newestFirst, released } from './released.ts'

/** Most agreements that a partner's or a lab's page shows. */
const mostOnAPage = 50

/** The public agreements of a partner or of a lab, the newest first. */
export async function agreementsOf(
  database: Queryable,
  subject: { readonly partnerId: string } | { readonly labId: string },
  locale: Locale,
): Promise<AgreementEntry[]> {
  const names =
    'partnerId' in subject
      ? sql`${publications.partnerIds} @> array[${subject.partnerId}]::uuid[]`
      : sql`${publications.labIds} @> array[${subject.labId}]::uuid[]`
  const [rows, shelves] = await Promise.all([
    database
      .select(publishedColumns)
      .from(publications)
      .where(and(released, names))
      .orderBy(...newestFirst)
      .limit(mostOnAPage),
    publishedShelves(database),
  ])
  return (rows as Published<'agreement'>[]).map((row) => agreementEntry(row, shelves.partner, locale))
}

/** What each dimension of the register is in SQL: the condition for chosen values, and the values of a row. */
const dimensions = {
  kind: { of: sql`array[record_kind]`, label: 'portal:facet.kind' },
  country: { of: sql`countries`, label: 'portal:facet.country' },
  field: { of: sql`fields`, label: 'portal:facet.field' },
} as const

type DimensionName = keyof typeof dimensions

const dimensionNames = Object.keys(dimensions) as DimensionName[]

/**
 * The page of the public register that a query asks for, the newest first.
 * @throws DomainError as `readFilters`; `not_found` past the last page.
 */
export async function listAgreements(
  database: Queryable,
  locale: Locale,
  search: URLSearchParams,
): Promise<AgreementList> {
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const filters = readRegisterFilters(hub, search)
  const [rows, { total, counts }] = await Promise.all([rowsOf(database, filters), countsOf(database, filters)])
  const pages = Math.max(1, Math.ceil(total / pageSize))
  if (filters.page > pages) throw new DomainError('not_found')
  return {
    hub,
    filters,
    facets: facetsOf(paths.agreements(locale), filters, counts, facetWords(hub, locale)),
    entries: rows.map((row) => agreementEntry(row, shelves.partner, locale)),
    total,
    page: filters.page,
    pages,
  }
}

/** What the public register is narrowed to. @throws DomainError as `readFilters` */
export function readRegisterFilters(hub: Hub, search: URLSearchParams): Filters {
  return readFilters(search, [
    { name: 'kind', known: new Set(agreementKinds) },
    { name: 'country', known: new Set(hub.countries.keys()) },
    { name: 'field', known: new Set(hub.fields.keys()) },
  ])
}

/** The same as one reads it: `Country: Thailand, Viet Nam`. */
export function registerFilterLabels(hub: Hub, { chosen }: Filters, locale: Locale): string[] {
  const t = translator(locale)
  return facetWords(hub, locale).flatMap(({ name, label, labelOf }) => {
    const values = (chosen[name] ?? []).map(labelOf)
    if (values.length === 0) return []
    return [t('register:chosen.named', { name: label, value: values.join(t('portal:list.separator')) })]
  })
}

/**
 * Whether a row has one of the chosen values. Written out, as everything in the list's two queries is: PostgreSQL is
 * asked once for a text without parameters, twice for one with them. Filters hold known values and numbers only.
 */
function condition(name: DimensionName, filters: Filters): SQL {
  const chosen = filters.chosen[name] ?? []
  if (chosen.length === 0) return sql`true`
  return sql`${dimensions[name].of} && array[${sql.join(
    chosen.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`
}

type ListedAgreement = Pick<Published<'agreement'>, 'slug' | 'recordKind' | 'content'>

async function rowsOf(database: Queryable, filters: Filters): Promise<readonly ListedAgreement[]> {
  const page = sql`
    select slug, record_kind as "recordKind", content from ${publications}
    where ${and(released, ...dimensionNames.map((name) => condition(name, filters)))}
    order by ${sql.join([...newestFirst], sql`, `)}
    limit ${pageSize} offset ${(filters.page - 1) * pageSize}`
  return await database.execute<ListedAgreement & Record<string, unknown>>(page.inlineParams())
}

/** The total, and for each dimension the count of each value under what the other dimensions ask for; one query. */
async function countsOf(database: Queryable, filters: Filters) {
  const fits = (name: DimensionName) => sql.identifier(`fits_${name}`)
  const tests = dimensionNames.map((name) => sql`${condition(name, filters)} as ${fits(name)}`)
  const facets = dimensionNames.map((name) => {
    const others = dimensionNames.filter((other) => other !== name).map((other) => sql`${fits(other)}`)
    return sql`
      select ${name}::text, value, count(*)::int
      from released cross join lateral unnest(${dimensions[name].of}) as value
      where ${and(...others)} group by value`
  })
  const counting = sql`
    with released as materialized (
      select record_kind, countries, fields, ${sql.join(tests, sql`, `)} from ${publications} where ${released}
    )
    select 'total' as dimension, '' as value, count(*)::int as count
    from released where ${and(...dimensionNames.map((name) => sql`${fits(name)}`))}
    union all ${sql.join(facets, sql` union all `)}`
  const rows = await database.execute<{ dimension: string; value: string; count: number }>(counting.inlineParams())
  const counts: Record<string, Map<string, number>> = {}
  for (const { dimension, value, count } of rows) (counts[dimension] ??= new Map()).set(value, count)
  return { total: counts['total']?.get('') ?? 0, counts }
}

function facetWords(hub: Hub, locale: Locale): FacetWords[] {
  const t = translator(locale)
  const labels: Record<DimensionName, (value: string) => string> = {
    kind: (kind) => t(`agreements:kind.${kind as AgreementKind}`),
    country: (code) => countryName(hub, code, locale),
    field: (code) => termName(hub.fields, code, locale),
  }
  return dimensionNames.map((name) => ({ name, label: t(dimensions[name].label), labelOf: labels[name] }))
}

/**
 * A public agreement, or the slug that it has now.
 * @throws DomainError `not_found` or `gone`.
 */
export async function showAgreement(
  database: Queryable,
  locale: Locale,
  slug: string,
): Promise<AgreementPage | { readonly movedTo: string }> {
  const [hub, shelves, found] = await Promise.all([
    loadHub(database),
    publishedShelves(database),
    findAgreement(database, slug),
  ])
  if ('movedTo' in found) return found
  return agreementPage(hub, shelves, found.record, locale, await editionsOf(database, found.record.recordId))
}

/** What is left of an agreement that was withdrawn: when it was public. */
export interface WithdrawnAgreement {
  readonly hub: Hub
  readonly publicHistory: readonly PublicEvent[]
}

/** The same as `showAgreement`; of one that was withdrawn, its public history. @throws DomainError `not_found` */
export async function openAgreement(
  database: Queryable,
  locale: Locale,
  slug: string,
): Promise<AgreementPage | { readonly movedTo: string } | { readonly withdrawn: WithdrawnAgreement }> {
  try {
    return await showAgreement(database, locale, slug)
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'gone') throw error
    const [former] = await database
      .select({ recordId: publications.recordId })
      .from(publications)
      .where(and(eq(publications.kind, 'agreement'), eq(publications.slug, slug)))
      .orderBy(desc(publications.publishedAt))
      .limit(1)
    if (former === undefined) throw error
    const editions = await editionsOf(database, former.recordId)
    const isOwn = editions.every(({ content }) => content.origin === 'office')
    return { withdrawn: { hub: await loadHub(database), publicHistory: isOwn ? publicHistoryOf(editions) : [] } }
  }
}

async function editionsOf(database: Queryable, recordId: string): Promise<PublicEdition[]> {
  const rows = await database
    .select({
      content: publications.content,
      publishedAt: publications.publishedAt,
      withdrawnAt: publications.withdrawnAt,
    })
    .from(publications)
    .where(and(eq(publications.kind, 'agreement'), eq(publications.recordId, recordId)))
    .orderBy(publications.edition)
  return rows.map(({ content, publishedAt, withdrawnAt }) => ({
    content: content as PublicEdition['content'],
    publishedAt: Temporal.Instant.from(publishedAt),
    withdrawnAt: withdrawnAt === null ? undefined : Temporal.Instant.from(withdrawnAt),
  }))
}

async function findAgreement(database: Queryable, slug: string): Promise<Found<Published<'agreement'>>> {
  if (!/^[a-z0-9-]{1,100}$/.test(slug)) throw new DomainError('not_found')
  const [row] = await database
    .select(publishedColumns)
    .from(publications)
    .where(and(released, eq(publications.slug, slug)))
  if (row !== undefined) return { record: row as Published<'agreement'> }
  const [moved] = await database
    .select({ slug: publications.slug })
    .from(publications)
    .where(and(released, sql`${publications.oldSlugs} @> array[${slug}]`))
    .limit(1)
  if (moved !== undefined) return { movedTo: moved.slug }
  throw await missing(database, 'agreement', slug)
}

/** The public agreements last signed. */
export async function latestAgreements(database: Queryable, locale: Locale, count: number): Promise<AgreementEntry[]> {
  const [rows, shelves] = await Promise.all([
    database
      .select(publishedColumns)
      .from(publications)
      .where(released)
      .orderBy(...newestFirst)
      .limit(count),
    publishedShelves(database),
  ])
  return (rows as Published<'agreement'>[]).map((row) => agreementEntry(row, shelves.partner, locale))
}
