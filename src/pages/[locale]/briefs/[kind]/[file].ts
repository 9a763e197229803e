import type { APIRoute } from 'astro'
import type { BriefKind as Kind } from '#features/briefs/document.ts'
import { briefFile } from '#features/briefs/files.ts'
import { briefOf } from '#features/briefs/queries.ts'
import { DomainError } from '#platform/errors.ts'
import { type BriefKind, paths } from '#platform/paths.ts'

const kinds: Readonly<Record<BriefKind, Kind>> = {
  partners: 'partner',
  labs: 'lab',
  facilities: 'facility',
  agreements: 'agreement',
}

const isKind = (value: string | undefined): value is BriefKind => value !== undefined && value in kinds

/** A record's brief as a PDF. */
export const GET: APIRoute = async ({ params: { kind, file = '' }, locals, redirect }) => {
  const { context, locale } = locals
  if (!isKind(kind) || !file.endsWith('.pdf')) throw new DomainError('not_found')
  const slug = file.slice(0, -'.pdf'.length)
  const found = await briefOf(context, kinds[kind], slug, locale)
  if ('movedTo' in found) return redirect(paths.brief(locale, kind, found.movedTo), 301)
  for (const tag of ['partner', 'lab', 'facility', 'agreement', 'hub']) locals.cacheTags.add(tag)
  const { bytes, key } = await briefFile(found.document)
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${slug}-${locale}.pdf"`,
      'Content-Length': String(bytes.length),
      ETag: `"${key.slice(0, 32)}"`,
    },
  })
}
