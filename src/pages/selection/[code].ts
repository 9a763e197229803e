import type { APIRoute } from 'astro'
import { paths } from '#platform/paths.ts'

/** A share link: it leads to the selection in the language that its reader chose or whose browser asks for. */
export const GET: APIRoute = ({ params: { code = '' }, locals }) =>
  new Response(null, {
    status: 302,
    headers: { Location: paths.sharedSelection(locals.locale, code), Vary: 'Accept-Language, Cookie' },
  })
