import { eq, inArray, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { agreementFinding, agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { renewSearchDocuments } from '#features/agreements/search-renewal.ts'
import { refreshTokens } from '#features/agreements/search-steps.ts'
import { searchRule } from '#features/agreements/search-words.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let ids: string[]

/** More than a batch of agreements that somebody has signed, with documents as they were before signatories were in. */
beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  ids = []
  for (let n = 0; n < 45; n += 1) {
    const words = sampleWords({ reference: `R-${n}` })
    const recorded = { token: newId(), words, state: 'in_force', holdsNoSecrets: true }
    const id = await recordAgreement(context, officer, recorded)
    ids.push(id)
    if (n % 15 > 0) continue
    const seen = markOfSignatures(await readSignedParties(db.database, id))
    const somchai = { position: 1, name: 'Somchai Jaidee', language: 'en', title: '', signedOn: '2026-01-15' }
    await recordSignatures(context, officer, { id, version: 1, token: newId(), seen, signatures: [somchai] })
  }
  await makeOld(ids)
})

/** An older version knew of no rule, and of no signatories. */
async function makeOld(some: readonly string[]): Promise<void> {
  await db.database.delete(agreementFinding).where(inArray(agreementFinding.agreementId, [...some]))
  await db.database.execute(sql`
    insert into agreement_finding (agreement_id, tokens)
    select id, ('''' || lower(reference) || '''')::tsvector from agreements where ${inArray(agreements.id, [...some])}`)
}

const found = async (q: string) => {
  const filters = readOfficeFilters(new URLSearchParams({ q }))
  return (await listForOffice(db.database, officer, filters, 'en', today, 'Asia/Shanghai')).total
}
const outdated = () => db.database.$count(agreementFinding, sql`${agreementFinding.rule} < ${searchRule}`)

test('documents of an older rule are made anew, all of them, once', async () => {
  expect([await found('Somchai'), await outdated()]).toEqual([0, 45])
  const told: unknown[] = []
  const log = { ...context.log, info: (...said: unknown[]) => void told.push(said) }
  expect(await renewSearchDocuments({ ...context, log })).toBe(45)
  expect([await found('Somchai'), await found('Sample cooperation'), await outdated()]).toEqual([3, 45, 0])
  expect(told).toEqual([[expect.any(String), { agreements: 45 }]])
  expect(await renewSearchDocuments({ ...context, log })).toBe(0)
  expect(told).toHaveLength(1)
})

test('two processes share the work, and neither waits for a document that somebody holds', async () => {
  const held = ids[0]!
  await db.database.transaction(async (tx) => {
    await tx.select().from(agreementFinding).where(eq(agreementFinding.agreementId, held)).for('update')
    const both = await Promise.all([renewSearchDocuments(context), renewSearchDocuments(context)])
    expect(both[0] + both[1]).toBe(44)
  })
  expect(await outdated()).toBe(1)
  expect(await renewSearchDocuments(context)).toBe(1)
})

test('what is broken off goes on the next time', async () => {
  expect(await renewSearchDocuments(context, AbortSignal.abort())).toBe(0)
  const leaving = new AbortController()
  const part = renewSearchDocuments(context, leaving.signal)
  leaving.abort()
  expect((await part) + (await renewSearchDocuments(context))).toBe(45)
  expect(await outdated()).toBe(0)
})

test('of two who make one document the later one knows what the earlier one wrote', async () => {
  const id = ids[1]!
  const titled = Promise.withResolvers<undefined>()
  const first = db.database.transaction(async (tx) => {
    await tx.execute(sql`update agreement_texts set title = 'Marigold' where agreement_id = ${id}`)
    await refreshTokens(tx, [id])
    titled.resolve(undefined)
    await new Promise((resolve) => setTimeout(resolve, 200))
  })
  await titled.promise
  await db.database.transaction((tx) => refreshTokens(tx, [id]))
  await first
  expect(await found('Marigold')).toBe(1)
})

test('a document of what is no agreement of the office’s is outdated for ever, and goes', async () => {
  const columns = { origin: 'reported' as const, state: null }
  await db.database.update(agreements).set(columns).where(eq(agreements.id, ids[0]!))
  expect(await renewSearchDocuments(context)).toBe(45)
  expect(await outdated()).toBe(0)
})
