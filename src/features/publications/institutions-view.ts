import { bestName, countryName, type Hub, type Named } from '#features/hub/model.ts'
import { bestText, type PublishedField, type PublishedTexts } from '#platform/i18n/fallback.ts'
import { isLocale, languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import type { PublishedInstitution } from './model.ts'
import type { Published, Shelf } from './shelf.ts'

/** A host or party as a page shows it: linked where it has a public profile. */
export interface InstitutionView {
  readonly name: Named
  readonly href: string | undefined
  readonly country: string | undefined
  /** Parties only. */
  readonly role: string | undefined
  /** The name that is shown stands so on the paper. */
  readonly official: boolean
  /** Its names in other languages, where it has no profile that shows them. */
  readonly otherNames: readonly (NamedIn & { readonly official: boolean })[]
}

/** A record's best name. Every published record has one; the slug stands in where data broke that promise. */
export function nameOf(record: Published<'partner' | 'lab' | 'facility'>, locale: Locale): Named {
  const best = bestText(record.content.texts as PublishedTexts<'name'>, 'name', locale)
  return best ?? { value: record.slug, lang: 'en' }
}

export function institutionView(
  institution: PublishedInstitution,
  partners: Shelf<'partner'>,
  hub: Hub,
  locale: Locale,
): InstitutionView {
  const profile = institution.partnerId === null ? undefined : partners.byId.get(institution.partnerId)
  const name = profile === undefined ? bestName(institution.names, locale) : nameOf(profile, locale)
  return {
    name: name ?? { value: '—', lang: 'en' },
    href: profile === undefined ? undefined : paths.partner(locale, profile.slug),
    country: institution.country === null ? undefined : countryName(hub, institution.country, locale),
    role: institution.role,
    official: profile === undefined && isOfficial(institution, name),
    otherNames: profile === undefined ? namesBeside(institution, name) : [],
  }
}

const isOfficial = ({ names, officialNames = [] }: PublishedInstitution, shown: Named | undefined) =>
  officialNames.some((language) => names[language] === shown?.value)

/** The names of an institution without a profile, but for the one that is shown. */
function namesBeside({ names, officialNames = [] }: PublishedInstitution, shown: Named | undefined) {
  return inSiteOrder(Object.keys(names)).flatMap((language) => {
    const [value, lang] = [names[language] ?? '', isLocale(language) ? languageTags[language] : language]
    if (value === '' || value === shown?.value) return []
    return [{ value, lang, language, official: officialNames.includes(language) }]
  })
}

const inSiteOrder = (languages: readonly string[]) => {
  const rank = (language: string) => (isLocale(language) ? locales.indexOf(language) : locales.length)
  return languages.toSorted((a, b) => rank(a) - rank(b))
}

/** A name, and the language that the record keeps it under. */
export interface NamedIn extends Named {
  readonly language: string
}

/** The record's names in languages other than the one already shown, the five locales first, in their order. */
export function otherNames<Field extends string>(
  texts: PublishedTexts<Field>,
  field: Field,
  shownLanguage: string | undefined,
): NamedIn[] {
  return inSiteOrder(Object.keys(texts)).flatMap((language) => {
    const text: Partial<Record<Field, PublishedField>> = texts[language] ?? {}
    const value = text[field]?.value
    if (value === undefined || value === '' || language === shownLanguage) return []
    return [{ value, lang: isLocale(language) ? languageTags[language] : language, language }]
  })
}
