import type { APIRoute } from 'astro'
import { sitemapIndexXml, sitemapNames } from '#features/publications/sitemap.ts'

export const GET: APIRoute = async ({ locals: { context } }) => {
  const names = await sitemapNames(context.database)
  return new Response(sitemapIndexXml(names, context.config.baseUrl), {
    headers: { 'Content-Type': 'application/xml' },
  })
}
