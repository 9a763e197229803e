import { describeValue, type Describer, fieldLabel, pathLabel } from '#features/agreements/describe.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { Agreed } from './model.ts'

const ownFields = ['openEnded', 'renewal', 'renewalMonths', 'renewalLimit', 'notice', 'technologyAmount']

/** The name of a field that an amendment may change. */
export function agreedLabel(t: Translate, field: string): string {
  return ownFields.includes(field) ? t(`amendments:field.${field}` as MessageKey) : fieldLabel(t, field)
}

/** The name of the field at a path of the form. */
export function amendmentPathLabel(t: Translate, path: string): string {
  const own = path === 'on' ? 'effectiveOn' : path.replace(/^amendment\./, '')
  return own === path && path !== 'kind' ? pathLabel(t, path) : t(`amendments:field.${own}` as MessageKey)
}

/** A value as a person reads it; undefined where there is none. `agreed` gives the currency that goes with an amount. */
export function describeAgreed(field: string, value: AuditValue, view: Describer, agreed: Agreed): string | undefined {
  const { t, locale } = view
  if (value === null || value === undefined) return undefined
  const n = typeof value === 'number' ? { count: value, n: formatNumber(value, locale) } : undefined
  switch (field) {
    case 'openEnded':
      return value === true ? t('amendments:yes') : t('amendments:no')
    case 'renewal':
      return t(`amendments:renewal.${String(value)}` as MessageKey)
    case 'renewalMonths':
      return n && t('amendments:months', n)
    case 'renewalLimit':
      return n && t('amendments:times', n)
    case 'notice': {
      const { amount, unit } = value as { amount: number; unit: 'days' | 'months' }
      return t(`amendments:${unit}`, { count: amount, n: formatNumber(amount, locale) })
    }
    case 'technologyAmount': {
      const money = agreed['value'] as { currency: string } | null
      return money === null || money === undefined ? String(value) : formatMoney(String(value), money.currency, locale)
    }
    default:
      return describeValue(field, value, view)
  }
}
