import { eq } from 'drizzle-orm'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import type { Queryable } from '#db/client.ts'
import { pages } from '#db/schema/index.ts'
import { DomainError } from '#platform/errors.ts'
import { bestText, type BestText, type TextStatus } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { renderMarkdown } from './markdown.ts'

export type EditorialSlug = 'about' | 'policy'

export interface EditorialPage {
  readonly hub: Hub
  readonly title: BestText
  /** `value` is Markdown. */
  readonly body: BestText
  readonly html: string
  /** The first paragraph as plain text. */
  readonly description: string
}

/**
 * An editorial page in the reader's language, or in the next best.
 * @throws DomainError `not_found` where it is in no language.
 */
export async function showEditorialPage(
  database: Queryable,
  locale: Locale,
  slug: EditorialSlug,
): Promise<EditorialPage> {
  const [hub, rows] = await Promise.all([loadHub(database), database.select().from(pages).where(eq(pages.slug, slug))])
  const texts = Object.fromEntries(
    rows.map((row) => {
      const status = row.status as TextStatus
      return [row.locale, { title: { value: row.title, status }, body: { value: row.body, status } }]
    }),
  )
  const title = bestText(texts, 'title', locale)
  const body = bestText(texts, 'body', locale)
  if (title === undefined || body === undefined) throw new DomainError('not_found')
  return { hub, title, body, ...renderMarkdown(body.value) }
}
