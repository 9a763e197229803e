import { and, asc, eq, gt, inArray, lt } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { inBatches } from '#db/in-batches.ts'
import { insertRows } from '#db/insert-rows.ts'
import {
  agreementFinding,
  agreementParties,
  agreements,
  agreementTexts,
  partners,
  partnerTexts,
} from '#db/schema/index.ts'
import { searchFacetTokens, searchRule, searchTokens, shownTitles } from './search-words.ts'

const agreementsAtOnce = 500

/**
 * Brings what agreements are found by in line with their numbers, titles, parties and signatories as they stand in the
 * transaction: search tokens, titles to sort by, partners and countries. Whoever writes one of these calls it.
 * What was reported in public sources is left out.
 */
export async function refreshTokens(tx: Transaction, agreementIds: readonly string[]): Promise<void> {
  // In one order everywhere: of two who make the same documents, neither holds what the other waits for.
  const ids = [...agreementIds].sort()
  for (let start = 0; start < ids.length; start += agreementsAtOnce) {
    await refreshSome(tx, ids.slice(start, start + agreementsAtOnce))
  }
}

/** The same for every agreement that these partners are party to: after a change of a partner's names or country. */
export async function refreshTokensOfPartners(tx: Transaction, partnerIds: readonly string[]): Promise<void> {
  if (partnerIds.length === 0) return
  const rows = await tx
    .selectDistinct({ id: agreementParties.agreementId })
    .from(agreementParties)
    .where(inArray(agreementParties.partnerId, [...partnerIds]))
  await refreshTokens(
    tx,
    rows.map((row) => row.id),
  )
}

/** The same for the whole register, a transaction for each batch, so that nobody waits long; returns how many there are. */
export async function refreshAllTokens(database: Database): Promise<number> {
  let done = 0
  const all = inBatches(agreementsAtOnce, (after, limit) =>
    database
      .select({ id: agreements.id })
      .from(agreements)
      .where(and(eq(agreements.origin, 'office'), gt(agreements.id, after)))
      .orderBy(asc(agreements.id))
      .limit(limit),
  )
  for await (const rows of all) {
    const ids = rows.map(({ id }) => id)
    await database.transaction((tx) => refreshTokens(tx, ids))
    done += ids.length
  }
  return done
}

/**
 * The same for some agreements whose documents an older version of the rule made, and that nobody else holds; returns
 * how many, none where there are no more.
 */
export async function refreshOutdatedTokens(tx: Transaction, most: number): Promise<number> {
  const rows = await tx
    .select({ id: agreementFinding.agreementId })
    .from(agreementFinding)
    .where(lt(agreementFinding.rule, searchRule))
    .limit(most)
    .for('update', { skipLocked: true })
  const ids = rows.map(({ id }) => id)
  await refreshTokens(tx, ids)
  // A document of what is no agreement of the office's would be outdated for ever.
  if (ids.length > 0)
    await tx
      .delete(agreementFinding)
      .where(and(inArray(agreementFinding.agreementId, ids), lt(agreementFinding.rule, searchRule)))
  return ids.length
}

async function refreshSome(tx: Transaction, wanted: readonly string[]): Promise<void> {
  // Whoever makes a document holds it first and reads after: of two at the same time the later one knows what the
  // earlier one wrote.
  await tx
    .select({ id: agreementFinding.agreementId })
    .from(agreementFinding)
    .where(inArray(agreementFinding.agreementId, [...wanted]))
    .orderBy(asc(agreementFinding.agreementId))
    .for('update')
  const rows = await tx
    .select({
      id: agreements.id,
      reference: agreements.reference,
      archiveNumber: agreements.archiveNumber,
      registrationNumber: agreements.registrationNumber,
      partyKeys: agreements.partyKeys,
      kind: agreements.kind,
      officerId: agreements.officerId,
      signed: agreements.signed,
      fields: agreements.fields,
    })
    .from(agreements)
    .where(and(inArray(agreements.id, [...wanted]), eq(agreements.origin, 'office')))
  if (rows.length === 0) return
  const ids = rows.map((row) => row.id)
  const texts = Map.groupBy(
    await tx.select().from(agreementTexts).where(inArray(agreementTexts.agreementId, ids)),
    (text) => text.agreementId,
  )
  const parties = await readParties(tx, ids)
  const found = rows.map((row) => {
    const titles = Object.fromEntries(
      (texts.get(row.id) ?? []).flatMap(({ locale, title }) => (title === null ? [] : [[locale, title]])),
    )
    const own = parties.get(row.id)
    const numbers = [row.reference, row.archiveNumber, row.registrationNumber]
    const shown = shownTitles(titles)
    const facets = searchFacetTokens({ ...row, partyKeys: own?.keys ?? [] })
    return {
      agreementId: row.id,
      rule: searchRule,
      tokens: searchTokens({ numbers, titles, partyNames: own?.names ?? [], facets }),
      titleZh: shown.zh,
      titleEn: shown.en,
      titleTh: shown.th,
      titleVi: shown.vi,
      titleMy: shown.my,
    }
  })
  // In place, so that nobody who waits for a document finds it gone.
  await insertRows(tx, agreementFinding, found, agreementFinding.agreementId)
  for (const row of rows) {
    const partyKeys = parties.get(row.id)?.keys ?? []
    if (partyKeys.join() === row.partyKeys.join()) continue
    await tx.update(agreements).set({ partyKeys }).where(eq(agreements.id, row.id))
  }
}

interface Found {
  readonly names: readonly string[]
  /** Ids of partners and countries, in order, each once. */
  readonly keys: string[]
}

async function readParties(tx: Transaction, agreementIds: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const rows = await tx
    .select({
      agreementId: agreementParties.agreementId,
      partnerId: agreementParties.partnerId,
      names: agreementParties.names,
      signatoryNames: agreementParties.signatoryNames,
      country: agreementParties.country,
      partnerCountry: partners.country,
    })
    .from(agreementParties)
    .leftJoin(partners, eq(partners.id, agreementParties.partnerId))
    .where(inArray(agreementParties.agreementId, [...agreementIds]))
  const known = [...new Set(rows.flatMap((row) => row.partnerId ?? []))]
  const names =
    known.length === 0
      ? []
      : await tx
          .select({ id: partnerTexts.partnerId, name: partnerTexts.name })
          .from(partnerTexts)
          .where(inArray(partnerTexts.partnerId, known))
  const namesOf = Map.groupBy(names, (row) => row.id)
  return new Map(
    [...Map.groupBy(rows, (row) => row.agreementId)].map(([id, own]) => [
      id,
      {
        names: own.flatMap((row) => [
          ...Object.values(row.names ?? {}),
          ...Object.values(row.signatoryNames ?? {}),
          ...(namesOf.get(row.partnerId ?? '') ?? []).flatMap(({ name }) => name ?? []),
        ]),
        keys: partyKeysOf(own.flatMap((row) => [row.partnerId, row.country, row.partnerCountry])),
      },
    ]),
  )
}

/** What a row keeps of its parties, always in the same order. */
export function partyKeysOf(keys: readonly (string | null)[]): string[] {
  return [...new Set(keys.filter((key) => key !== null))].sort()
}
