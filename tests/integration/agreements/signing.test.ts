import { describe, expect, test } from 'vitest'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readFacts } from '#features/agreements/facts.ts'
import { readFilingDays, usualFilingDays } from '#features/agreements/filing-steps.ts'
import { recordFiling } from '#features/papers/commands.ts'
import { markOf } from '#features/papers/mark.ts'
import { filingOf } from '#features/papers/queries.ts'
import { setFilingDays } from '#features/settings/commands.ts'
import { readHistory } from '#platform/audit/history.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()

test('copies in any authentic language can be had, whatever script or region its tag names', async () => {
  const context = testContext(db)
  const officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  const life = lifecycleOf(context, officer)
  const words = sampleWords({ authenticLanguages: ['ar', 'lo-LA', 'pt-BR'] })
  const id = await recordAgreement(context, officer, { token: newId(), words, state: 'draft', holdsNoSecrets: true })
  const missing = async () => (await readFacts(db.database, await life.read(id))).copiesMissing
  expect(await missing()).toEqual(['ar', 'lo-LA', 'pt-BR'])
  await life.file(id, 'signed_copy', 'ar')
  await life.file(id, 'signed_copy', 'lo')
  expect(await missing()).toEqual(['pt-BR'])
  await life.file(id, 'signed_copy', 'pt-BR')
  expect(await missing()).toEqual([])
})

describe('the day by which the papers are to be filed', () => {
  const signable = async (context: ReturnType<typeof testContext>) => {
    const officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
    const reviewer = await sampleUser(context, 'reviewer@example.org', 'reviewer')
    const life = lifecycleOf(context, officer)
    const words = sampleWords({ signed: '2026-02-20' as PartialDate, effective: null, ends: null })
    const id = await recordAgreement(context, officer, { token: newId(), words, state: 'draft', holdsNoSecrets: true })
    await life.clear(id, 'negotiation')
    await life.move(id, 'negotiate')
    await life.send(id, { legal: reviewer })
    await life.decide(id, reviewer)
    await life.clear(id, 'signature')
    await life.sign(id)
    await life.file(id, 'signed_copy', 'en')
    return { id, officer, sign: () => life.move(id, 'sign') }
  }
  const dueOf = async (id: string) => (await filingOf(db.database, id)).filingDue

  test('is proposed when it is signed, told in the history, and can be changed', async () => {
    const context = testContext(db)
    const administrator = await sampleUser(context, 'administrator@example.org', 'administrator')
    const setDays = (days: string) => setFilingDays(context, administrator, { token: newId(), days })
    await expect(setDays('often')).rejects.toMatchObject({ problems: [{ path: 'filingDays', code: 'count' }] })
    expect(await readFilingDays(db.database)).toBe(usualFilingDays)
    expect(await setDays('3000')).toBe('3000')
    expect(await readFilingDays(db.database)).toBe(3000)
    const { id, officer, sign } = await signable(context)
    expect(await dueOf(id)).toBeNull()
    await sign()
    const due = Temporal.PlainDate.from('2026-02-20').add({ days: 3000 }).toString()
    expect(await dueOf(id)).toBe(due)
    const history = await readHistory(db.database, { kind: 'agreement', id }, 1)
    expect(history[0]?.changes).toContainEqual({ field: 'filing.filingDue', before: null, after: due, erased: false })
    const typed = { archiveNumber: '', retention: '', filedOn: '', filingDue: '2040-01-01' }
    const seen = markOf({ ...(await filingOf(db.database, id)) })
    await recordFiling(context, officer, { agreementId: id, token: newId(), seen, typed, keep: [] })
    expect(await dueOf(id)).toBe('2040-01-01')
  })

  test('is left alone where the office wants no proposal', async () => {
    const context = testContext(db)
    const administrator = await sampleUser(context, 'administrator@example.org', 'administrator')
    await setFilingDays(context, administrator, { token: newId(), days: ' ' })
    const { id, sign } = await signable(context)
    await sign()
    expect(await dueOf(id)).toBeNull()
  })
})
