import { bestName, type Hub, type Named } from '#features/hub/model.ts'
import type { Facet } from '#features/publications/facets.ts'
import type { Filters } from '#features/publications/filters.ts'
import { nameOf } from '#features/publications/institutions-view.ts'
import type { Published, Shelf } from '#features/publications/shelf.ts'
import { bestText } from '#platform/i18n/fallback.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { paths } from '#platform/paths.ts'
import type { AgreementKind } from './model.ts'

/** One line of the public register. */
export interface AgreementEntry {
  readonly href: string
  readonly title: Named
  readonly kind: string
  readonly reported: boolean
  /** The office's own only. */
  readonly state: string | null
  readonly reference: string | null
  readonly parties: readonly Named[]
  readonly date: PartialDate | null
}

export interface AgreementList {
  readonly hub: Hub
  readonly filters: Filters
  readonly facets: readonly Facet[]
  readonly entries: readonly AgreementEntry[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

export function agreementEntry(
  record: Pick<Published<'agreement'>, 'slug' | 'recordKind' | 'content'>,
  partners: Shelf<'partner'>,
  locale: Locale,
): AgreementEntry {
  const t = translator(locale)
  const { content } = record
  const kind = t(`agreements:kind.${record.recordKind as AgreementKind}`)
  return {
    href: paths.agreement(locale, record.slug),
    title: bestText(content.texts, 'title', locale) ?? { value: kind, lang: '' },
    kind,
    reported: content.origin === 'reported',
    state: content.state,
    reference: content.reference,
    parties: content.parties.flatMap((party) => {
      const profile = party.partnerId === null ? undefined : partners.byId.get(party.partnerId)
      return (profile === undefined ? bestName(party.names, locale) : nameOf(profile, locale)) ?? []
    }),
    date: content.signed ?? content.effective,
  }
}
