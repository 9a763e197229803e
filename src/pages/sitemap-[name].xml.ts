import type { APIRoute } from 'astro'
import { sitemapEntries, sitemapXml } from '#features/publications/sitemap.ts'
import { DomainError } from '#platform/errors.ts'

export const GET: APIRoute = async ({ params: { name = '' }, locals: { context } }) => {
  const entries = await sitemapEntries(context.database, name)
  if (entries === undefined) throw new DomainError('not_found')
  return new Response(sitemapXml(entries, context.config.baseUrl), { headers: { 'Content-Type': 'application/xml' } })
}
