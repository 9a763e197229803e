import { missingLanguages } from '#platform/i18n/same-language.ts'

/** A clause as it stands in several languages, by language tag. */
export interface Clause {
  readonly heading: string | null
  readonly words: Readonly<Record<string, string>>
}

export const limits = { clauses: 200, heading: 200, words: 20_000 } as const

/** Kinds of document that must exist in every authentic language once they exist in one. */
export const textKinds = ['signed_copy', 'annex'] as const

/** Something that exists in some authentic languages and not in the others. */
export type LanguageGap =
  | { readonly what: 'document'; readonly kind: string; readonly missing: readonly string[] }
  | { readonly what: 'amendment'; readonly number: number; readonly missing: readonly string[] }
  | { readonly what: 'clause'; readonly number: number; readonly missing: readonly string[] }

export interface Existing {
  readonly authentic: readonly string[]
  readonly documents: readonly { readonly kind: string; readonly language: string | undefined }[]
  readonly amendments: readonly { readonly number: number; readonly languages: readonly string[] }[]
  readonly clauses: readonly Clause[]
}

/** What is there in one authentic language and not in another. */
export function languageGaps({ authentic, documents, amendments, clauses }: Existing): LanguageGap[] {
  const missing = (there: readonly string[]) => missingLanguages(authentic, there)
  const partly = (there: readonly string[]) => {
    const absent = missing(there)
    return absent.length < authentic.length ? absent : []
  }
  const ofKinds = textKinds.map((kind) => ({
    what: 'document' as const,
    kind,
    missing: partly(documents.filter((one) => one.kind === kind).flatMap(({ language }) => language ?? [])),
  }))
  const ofAmendments = amendments.map(({ number, languages }) => ({
    what: 'amendment' as const,
    number,
    missing: missing(languages),
  }))
  const ofClauses = clauses.map(({ words }, index) => ({
    what: 'clause' as const,
    number: index + 1,
    missing: partly(Object.keys(words)),
  }))
  return [...ofKinds, ...ofAmendments, ...ofClauses].filter((gap) => gap.missing.length > 0)
}

/** The parties in the order in which the original of one of them names them: its own first. */
export function orderInOriginal<Party>(parties: readonly Party[], own: number): readonly Party[] {
  return [...parties.slice(own, own + 1), ...parties.slice(0, own), ...parties.slice(own + 1)]
}
