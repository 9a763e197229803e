import type { APIRoute } from 'astro'
import { locales } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'

export const GET: APIRoute = ({ locals: { context } }) => {
  const closed = [...locales.map((locale) => paths.office.home(locale)), '/feeds/'].map((path) => `Disallow: ${path}`)
  const lines = ['User-agent: *', ...closed, '', `Sitemap: ${context.config.baseUrl}${paths.sitemap()}`, '']
  return new Response(lines.join('\n'), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
