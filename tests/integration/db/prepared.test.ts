import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { among } from '#db/among.ts'
import { type OpenDatabase, openDatabase } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { useDatabase } from '#tests/support/database.ts'

const worker = useDatabase()
let open: OpenDatabase

beforeEach(() => {
  open = openDatabase(worker.target, { max: 1 })
})

afterEach(() => open.close())

/** How often each statement with a mark in it was prepared on the only connection. */
async function prepared(mark: string): Promise<number> {
  const rows = await open.sql<{ n: number }[]>`
    select count(*)::int as n from pg_prepared_statements where statement like ${`%${mark}%`}
      and statement not like '%pg_prepared_statements%'`
  return rows[0]?.n ?? Number.NaN
}

test('a statement that comes again is prepared once, with whatever values', async () => {
  const ask = (value: number) => open.database.execute<{ twice: number }>(sql`select ${value}::int * 2 as twice_again`)
  await ask(1)
  expect(await prepared('twice_again')).toBe(0)
  for (const value of [2, 3, 4]) expect(await ask(value)).toEqual([{ twice_again: 2 * value }])
  expect(await prepared('twice_again')).toBe(1)
})

test('so it is within transactions, and within their savepoints', async () => {
  const ask = (within: Pick<typeof open.database, 'execute'>) => within.execute(sql`select ${7}::int as seven_within`)
  await open.database.transaction(async (tx) => {
    await ask(tx)
    await tx.transaction(async (inner) => {
      expect(await ask(inner)).toEqual([{ seven_within: 7 }])
    })
    await ask(tx)
  })
  expect(await prepared('seven_within')).toBe(1)
})

test('long lists of values are not, nor is what has none', async () => {
  const many = Array.from({ length: 200 }, (_, n) => n)
  const list = sql.join(
    many.map((n) => sql`${n}::int`),
    sql`, `,
  )
  for (const _ of [1, 2, 3]) await open.database.execute(sql`select array[${list}] as many_values`)
  for (const _ of [1, 2, 3]) await open.database.execute(sql`select 1 as no_values`)
  expect(await prepared('many_values')).toBe(0)
  expect(await prepared('no_values')).toBe(0)
})

test('a prepared statement goes on after the table that it reads has changed', async () => {
  const owner = openDatabase(worker.target, { max: 1 })
  await open.sql`create temporary table notes (note text not null)`
  await open.sql`insert into notes values ('one')`
  const ask = () => open.database.execute(sql`select * from notes where note = ${'one'}`)
  for (const _ of [1, 2, 3]) await ask()
  await open.sql`alter table notes add column written int not null default 5`
  expect(await ask()).toEqual([{ note: 'one', written: 5 }])
  await owner.close()
})

test('an id is one of none, of one, of a thousand', async () => {
  const ids = Array.from({ length: 1000 }, (_, n) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  const [first = ''] = ids
  await open.database.insert(users).values({ id: first, email: 'among@example.org', passwordHash: 'none' })
  const found = async (given: Iterable<string>) =>
    (await open.database.select({ id: users.id }).from(users).where(among(users.id, given))).map(({ id }) => id)
  expect(await found([])).toEqual([])
  expect(await found(ids.slice(1))).toEqual([])
  expect(await found(new Set([first]))).toEqual([first])
  expect(await found(ids)).toEqual([first])
})
