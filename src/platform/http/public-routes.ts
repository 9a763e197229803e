import type { RouteTable } from './routes.ts'

/**
 * The public pages, with the query parameters that each reads and the records that each shows. What is not here is
 * rendered anew for each request (the office, the machine interface).
 */
export const routes: RouteTable = {
  publicRoutes: [
    { pattern: '', parameters: [], tags: ['hub', 'partner', 'lab', 'facility', 'agreement'] },
    {
      pattern: 'partners',
      parameters: ['q', 'country', 'kind', 'field', 'side', 'page'],
      tags: ['hub', 'partner'],
    },
    { pattern: 'partners/*', parameters: [], tags: ['hub', 'partner', 'lab', 'facility', 'agreement'] },
    {
      pattern: 'labs',
      parameters: ['q', 'country', 'kind', 'field', 'stage', 'page'],
      tags: ['hub', 'lab', 'partner'],
    },
    { pattern: 'labs/*', parameters: [], tags: ['hub', 'lab', 'partner', 'agreement'] },
    { pattern: 'catalogue', parameters: [], tags: ['hub', 'facility', 'partner'] },
    { pattern: 'catalogue/*', parameters: [], tags: ['hub', 'facility', 'partner'] },
    {
      pattern: 'agreements',
      parameters: ['q', 'country', 'kind', 'field', 'page'],
      tags: ['hub', 'agreement', 'partner'],
    },
    { pattern: 'agreements/*', parameters: [], tags: ['hub', 'agreement', 'partner', 'lab'] },
    { pattern: 'network', parameters: [], tags: ['hub', 'partner', 'lab', 'agreement'] },
    { pattern: 'briefs', parameters: [], tags: ['hub'] },
    {
      pattern: 'briefs/*/*',
      parameters: ['in', 'with', 'country', 'kind', 'field'],
      tags: ['hub', 'partner', 'lab', 'facility', 'agreement'],
    },
    { pattern: 'about', parameters: [], tags: ['hub'] },
    { pattern: 'policy', parameters: [], tags: ['hub'] },
    { pattern: 'robots.txt', parameters: [], tags: [], atRoot: true },
    { pattern: 'sitemap.xml', parameters: [], tags: ['partner', 'lab', 'facility', 'agreement'], atRoot: true },
    { pattern: 'sitemap-*.xml', parameters: [], tags: ['partner', 'lab', 'facility', 'agreement'], atRoot: true },
  ],
  rootSegments: ['api', 'feeds', 'hub-certificate.pem', 'selection'],
}
