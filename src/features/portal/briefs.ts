import { nameOf } from '#features/publications/institutions-view.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import { wholeSlug } from '#features/briefs/model.ts'
import type { Queryable } from '#db/client.ts'
import { collatorOf } from '#platform/i18n/format.ts'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { BriefKind } from '#platform/paths.ts'
import { countryName, type Hub, type Named } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'

/** Briefs that can be taken straight from the page about briefs. */
export interface BriefShelf {
  readonly title: string
  readonly briefs: readonly { readonly kind: BriefKind; readonly slug: string; readonly name: Named }[]
}

/** The catalogue's briefs, those of countries, and the collections; the others are found on their records' pages. */
export async function showBriefs(
  database: Queryable,
  locale: Locale,
): Promise<{ hub: Hub; shelves: readonly BriefShelf[] }> {
  const t = translator(locale)
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const facilities = shelves.facility.records.filter(({ recordKind }) => recordKind !== 'branch')
  const countries = [...hub.countries.keys()].filter((code) =>
    shelves.partner.records.some(({ content }) => content.country === code),
  )
  const { compare } = collatorOf(locale)
  const lang = languageTags[locale]
  return {
    hub,
    shelves: [
      {
        title: t('portal:nav.catalogue'),
        briefs: facilities.map((record) => ({ kind: 'facilities', slug: record.slug, name: nameOf(record, locale) })),
      },
      {
        title: t('portal:facet.country'),
        briefs: countries
          .map(
            (code) =>
              ({ kind: 'countries', slug: code.toLowerCase(), name: nameOfCountry(hub, code, locale) }) as const,
          )
          .toSorted((a, b) => compare(a.name.value, b.name.value)),
      },
      {
        title: t('portal:briefs.collections'),
        briefs: (['catalogue', 'register'] as const).map((kind) => ({
          kind,
          slug: wholeSlug,
          name: { value: t(`briefs:kind.${kind}`), lang },
        })),
      },
    ],
  }
}

const nameOfCountry = (hub: Hub, code: string, locale: Locale): Named => ({
  value: countryName(hub, code, locale),
  lang: languageTags[locale],
})
