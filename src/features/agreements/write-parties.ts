import { and, eq, isNotNull } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementMilestones, agreementParties, agreementPowers, agreementSeals } from '#db/schema/index.ts'
import { type AgreementWords, isKeyOf, type Party, partyKey } from './model.ts'

/** The columns of a party that its words fill. */
export function partyColumns(party: Party) {
  const { contact, ...others } = party
  return {
    ...others,
    officialNames: party.partnerId === null ? [...(party.officialNames ?? [])] : [],
    contactName: contact?.name ?? null,
    contactAddress: contact?.address ?? null,
    contactEmail: contact?.email ?? null,
    contactPhone: contact?.phone ?? null,
  }
}

type PartyRow = typeof agreementParties.$inferSelect

/** Who signed for a party, and when. */
function signatoryColumns(row: PartyRow | undefined) {
  const { signatoryNames = null, signatoryAddresses = null, signatoryTitles = null } = row ?? {}
  const { signatoryOfficial = [], signedOn = null } = row ?? {}
  return { signatoryNames, signatoryAddresses, signatoryTitles, signatoryOfficial, signedOn }
}

/**
 * Writes the parties. Who signed for a party, and when, stays with it; what points to a party by its position (seals,
 * powers of attorney, milestones) follows it to its new place, and to nobody where the party is gone.
 */
export async function writeParties(tx: Transaction, agreementId: string, words: AgreementWords): Promise<void> {
  const before = await tx.select().from(agreementParties).where(eq(agreementParties.agreementId, agreementId))
  await tx.delete(agreementParties).where(eq(agreementParties.agreementId, agreementId))
  const moves = movesBetween(before, words.parties)
  const rows = words.parties.map((party, position) => {
    const old = before.find((row) => moves.get(row.position) === position)
    return { agreementId, position, ...partyColumns(party), ...signatoryColumns(old) }
  })
  if (rows.length > 0) await tx.insert(agreementParties).values(rows)
  if ([...moves].some(([from, to]) => from !== to)) await followParties(tx, agreementId, moves)
}

type PlacedParty = Pick<Party, 'partnerId' | 'names'> & { readonly position: number }

/**
 * The new position of each old one, null where the party is gone. A party is known by its profile or names, and by one
 * of its names where others came or went; one whose name was corrected in its place is still the same where nobody else
 * took that place and no name moved there.
 */
export function movesBetween(
  before: readonly PlacedParty[],
  after: readonly Pick<Party, 'partnerId' | 'names'>[],
): ReadonlyMap<number, number | null> {
  const keys = after.map(partyKey)
  const former = new Set(before.map(partyKey))
  return new Map(
    before.map((party) => {
      const key = partyKey(party)
      const same = keys.indexOf(key)
      const found = same === -1 ? after.findIndex((one, at) => !former.has(keys[at]!) && isKeyOf(key, one)) : same
      if (found !== -1) return [party.position, found]
      const there = keys[party.position]
      const isCorrected = there !== undefined && !former.has(there) && before.length === after.length
      return [party.position, isCorrected ? party.position : null]
    }),
  )
}

const pointing = [agreementSeals, agreementPowers, agreementMilestones] as const

async function followParties(tx: Transaction, agreementId: string, moves: ReadonlyMap<number, number | null>) {
  for (const table of pointing) {
    const rows = await tx
      .select({ id: table.id, position: table.partyPosition })
      .from(table)
      .where(and(eq(table.agreementId, agreementId), isNotNull(table.partyPosition)))
    for (const { id, position } of rows) {
      const partyPosition = moves.get(position ?? -1) ?? null
      if (partyPosition !== position) await tx.update(table).set({ partyPosition }).where(eq(table.id, id))
    }
  }
}
