import { expect, test } from 'vitest'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readFacts } from '#features/agreements/facts.ts'
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
