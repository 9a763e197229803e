import type { APIRoute } from 'astro'
import type { BriefKind as Kind } from '#features/briefs/document.ts'
import { issuePublicBrief } from '#features/issued-briefs/public-briefs.ts'
import { DomainError } from '#platform/errors.ts'
import { type BriefKind, paths } from '#platform/paths.ts'

const kinds: Readonly<Record<BriefKind, Kind>> = {
  partners: 'partner',
  labs: 'lab',
  facilities: 'facility',
  agreements: 'agreement',
}

const isKind = (value: string | undefined): value is BriefKind => value !== undefined && value in kinds

/** A record's brief as a PDF, signed and entered into the register of issued briefs. */
export const GET: APIRoute = async ({ params: { kind, file = '' }, locals, redirect }) => {
  const { context, locale } = locals
  if (!isKind(kind) || !file.endsWith('.pdf')) throw new DomainError('not_found')
  const slug = file.slice(0, -'.pdf'.length)
  const issued = await issuePublicBrief(context, kinds[kind], slug, locale)
  if ('movedTo' in issued) return redirect(paths.brief(locale, kind, issued.movedTo), 301)
  for (const tag of ['partner', 'lab', 'facility', 'agreement', 'hub']) locals.cacheTags.add(tag)
  const { bytes, sha256 } = issued
  return new Response(bytes, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${slug}-${locale}.pdf"`,
      'Content-Length': String(bytes.length),
      ETag: `"${sha256.slice(0, 32)}"`,
    },
  })
}
