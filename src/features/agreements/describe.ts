import { bestName, countryName, type Hub, termName } from '#features/hub/model.ts'
import { beside } from '#features/people/model.ts'
import type { Contact } from './model.ts'
import { localizedNames } from './names.ts'
import { type AuditValue, textOf } from '#platform/audit/canonical.ts'
import { formatDate, formatList, formatMoney, formatNumber, languageName } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import { isLocale, languageNames, languageTags, type Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { describeLifeField, lifeFieldLabel } from './describe-life.ts'

export interface Describer {
  readonly t: Translate
  readonly locale: Locale
  readonly hub: Hub
  /** Names of partners, and of the people, labs and facilities that are spoken of, by id and language. */
  readonly partnerNames: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** Fields whose names the amendments have too. */
const agreedFields = [
  'openEnded',
  'renewal',
  'renewalMonths',
  'renewalLimit',
  'notice',
  'noticeUnit',
  'technologyAmount',
]

/** The name of a field: `Title (ไทย)`. */
export function fieldLabel(t: Translate, field: string): string {
  const ofLife = lifeFieldLabel(t, field)
  if (ofLife !== undefined) return ofLife
  const [name = '', locale] = field.split('.')
  const space = agreedFields.includes(name) ? 'amendments' : 'agreements'
  const label = t(`${space}:field.${name}` as MessageKey)
  return isLocale(locale) ? t('agreements:field_in', { field: label, language: languageNames[locale] }) : label
}

const partyParts: Readonly<Record<string, MessageKey>> = {
  partnerId: 'agreements:party.profile',
  name: 'agreements:party.name',
  language: 'agreements:party.language',
  official: 'agreements:official',
  others: 'agreements:names.others',
  country: 'agreements:party.country',
  role: 'agreements:party.role',
  original: 'agreements:party.original',
  contactName: 'agreements:party.contactName',
  contactAddress: 'agreements:party.contactAddress',
  contactEmail: 'agreements:party.contactEmail',
  contactPhone: 'agreements:party.contactPhone',
}

/** Fields of the form that hold a part of a field, or have another name. */
const formFields: Readonly<Record<string, string>> = {
  noticeAmount: 'notice',
  authentic: 'authenticLanguages',
  prevailing: 'prevailingLanguage',
}

/** The name of the field at a path of the form: `Party 2 · Country`. */
export function pathLabel(t: Translate, path: string): string {
  const [group = '', key = '', part = '', row = '', rowPart = ''] = path.split('.')
  if (group === 'otherTitles')
    return rowLabel(t, 'agreements:field.title', t('agreements:field.otherTitles'), key, part)
  if (group === 'parties' && part === 'others') {
    const party = t('agreements:party.numbered', { n: Number(key) + 1 })
    return rowLabel(t, 'agreements:names.name', `${party} · ${t('agreements:names.others')}`, row, rowPart)
  }
  if (group === 'titles' || group === 'summaries')
    return fieldLabel(t, `${group === 'titles' ? 'title' : 'summary'}.${key}`)
  if (group === 'amount' || group === 'currency') return t(`agreements:${group}`)
  if (group === 'authenticOthers') return t('agreements:authentic_others')
  if (group !== 'parties' || key === '') return fieldLabel(t, formFields[group] ?? group)
  const party = t('agreements:party.numbered', { n: Number(key) + 1 })
  const label = partyParts[part]
  return label === undefined ? party : `${party} · ${t(label)}`
}

/** `Titles in other languages 2 · Language`. */
function rowLabel(t: Translate, word: MessageKey, list: string, row: string, part: string): string {
  if (row === '') return list
  const label = part === 'value' ? t(word) : t('agreements:names.language')
  return `${t('agreements:names.numbered', { label: list, n: Number(row) + 1 })} · ${label}`
}

/** The language of a field's words, as a BCP 47 tag, where it has one of its own. */
export function fieldLang(field: string): string | undefined {
  const [, locale] = field.split('.')
  return isLocale(locale) ? languageTags[locale] : undefined
}

/** A field's value as a person reads it; undefined where there is none. */
export function describeValue(field: string, value: AuditValue, view: Describer): string | undefined {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return undefined
  const { t, locale, hub } = view
  switch (field) {
    case 'kind':
      return t(`agreements:kind.${textOf(value)}` as MessageKey)
    case 'state':
      return t(`agreements:state.${textOf(value)}` as MessageKey)
    case 'visibility':
      return t(`agreements:visibility.${textOf(value)}` as MessageKey)
    case 'release':
      return t(`agreements:release_is.${textOf(value)}` as MessageKey)
    case 'sourceLocale':
      return isLocale(value) ? languageNames[value] : textOf(value)
    case 'signed':
    case 'effective':
    case 'ends':
      return formatDate(textOf(value), locale)
    case 'value':
      return describeMoney(value, locale)
    case 'officerId':
      return nameOf(textOf(value), view)
    case 'labs':
    case 'facilities':
    case 'readers':
      return formatList(
        (value as readonly string[]).map((id) => nameOf(id, view)),
        locale,
      )
    case 'officialTitles':
    case 'authenticLanguages':
      return formatList(
        (value as readonly string[]).map((tag) => languageName(tag, locale)),
        locale,
      )
    case 'otherTitles':
      return describeNames(value as Readonly<Record<string, string>>, [], view)
    case 'prevailingLanguage':
      return languageName(textOf(value), locale)
    case 'openEnded':
      return value === true ? t('amendments:yes') : undefined
    case 'renewal':
      return value === 'none' ? undefined : t(`amendments:renewal.${textOf(value)}` as MessageKey)
    case 'renewalMonths':
      return describePeriod(Number(value), 'months', view)
    case 'renewalLimit':
      return t('amendments:times', { count: Number(value), n: formatNumber(Number(value), locale) })
    case 'leadDays':
      return describePeriod(Number(value), 'days', view)
    case 'notice': {
      const { amount, unit } = value as { amount: number; unit: 'days' | 'months' }
      return describePeriod(amount, unit, view)
    }
    case 'contacts':
      return Object.entries(value as unknown as Readonly<Record<string, Contact>>)
        .map(([key, contact]) => describeContact(key, contact, view))
        .join('\n')
    case 'fields':
      return formatList(
        (value as readonly string[]).map((code) => termName(hub.fields, code, locale)),
        locale,
      )
    case 'parties':
      return (value as readonly AuditValue[]).map((party) => describeParty(party, view)).join('\n')
    default:
      return describeLifeField(field, value, t, locale, view.partnerNames) ?? textOf(value)
  }
}

/** A number of days or months as the reader says it. */
export function describePeriod(amount: number, unit: 'days' | 'months', view: Pick<Describer, 't' | 'locale'>): string {
  return view.t(`amendments:${unit}`, { count: amount, n: formatNumber(amount, view.locale) })
}

/** The name of what an id stands for; the id itself where nobody has it any more. */
export function nameOf(id: string, { locale, partnerNames }: Pick<Describer, 'locale' | 'partnerNames'>): string {
  return bestName(partnerNames.get(id) ?? {}, locale)?.value ?? id
}

function describeContact(key: string, { name, address, email, phone }: Contact, view: Describer): string {
  const parts = [beside(name, address) || null, email, phone].filter((part) => part !== null)
  return `${nameOf(key, view).replaceAll('\n', ' / ')}: ${parts.join(', ')}`
}

/** Every name with its language, a line each; those that stand on the paper say so. */
export function describeNames(
  names: Readonly<Record<string, string>>,
  official: readonly string[],
  { t, locale }: Pick<Describer, 't' | 'locale'>,
): string {
  const tags = Object.keys(names)
  return localizedNames(names, official)
    .map(({ language, value, official: isOfficial }) => {
      const label = languageName(language, locale, tags)
      return t(isOfficial ? 'agreements:names.line_official' : 'agreements:names.line', {
        language: label,
        name: value,
      })
    })
    .join('\n')
}

function describeMoney(value: AuditValue, locale: Locale): string {
  const { amount, currency } = value as { amount: string; currency: string }
  return formatMoney(amount, currency, locale)
}

function describeParty(value: AuditValue, { t, locale, hub, partnerNames }: Describer): string {
  const party = value as {
    role: string
    partnerId: string | null
    names: Record<string, string> | null
    officialNames?: readonly string[]
    country: string | null
    originalLanguage?: string | null
  }
  const name =
    bestName(party.names ?? partnerNames.get(party.partnerId ?? '') ?? {}, locale)?.value ??
    t('agreements:party.unknown')
  const role = t(`agreements:role.${party.role}` as MessageKey)
  const country =
    party.country === null ? '' : t('agreements:party.in', { country: countryName(hub, party.country, locale) })
  const line = t('agreements:party.line', { name: `${name}${country}`, role })
  const { names: all, officialNames = [] } = party
  const isAll = all !== null && (Object.keys(all).length > 1 || officialNames.length > 0)
  const names = isAll ? [describeNames(all, officialNames, { t, locale })] : []
  if (!party.originalLanguage) return [line, ...names].join('\n')
  const original = { name: t('agreements:party.original'), role: languageName(party.originalLanguage, locale) }
  return [`${line} · ${t('agreements:party.line', original)}`, ...names].join('\n')
}
