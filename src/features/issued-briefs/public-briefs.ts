import { z } from 'zod'
import type { BriefRecipe } from '#db/schema/index.ts'
import type { BriefKind } from '#features/briefs/document.ts'
import { briefOf } from '#features/briefs/queries.ts'
import { DomainError } from '#platform/errors.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { contentKey } from './content.ts'
import { issueBrief, type IssueContext, type IssuedBrief } from './issue.ts'

/** A brief of one public record, asked for again. */
const recipe = z.object({
  kind: z.enum(['partner', 'lab', 'facility', 'agreement']),
  slug: z.string(),
  locale: z.enum(locales),
})

/**
 * Issues the brief of a published record, or tells the slug that the record has now.
 * @throws DomainError `not_found` or `gone`; `unprintable` or `busy`
 */
export async function issuePublicBrief(
  context: IssueContext,
  kind: BriefKind,
  slug: string,
  locale: Locale,
): Promise<IssuedBrief | { readonly movedTo: string }> {
  const found = await briefOf(context, kind, slug, locale)
  if ('movedTo' in found) return found
  const again = async () => {
    const next = await briefOf(context, kind, slug, locale)
    return 'movedTo' in next ? undefined : next.document
  }
  return issueBrief(context, {
    kind,
    document: found.document,
    languages: [locale],
    recipe: { kind, slug, locale } satisfies z.infer<typeof recipe>,
    again,
  })
}

/** What the brief of a recipe would be known by today; undefined where it cannot be made any more. */
export async function keyOfRecipe(
  context: Omit<IssueContext, 'signer'>,
  given: BriefRecipe | null,
): Promise<string | undefined> {
  const { data } = recipe.safeParse(given)
  if (data === undefined) return undefined
  const document = await documentOf(context, data)
  return document && contentKey({ kind: data.kind, languages: [data.locale], isInternal: false, document })
}

async function documentOf(
  context: Omit<IssueContext, 'signer'>,
  { kind, slug, locale }: z.infer<typeof recipe>,
): Promise<DocumentModel | undefined> {
  try {
    const found = await briefOf(context, kind, slug, locale)
    return 'movedTo' in found ? await documentOf(context, { kind, slug: found.movedTo, locale }) : found.document
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
