import type { Locale } from '#platform/i18n/locales.ts'
import { paths } from '#platform/paths.ts'
import { type Requirement, requirements } from './requirements.ts'

/** The address at which a requirement of the lifecycle is mended. `source` is the agreement's source language. */
export function mendingPlace(locale: Locale, id: string, requirement: Requirement, source: Locale): string {
  const { page, field } = requirements[requirement]
  if (page !== 'edit') return `${paths.office.agreementPart(locale, id, page)}#${field}`
  return `${paths.office.editAgreement(locale, id)}#${field === 'titles' ? `field-titles-${source}` : `field-${field}`}`
}
