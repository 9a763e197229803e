import { countryName, termName } from '#features/hub/model.ts'
import { formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { Narrowing } from './office-filters.ts'
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
      return named(t('register:filter.officer'), officers.find(({ id }) => id === value)?.name ?? value)
    case 'due':
      return value === '0'
        ? t('register:due.overdue')
        : named(t('register:filter.due'), t('register:due.within', { n: formatNumber(Number(value), locale) }))
    case 'from':
    case 'to':
      return named(t(`register:filter.${name}`), formatMoney(value, filters.currency, locale))
    case 'year':
      return named(t('register:filter.year'), value)
  }
}
