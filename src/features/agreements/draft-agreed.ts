import { isLocale } from '#platform/i18n/locales.ts'
import type { AgreementWords } from './model.ts'

/** Fields of one text each: who is responsible, the term, the languages, and what technology contracts have. */
export const agreedTexts = [
  ...(['officerId', 'openEnded', 'renewal', 'renewalMonths', 'renewalLimit'] as const),
  ...(['noticeAmount', 'noticeUnit', 'leadDays', 'authenticOthers', 'prevailing'] as const),
  ...(['technologyAmount', 'registrationNumber'] as const),
] as const

/** Fields of which several can be chosen. */
export const agreedLists = ['officialTitles', 'authentic', 'labs', 'facilities'] as const

/** Those fields of the form as they were typed. `authentic` has the site's own languages, `authenticOthers` the rest. */
export type AgreedDraft = Readonly<Record<(typeof agreedTexts)[number], string>> &
  Readonly<Record<(typeof agreedLists)[number], readonly string[]>>

export const emptyAgreed = {
  ...(Object.fromEntries(agreedTexts.map((name) => [name, ''])) as Record<(typeof agreedTexts)[number], string>),
  renewal: 'none',
  noticeUnit: 'months',
  officialTitles: [],
  authentic: [],
  labs: [],
  facilities: [],
} as const satisfies AgreedDraft

export function agreedDraftOf(words: AgreementWords): AgreedDraft {
  const count = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))
  return {
    officerId: words.officerId ?? '',
    openEnded: words.openEnded ? 'yes' : '',
    renewal: words.renewal,
    renewalMonths: count(words.renewalMonths),
    renewalLimit: count(words.renewalLimit),
    noticeAmount: count(words.notice?.amount),
    noticeUnit: words.notice?.unit ?? 'months',
    leadDays: count(words.leadDays),
    authentic: words.authenticLanguages.filter(isLocale),
    authenticOthers: words.authenticLanguages.filter((tag) => !isLocale(tag)).join(', '),
    prevailing: words.prevailingLanguage ?? '',
    technologyAmount: words.technologyAmount ?? '',
    registrationNumber: words.registrationNumber ?? '',
    officialTitles: words.officialTitles.filter(isLocale),
    labs: words.labs,
    facilities: words.facilities,
  }
}
