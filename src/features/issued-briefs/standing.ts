import { and, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { publications, type PublicationKind } from '#db/schema/index.ts'
import type { Named } from '#features/hub/model.ts'
import { bestText, type PublishedTexts } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { areUnchanged } from './office-records.ts'
import type { IssueContext } from './issue.ts'
import { keyOfRecipe } from './public-briefs.ts'
import type { RegisterEntry } from './register.ts'

/** Whether a brief still says what the records say. */
export type Standing =
  | { readonly state: 'current' }
  /** Records have changed; those that are not public any more are counted and not named. */
  | { readonly state: 'changed'; readonly changed: readonly ChangedRecord[]; readonly withdrawn: number }
  /** None of its records has changed, but issued today it would say something else: others have come to it. */
  | { readonly state: 'different' }

export interface ChangedRecord {
  readonly kind: PublicationKind
  readonly name: Named
  readonly href: string
  /** Of the edition that the public sees now. */
  readonly at: Temporal.Instant
}

const recordPaths: Readonly<Record<PublicationKind, (locale: Locale, slug: string) => string>> = {
  partner: paths.partner,
  lab: paths.lab,
  facility: paths.facility,
  agreement: paths.agreement,
}

export async function standingOf(
  context: Omit<IssueContext, 'signer'>,
  entry: RegisterEntry,
  locale: Locale,
): Promise<Standing> {
  const { database } = context
  const { changed, withdrawn } = await changesSince(database, entry, locale)
  if (entry.isInternal) {
    const isSame = changed.length === 0 && withdrawn === 0 && (await areUnchanged(database, entry.officeRecords))
    // What has changed is not public, not even by number.
    return isSame ? { state: 'current' } : { state: 'changed', changed: [], withdrawn: 0 }
  }
  const isAnyOther = changed.length > 0 || withdrawn > 0
  const key = entry.recipe === null ? undefined : await keyOfRecipe(context, entry.recipe)
  if (key === entry.contentKey) return { state: 'current' }
  if (isAnyOther) return { state: 'changed', changed, withdrawn }
  return { state: key === undefined ? 'current' : 'different' }
}

/** Records named at most; a register's report may hold thousands. */
const mostNamed = 100

async function changesSince(database: Queryable, { editions }: RegisterEntry, locale: Locale) {
  if (editions.length === 0) return { changed: [], withdrawn: 0 }
  const now = alias(publications, 'now')
  const isNow = and(isNull(now.supersededAt), isNull(now.withdrawnAt))
  const rows = await database
    .select({
      kind: publications.kind,
      slug: now.slug,
      publishedAt: now.publishedAt,
      texts: sql<PublishedTexts<'name' | 'title'> | null>`${now.content} -> 'texts'`,
    })
    .from(publications)
    .leftJoin(now, and(eq(now.kind, publications.kind), eq(now.recordId, publications.recordId), isNow))
    .where(
      and(
        sql`${publications.id} = any(${sql.param([...editions])}::uuid[])`,
        sql`${now.id} is distinct from ${publications.id}`,
      ),
    )
    .orderBy(publications.kind, publications.slug)
  const changed = rows.flatMap(({ kind, slug, publishedAt, texts }): ChangedRecord[] => {
    if (slug === null || publishedAt === null) return []
    const best = bestText(texts ?? {}, kind === 'agreement' ? 'title' : 'name', locale)
    const at = Temporal.Instant.from(publishedAt)
    return [{ kind, name: best ?? { value: slug, lang: 'en' }, href: recordPaths[kind](locale, slug), at }]
  })
  return { changed: changed.slice(0, mostNamed), withdrawn: rows.length - changed.length }
}

/** Whether the record that a brief is about is public still; true for one about no record in particular. */
export async function isSubjectPublic(database: Queryable, { subjectId }: RegisterEntry): Promise<boolean> {
  if (subjectId === null) return true
  const [row] = await database
    .select({ id: publications.id })
    .from(publications)
    .where(
      and(eq(publications.recordId, subjectId), isNull(publications.supersededAt), isNull(publications.withdrawnAt)),
    )
    .limit(1)
  return row !== undefined
}
