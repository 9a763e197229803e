import { z } from 'zod'
import type { BriefRecipe } from '#db/schema/index.ts'
import { type BriefLanguages, inOrder } from '#features/briefs/languages.ts'
import { briefKinds } from '#features/briefs/model.ts'
import { briefOf, type BriefSubject, mostReported } from '#features/briefs/queries.ts'
import { DomainError } from '#platform/errors.ts'
import { locales } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { contentKey } from './content.ts'
import type { BriefToIssue, IssueContext } from './issue.ts'

/** A brief of what is public, asked for again. */
const recipe = z.object({
  kind: z.enum(briefKinds),
  slug: z.string(),
  search: z.string(),
  first: z.enum(locales),
  second: z.enum(locales).nullable(),
})

type Recipe = z.infer<typeof recipe>

/**
 * The brief of what is published, ready to be issued; or the slug that the record has now.
 * @param most agreements in a report of the register
 * @throws DomainError as `briefOf`
 */
export async function publicBrief(
  context: IssueContext,
  subject: BriefSubject,
  languages: BriefLanguages,
  most = mostReported(languages),
): Promise<(BriefToIssue & { readonly document: DocumentModel }) | { readonly movedTo: string }> {
  const found = await briefOf(context, subject, languages, most)
  if ('movedTo' in found) return found
  return {
    kind: subject.kind,
    document: found.document,
    languages: inOrder(languages),
    recipe: recipeOf(subject, languages),
    again: async (at) => {
      const next = await briefOf({ ...context, clock: { now: () => at } }, subject, languages, most)
      return 'movedTo' in next ? undefined : next.document
    },
  }
}

/** What the same brief can be made from again. */
export function recipeOf({ kind, slug, search }: BriefSubject, { first, second }: BriefLanguages): BriefRecipe {
  const asked: Recipe = { kind, slug, search: String(search ?? ''), first, second: second ?? null }
  return { ...asked }
}

/** Agreements of a report that is made again only to see whether it would still be the same. */
const mostCompared = 500

/** What the brief of a recipe would be known by today; undefined where it cannot be made any more, or takes too long. */
export async function keyOfRecipe(
  context: Omit<IssueContext, 'signer'>,
  given: BriefRecipe | null,
): Promise<string | undefined> {
  const { data } = recipe.safeParse(given)
  if (data === undefined) return undefined
  const document = await documentOf(context, data)
  const languages = inOrder(languagesOf(data))
  return document && contentKey({ kind: data.kind, languages, isInternal: false, document })
}

const languagesOf = ({ first, second }: Recipe): BriefLanguages => ({ first, second: second ?? undefined })

async function documentOf(context: Omit<IssueContext, 'signer'>, asked: Recipe): Promise<DocumentModel | undefined> {
  const { kind, slug, search } = asked
  try {
    const subject = { kind, slug, search: new URLSearchParams(search) }
    const found = await briefOf(context, subject, languagesOf(asked), mostCompared)
    return 'movedTo' in found ? await documentOf(context, { ...asked, slug: found.movedTo }) : found.document
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
