import type { BriefSubject } from '#features/briefs/queries.ts'
import { issueBrief, type IssueContext, type IssuedBrief } from '#features/issued-briefs/issue.ts'
import { publicBrief } from '#features/issued-briefs/public-briefs.ts'
import type { Locale } from '#platform/i18n/locales.ts'

/** Issues the brief of something public, as its download does. */
export async function issuePublic(
  context: IssueContext,
  subject: BriefSubject,
  first: Locale,
  second?: Locale,
): Promise<IssuedBrief> {
  const found = await publicBrief(context, subject, { first, second })
  if ('movedTo' in found) throw new Error(`${subject.slug} has moved`)
  return issueBrief(context, found)
}
