import { describeValue, type Describer, fieldLabel, pathLabel } from '#features/agreements/describe.ts'
import { otherNamesThan, type ShownName } from '#features/agreements/names.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { formatMoney } from '#platform/i18n/format.ts'
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

/** Words by language, each for a reader with its language. */
export function namesIn(value: AuditValue | undefined): ShownName[] {
  return otherNamesThan(undefined, (value ?? {}) as Readonly<Record<string, string>>)
}

/** A value as a person reads it; undefined where there is none. `agreed` gives the currency that goes with an amount. */
export function describeAgreed(field: string, value: AuditValue, view: Describer, agreed: Agreed): string | undefined {
  const { t, locale } = view
  if (field === 'openEnded' && value !== null) return value === true ? t('amendments:yes') : t('amendments:no')
  if (field === 'renewal' && value === 'none') return t('amendments:renewal.none')
  if (field === 'technologyAmount' && typeof value === 'string') {
    const money = agreed['value'] as { readonly currency: string } | null | undefined
    return money ? formatMoney(value, money.currency, locale) : value
  }
  return describeValue(field, value, view)
}
