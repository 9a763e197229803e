import { expect, test } from 'vitest'
import { connect, sqlState } from '#db/client.ts'
import { protectedTables } from '#db/roles.ts'
import { useDatabase } from '#tests/support/database.ts'

const database = useDatabase()

const insufficientPrivilege = '42501'

async function refusal(statement: string): Promise<string | undefined> {
  return database.sql.unsafe(statement).then(() => undefined, sqlState)
}

test.each(Object.entries(protectedTables))('the application cannot rewrite %s', async (table, updatable) => {
  expect(await refusal(`delete from ${table}`)).toBe(insufficientPrivilege)
  expect(await refusal(`truncate ${table} cascade`)).toBe(insufficientPrivilege)
  const columns = await database.sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table}`
  expect(columns.length).toBeGreaterThan(0)
  for (const { name } of columns) {
    const refused = await refusal(`update ${table} set "${name}" = "${name}"`)
    expect(refused, `${table}.${name}`).toBe(updatable.includes(name) ? undefined : insufficientPrivilege)
  }
})

test('every protected table exists', async () => {
  const tables = await database.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(protectedTables)))
})

test('the application may write all other tables and make none', async () => {
  expect(await refusal('update users set name = name')).toBeUndefined()
  expect(await refusal('delete from users')).toBeUndefined()
  expect(await refusal('create table smuggled (id int)')).toBe(insufficientPrivilege)
})

test('leaving its role brings the application back to the same role', async () => {
  const [row] = await database.sql.begin(async (tx) => {
    await tx`reset role`
    return tx<{ role: string }[]>`select current_user as role`
  })
  expect(row?.role).toBe('yunqiao_app')
})

test('the owner can erase what the application cannot', async () => {
  const owner = connect(database.target, { as: 'owner', max: 1 })
  const result = await owner`delete from audit_changes`
  await owner.end()
  expect(result.count).toBe(0)
})
