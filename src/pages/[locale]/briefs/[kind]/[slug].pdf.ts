import type { APIRoute } from 'astro'
import { publicBriefFile } from '#features/briefs/download.ts'

/** A brief as a PDF: of a record, a country, the catalogue, or a list of the register. */
export const GET: APIRoute = async ({ params: { kind, slug = '' }, url, locals, redirect }) => {
  const answer = await publicBriefFile(locals.context, locals.locale, { segment: kind, slug }, url.searchParams)
  if ('movedTo' in answer) return redirect(answer.movedTo, 301)
  for (const tag of answer.tags) locals.cacheTags.add(tag)
  return new Response(answer.bytes, { headers: answer.headers })
}
