import { nameOf } from '#features/publications/institutions-view.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import type { Queryable } from '#db/client.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { BriefKind } from '#platform/paths.ts'
import type { Hub, Named } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'

/** Records of one kind whose briefs can be taken straight from the page about briefs. */
export interface BriefShelf {
  readonly kind: BriefKind
  readonly title: string
  readonly briefs: readonly { readonly slug: string; readonly name: Named }[]
}

/** The catalogue's briefs; those of the longer lists are found on their records' pages. */
export async function showBriefs(
  database: Queryable,
  locale: Locale,
): Promise<{ hub: Hub; shelves: readonly BriefShelf[] }> {
  const t = translator(locale)
  const [hub, { facility }] = await Promise.all([loadHub(database), publishedShelves(database)])
  const briefs = facility.records
    .filter(({ recordKind }) => recordKind !== 'branch')
    .map((record) => ({ slug: record.slug, name: nameOf(record, locale) }))
  return { hub, shelves: [{ kind: 'facilities', title: t('portal:nav.catalogue'), briefs }] }
}
