import { and, eq, inArray } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { publications } from '#db/schema/index.ts'
import { type AgreementEntry, agreementEntry } from '#features/agreements/list.ts'
import { countryName, type Hub, type Named } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { nameOf } from '#features/publications/institutions-view.ts'
import {
  current,
  findOnShelf,
  missing,
  publishedColumns,
  publishedShelves,
  type Shelves,
} from '#features/publications/queries.ts'
import type { Published } from '#features/publications/shelf.ts'
import { DomainError } from '#platform/errors.ts'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import { paths, withQuery } from '#platform/paths.ts'
import { type ItemKind, itemKinds, type SelectionItem } from './model.ts'

/** An item as a page shows it. */
export interface ShownItem {
  readonly item: SelectionItem
  /** Undefined where it is not public any more: then nothing is said of it but its kind. */
  readonly shown: { readonly name: Named; readonly href: string; readonly slug: string } | undefined
}

const isKind = (text: string | undefined): text is ItemKind =>
  (itemKinds as readonly (string | undefined)[]).includes(text)

/**
 * The item that an address of the site names, as the buttons send it: `partner/kunming-university`, `country/th`.
 * @throws DomainError `not_found`, `gone`; `bad_request` for what no button sends
 */
export async function findItem(database: Queryable, sent: string): Promise<SelectionItem> {
  const [kind, slug = '', ...more] = sent.split('/')
  if (!isKind(kind) || more.length > 0) throw new DomainError('bad_request', { parameter: 'item' })
  if (kind === 'country') {
    const hub = await loadHub(database)
    const code = slug.toUpperCase()
    if (!/^[a-z]{2}$/i.test(slug) || !hub.countries.has(code)) throw new DomainError('not_found')
    return { kind, id: code }
  }
  if (kind === 'agreement') {
    const [row] = /^[a-z0-9-]{1,100}$/.test(slug)
      ? await database
          .select({ id: publications.recordId })
          .from(publications)
          .where(and(eq(publications.kind, 'agreement'), eq(publications.slug, slug), current))
      : []
    if (row === undefined) throw await missing(database, 'agreement', slug)
    return { kind, id: row.id }
  }
  const shelves = await publishedShelves(database)
  return { kind, id: await onShelf(database, shelves, kind, slug) }
}

async function onShelf(
  database: Queryable,
  shelves: Shelves,
  kind: 'partner' | 'lab' | 'facility',
  slug: string,
): Promise<string> {
  const found = await findOnShelf(
    database,
    kind,
    shelves[kind] as Shelves['partner'] & Shelves['lab'] & Shelves['facility'],
    slug,
  )
  return 'record' in found ? found.record.recordId : onShelf(database, shelves, kind, found.movedTo)
}

/** The items with the names that they have now, in the reader's language. */
export async function showItems(
  database: Queryable,
  items: readonly SelectionItem[],
  locale: Locale,
): Promise<readonly ShownItem[]> {
  const [hub, shelves, agreements] = await Promise.all([
    loadHub(database),
    publishedShelves(database),
    agreementsByIds(
      database,
      items.filter(({ kind }) => kind === 'agreement').map(({ id }) => id),
    ),
  ])
  return items.map((item) => ({ item, shown: shownOf(item, { hub, shelves, agreements }, locale) }))
}

interface Around {
  readonly hub: Hub
  readonly shelves: Shelves
  readonly agreements: ReadonlyMap<string, Published<'agreement'>>
}

function shownOf(
  { kind, id }: SelectionItem,
  { hub, shelves, agreements }: Around,
  locale: Locale,
): ShownItem['shown'] {
  if (kind === 'country') {
    if (!hub.countries.has(id)) return undefined
    const name = { value: countryName(hub, id, locale), lang: languageTags[locale] }
    return { name, slug: id.toLowerCase(), href: withQuery(paths.partners(locale), { country: id }) }
  }
  if (kind === 'agreement') {
    const record = agreements.get(id)
    if (record === undefined) return undefined
    const { title, href }: AgreementEntry = agreementEntry(record, shelves.partner, locale)
    return { name: title, href, slug: record.slug }
  }
  const record = shelves[kind].byId.get(id)
  if (record === undefined) return undefined
  const { slug } = record
  return { name: nameOf(record, locale), slug, href: paths[kind](locale, slug) }
}

/** Public agreements by the ids of their records; those that are not public (any more) are not among them. */
export async function agreementsByIds(
  database: Queryable,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Published<'agreement'>>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select(publishedColumns)
    .from(publications)
    .where(and(eq(publications.kind, 'agreement'), current, inArray(publications.recordId, [...ids])))
  return new Map((rows as Published<'agreement'>[]).map((row) => [row.recordId, row]))
}
