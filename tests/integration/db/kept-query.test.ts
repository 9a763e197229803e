import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { among } from '#db/among.ts'
import { keptQuery } from '#db/kept-query.ts'
import { users } from '#db/schema/index.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()

let built = 0
const emailOf = keptQuery<{ id: string }>()((database, value) => {
  built += 1
  return database
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, value('id')))
})
const emailsOf = keptQuery<{ ids: readonly string[] }>()((database, value) =>
  database
    .select({ email: users.email })
    .from(users)
    .where(among(users.id, value('ids')))
    .orderBy(users.email),
)

test('a kept query is built once for a database, and answers each time for the values that it is given', async () => {
  const context = testContext(db)
  const first = await sampleUser(context, 'first@example.org', 'reader')
  const second = await sampleUser(context, 'second@example.org', 'reader')
  const before = built
  for (const { id, email } of [first, second, first]) {
    expect(await emailOf(db.database, { id })).toEqual([{ email }])
  }
  expect(built - before).toBeLessThanOrEqual(1)
  expect(await emailsOf(db.database, { ids: [first.id, second.id] })).toHaveLength(2)
  expect(await emailsOf(db.database, { ids: [second.id] })).toEqual([{ email: second.email }])
  expect(await emailsOf(db.database, { ids: [] })).toEqual([])
})

test('within a transaction it sees what that did, and nobody else does', async () => {
  const { id, email } = await sampleUser(testContext(db), 'first@example.org', 'reader')
  await emailOf(db.database, { id })
  await db.database.transaction(async (tx) => {
    await tx.update(users).set({ email: 'renamed@example.org' }).where(eq(users.id, id))
    expect(await emailOf(tx, { id })).toEqual([{ email: 'renamed@example.org' }])
    expect(await emailOf(db.database, { id })).toEqual([{ email }])
  })
  expect(await emailOf(db.database, { id })).toEqual([{ email: 'renamed@example.org' }])
})
