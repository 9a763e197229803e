import { and, asc, count, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { publications, type PublicationKind } from '#db/schema/index.ts'
import { type Locale, languageTags, locales } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { current } from './queries.ts'

/** A page as search engines are told of it. */
export interface SitemapEntry {
  readonly path: (locale: Locale) => string
  /** ISO 8601. */
  readonly changedAt?: string
}

/** Each record has an address in five locales, and a sitemap may hold 50,000 addresses (sitemaps.org). */
export const recordsInSitemap = 5_000

const recordPaths: Readonly<Record<PublicationKind, (locale: Locale, slug: string) => string>> = {
  partner: paths.partner,
  lab: paths.lab,
  facility: paths.facility,
  agreement: paths.agreement,
}

const kinds = Object.keys(recordPaths) as PublicationKind[]

const pages: readonly ((locale: Locale) => string)[] = [
  paths.home,
  paths.partners,
  paths.labs,
  paths.catalogue,
  paths.network,
  paths.agreements,
  paths.briefs,
  paths.verify,
  paths.about,
  paths.policy,
]

/** The names of the sitemaps that there are: `pages`, and `partner-1`, `partner-2` … for each kind of record. */
export async function sitemapNames(database: Queryable): Promise<string[]> {
  const rows = await database
    .select({ kind: publications.kind, records: count() })
    .from(publications)
    .where(current)
    .groupBy(publications.kind)
  const parts = kinds.flatMap((kind) => {
    const records = rows.find((row) => row.kind === kind)?.records ?? 0
    return Array.from({ length: Math.ceil(records / recordsInSitemap) }, (_, index) => `${kind}-${index + 1}`)
  })
  return ['pages', ...parts]
}

/** What one sitemap lists; undefined when there is none of that name. */
export async function sitemapEntries(database: Queryable, name: string): Promise<SitemapEntry[] | undefined> {
  if (name === 'pages') return pages.map((path) => ({ path }))
  const [, kindName, number = ''] = /^([a-z]+)-([1-9]\d{0,4})$/.exec(name) ?? []
  const kind = kinds.find((candidate) => candidate === kindName)
  if (kind === undefined) return undefined
  const rows = await database
    .select({ slug: publications.slug, publishedAt: publications.publishedAt })
    .from(publications)
    .where(and(eq(publications.kind, kind), current))
    .orderBy(asc(publications.recordId))
    .limit(recordsInSitemap)
    .offset((Number(number) - 1) * recordsInSitemap)
  if (rows.length === 0) return undefined
  return rows.map(({ slug, publishedAt }) => ({
    path: (locale) => recordPaths[kind](locale, slug),
    changedAt: new Date(publishedAt).toISOString(),
  }))
}

/** A sitemap: every page in every locale, each with its alternates. */
export function sitemapXml(entries: readonly SitemapEntry[], origin: string): string {
  const urls = entries.flatMap(({ path, changedAt }) => {
    const alternates = locales
      .map((locale) => [languageTags[locale], path(locale)])
      .concat([['x-default', path('en')]])
      .map(([tag, href]) => `<xhtml:link rel="alternate" hreflang="${tag}" href="${origin}${href}"/>`)
      .join('')
    const changed = changedAt === undefined ? '' : `<lastmod>${changedAt}</lastmod>`
    return locales.map((locale) => `<url><loc>${origin}${path(locale)}</loc>${changed}${alternates}</url>`)
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`
}

/** The index of all sitemaps. */
export function sitemapIndexXml(names: readonly string[], origin: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${names.map((name) => `<sitemap><loc>${origin}${paths.sitemap(name)}</loc></sitemap>`).join('\n')}
</sitemapindex>
`
}
