import { type AgreementWords, unsaid, unsaidOfParty } from '#features/agreements/model.ts'
import type { PartialDate } from '#platform/partial-date.ts'

/** An agreement between two institutions that exist nowhere. */
export function sampleWords(changes: Partial<AgreementWords> = {}): AgreementWords {
  return {
    ...unsaid,
    reference: '云科合〔2026〕12号',
    kind: 'cooperation_agreement',
    visibility: 'public',
    sourceLocale: 'en',
    titles: { en: 'Sample cooperation on nothing at all', zh: '示例合作协议' },
    summaries: {},
    parties: [
      { ...unsaidOfParty, role: 'lead', partnerId: null, names: { en: 'Sample University A' }, country: 'CN' },
      { ...unsaidOfParty, role: 'partner', partnerId: null, names: { en: 'Sample University B' }, country: 'TH' },
    ],
    signed: '2026-01-15' as PartialDate,
    effective: '2026-02' as PartialDate,
    ends: '2028' as PartialDate,
    value: { amount: '1200000.5', currency: 'CNY' },
    fields: ['agriculture'],
    ...changes,
  }
}
