import type { PublishedInstitution } from './model.ts'

/** A host's or party's row: a partner with a profile, or names by language. */
export interface InstitutionRow {
  readonly position: number
  readonly partnerId: string | null
  readonly names: Readonly<Record<string, string>> | null
  readonly country: string | null
  readonly role?: string
  /** Parties only. */
  readonly officialNames?: readonly string[]
}

type Known = ReadonlyMap<string, { names: Record<string, string>; country: string }>

/** Hosts or parties as the public sees them, in their order; `known` holds the partners that they name. */
export function publishedInstitutions(rows: readonly InstitutionRow[], known: Known): PublishedInstitution[] {
  return rows
    .toSorted((a, b) => a.position - b.position)
    .map((row) => {
      const partner = row.partnerId === null ? undefined : known.get(row.partnerId)
      return {
        partnerId: row.partnerId,
        names: row.names ?? partner?.names ?? {},
        country: row.country ?? partner?.country ?? null,
        ...(row.role === undefined ? {} : { role: row.role }),
        ...(row.officialNames?.length ? { officialNames: row.officialNames } : {}),
      }
    })
}

export function partnerIdsOf(rows: readonly InstitutionRow[]): string[] {
  return [...new Set(rows.flatMap((row) => (row.partnerId === null ? [] : [row.partnerId])))]
}
