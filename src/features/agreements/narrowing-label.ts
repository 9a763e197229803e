import { countryName, termName } from '#features/hub/model.ts'
import { formatDate, formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { readDayRange } from './day-range.ts'
import type { Narrowing } from './narrowings.ts'
import { nobody, overdueDays } from './office-filters.ts'
import type { RegisterPage } from './office-page.ts'

/** What the list is narrowed to, as one reads it: `Country: Thailand`. */
export function narrowingLabel(
  t: Translate,
  locale: Locale,
  { hub, filters, officers, partner }: Pick<RegisterPage, 'hub' | 'filters' | 'officers' | 'partner'>,
  { name, value }: Narrowing,
): string {
  const named = (label: string, shown: string) => t('register:chosen.named', { name: label, value: shown })
  switch (name) {
    case 'words':
      return t('register:chosen.words', { value })
    case 'state':
      return t(`agreements:state.${value}` as MessageKey)
    case 'kind':
      return t(`agreements:kind.${value}` as MessageKey)
    case 'partner':
      return named(t('register:filter.partner'), partner?.value ?? value)
    case 'country':
      return named(t('register:filter.country'), countryName(hub, value, locale))
    case 'field':
      return named(t('register:filter.field'), termName(hub.fields, value, locale))
    case 'officer':
      return named(
        t('register:filter.officer'),
        value === nobody ? t('overview:nobody') : (officers.find(({ id }) => id === value)?.name ?? value),
      )
    case 'reviewer':
      return named(t('overview:filter.reviewer'), officers.find(({ id }) => id === value)?.name ?? value)
    case 'release':
      return t('overview:filter.release')
    case 'confidential':
      return t(value === 'yes' ? 'register:confidential' : 'overview:filter.not_confidential')
    case 'ends':
      return named(t('overview:filter.ends'), t('register:due.within', { n: formatNumber(Number(value), locale) }))
    case 'signed':
    case 'begun':
    case 'ended':
    case 'renewed':
      return named(t(`overview:filter.${name}`), rangeLabel(value, t, locale))
    case 'due':
      return value === '0' || value === String(overdueDays)
        ? t(value === '0' ? 'register:due.overdue' : 'overview:filter.overdue')
        : named(t('register:filter.due'), t('register:due.within', { n: formatNumber(Number(value), locale) }))
    case 'from':
    case 'to':
      return named(t(`register:filter.${name}`), formatMoney(value, filters.currency, locale))
    case 'year':
      return named(t('register:filter.year'), value)
  }
}

function rangeLabel(value: string, t: Translate, locale: Locale): string {
  const range = readDayRange(value)
  if (range === undefined) return value
  const [from, to] = [range.first, range.last].map((day) => formatDate(day.toString(), locale))
  return t('overview:range', { from: from ?? '', to: to ?? '' })
}
