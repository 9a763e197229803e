import { countryName } from '#features/hub/model.ts'
import type { PublishedAgreement, PublishedInstitution } from '#features/publications/model.ts'
import { formatDate, formatList, languageName } from '#platform/i18n/format.ts'
import { isLocale, languageTags } from '#platform/i18n/locales.ts'
import { describeValue, type Describer, fieldLabel, nameOf } from './describe.ts'
import { roleLabel, stateLabel } from './labels.ts'

/** One thing that the public will see; `lang` is the BCP 47 tag of its value where it has a language of its own. */
export interface ReleaseLine {
  readonly label: string
  readonly value: string
  readonly lang?: string
}

type Tell = (content: PublishedAgreement, view: Describer) => readonly ReleaseLine[]

const line = (label: string, value: string | null | undefined): readonly ReleaseLine[] =>
  value === null || value === undefined || value === '' ? [] : [{ label, value }]

const day =
  (field: 'signed' | 'effective' | 'ends'): Tell =>
  (content, { t, locale }) => {
    const date = content[field]
    return line(fieldLabel(t, field), date && formatDate(date, locale))
  }

/** Every part of what is published has its line here: a new one does not compile without. */
const parts: Readonly<Record<keyof PublishedAgreement, Tell>> = {
  kind: ({ kind }, view) => line(fieldLabel(view.t, 'kind'), describeValue('kind', kind, view)),
  // The register says of every agreement of the office's that it is one.
  origin: () => [],
  state: ({ state }, { t }) => line(fieldLabel(t, 'state'), state && stateLabel(t, state)),
  reference: ({ reference }, { t }) => line(fieldLabel(t, 'reference'), reference),
  texts: ({ texts }, { t, locale }) =>
    (['title', 'summary'] as const).flatMap((field) =>
      Object.entries(texts).flatMap(([language, words]) => {
        const value = words?.[field]?.value
        if (value === undefined) return []
        const lang = isLocale(language) ? languageTags[language] : language
        const named = { field: fieldLabel(t, field), language: languageName(lang, locale) }
        return [{ label: t('agreements:field_in', named), value, lang }]
      }),
    ),
  officialTitles: ({ officialTitles = [] }, view) =>
    line(fieldLabel(view.t, 'officialTitles'), describeValue('officialTitles', officialTitles, view)),
  sourceLocale: ({ sourceLocale }, { t, locale }) =>
    line(fieldLabel(t, 'sourceLocale'), languageName(sourceLocale, locale)),
  parties: ({ parties }, view) =>
    parties.map((party, index) => ({
      label: view.t('agreements:party.numbered', { n: index + 1 }),
      value: partyInWords(party, view),
    })),
  signed: day('signed'),
  effective: day('effective'),
  ends: day('ends'),
  labIds: ({ labIds }, view) =>
    line(
      fieldLabel(view.t, 'labs'),
      formatList(
        labIds.map((id) => nameOf(id, view)),
        view.locale,
      ),
    ),
  fields: ({ fields }, view) => line(fieldLabel(view.t, 'fields'), describeValue('fields', fields, view)),
  sources: ({ sources }, { t }) => line(t('portal:sources.title'), sources.join('\n')),
}

/** Exactly what the public will see of an agreement, from what would be published. */
export function releaseLines(content: PublishedAgreement, view: Describer): readonly ReleaseLine[] {
  return Object.values(parts).flatMap((tell) => tell(content, view))
}

/** All the names that are published, its role and country. */
function partyInWords(party: PublishedInstitution, { t, locale, hub }: Describer): string {
  const { names, officialNames = [], role, country } = party
  const marked = Object.entries(names).map(([language, name]) =>
    officialNames.includes(language)
      ? t('agreements:names.line_official', { language: languageName(language, locale), name })
      : name,
  )
  return [
    ...new Set(marked),
    ...(role === undefined ? [] : [roleLabel(t, role)]),
    ...(country === null ? [] : [countryName(hub, country, locale)]),
  ].join(' · ')
}
