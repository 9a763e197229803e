import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementParties } from '#db/schema/index.ts'
import { partnerNamesById } from '#features/agreements/office-titles.ts'
import { type AuditValue, canonicalJson, sha256 } from '#platform/audit/canonical.ts'
import { signatureOf } from './columns.ts'
import type { Signature } from './model.ts'

/** A party with who signed for it. */
export interface SignedParty {
  readonly position: number
  /** Names by language; of the profile, where there is one. */
  readonly names: Readonly<Record<string, string>>
  readonly role: string
  readonly signed: Signature
}

export async function readSignedParties(database: Queryable, agreementId: string): Promise<SignedParty[]> {
  const rows = await database
    .select()
    .from(agreementParties)
    .where(eq(agreementParties.agreementId, agreementId))
    .orderBy(asc(agreementParties.position))
  const known = await partnerNamesById(
    database,
    rows.map((row) => row.partnerId),
  )
  return rows.map((row) => ({
    position: row.position,
    names: row.names ?? known.get(row.partnerId ?? '') ?? {},
    role: row.role,
    signed: signatureOf(row),
  }))
}

/** A mark of the signatures that somebody saw: it changes as soon as one of them does. */
export function markOfSignatures(parties: readonly SignedParty[]): string {
  const seen = parties.map(({ position, signed }): AuditValue => [
    position,
    { ...signed, names: { ...signed.names }, addresses: { ...signed.addresses }, titles: { ...signed.titles } },
  ])
  return sha256(canonicalJson(seen)).slice(0, 16)
}
