/** What is kept of an agreement's papers, a row each. */
export const paperKinds = ['seal', 'power', 'original'] as const

export type PaperKind = (typeof paperKinds)[number]

export const sealKinds = ['official', 'contract', 'legal_representative', 'other'] as const

export const retentions = ['permanent', 'years_30', 'years_10'] as const

export type Retention = (typeof retentions)[number]

/** The fields of each kind in the order of its form, and what is typed in each. */
export const paperFields = {
  seal: { partyPosition: 'party', kind: 'seal', sealedOn: 'day', approvedBy: 'text', note: 'text' },
  power: {
    holder: 'text',
    partyPosition: 'party',
    scope: 'text',
    issuedOn: 'day',
    validUntil: 'day',
    documentId: 'document',
  },
  original: { holder: 'text', copies: 'count', language: 'language', place: 'text' },
} as const satisfies Record<
  PaperKind,
  Record<string, 'party' | 'seal' | 'day' | 'text' | 'document' | 'count' | 'language'>
>

export const requiredFields: Readonly<Record<PaperKind, readonly string[]>> = {
  seal: ['kind'],
  power: ['holder'],
  original: ['holder', 'copies'],
}

export const limits = { text: 300, copies: 999, archiveNumber: 100 } as const

/** A row as it is stored: text, positions and counts as numbers, days as ISO 8601. */
export type PaperValues = Readonly<Record<string, string | number | null>>

export interface Paper {
  readonly id: string
  readonly kind: PaperKind
  readonly values: PaperValues
}

/** Where the papers are kept, and until when they should have been filed. */
export interface Filing {
  readonly archiveNumber: string | null
  readonly retention: Retention | null
  readonly filedOn: string | null
  readonly filingDue: string | null
}

export const filingFields = ['archiveNumber', 'retention', 'filedOn', 'filingDue'] as const
