import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { connect, type ConnectionTarget } from '#db/client.ts'
import { migrateDatabase, migrationsFolder } from '#db/migrate.ts'
import { useDatabase } from '#tests/support/database.ts'

const worker = useDatabase()

const name = `migrated_by_${process.env['VITEST_POOL_ID'] ?? '0'}`
const limited = `owner_${process.env['VITEST_POOL_ID'] ?? '0'}`
const folders: string[] = []

/** A database of its own, empty. */
async function emptyDatabase(): Promise<ConnectionTarget> {
  await asOwner(`create database ${name}`)
  return { url: '', options: { ...worker.target.options, database: name } }
}

async function asOwner(...statements: string[]): Promise<void> {
  const sql = connect(worker.target, { as: 'owner', max: 1 })
  for (const statement of statements) await sql.unsafe(statement)
  await sql.end()
}

/** A copy of the migrations with one more at its end, dated so long after (or before) the last one. */
function withOneMore(laterByMs: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'yunqiao-migrations-'))
  folders.push(folder)
  cpSync(migrationsFolder, folder, { recursive: true })
  const path = join(folder, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number; when: number; tag: string }[] }
  const last = journal.entries.at(-1)
  if (!last) throw new Error('There are no migrations yet')
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + laterByMs, tag: 'one_more' })
  writeFileSync(path, JSON.stringify(journal))
  writeFileSync(join(folder, 'one_more.sql'), 'create table one_more (id serial primary key)')
  return folder
}

afterEach(async () => {
  await asOwner(`drop database if exists ${name} with (force)`, `drop role if exists ${limited}`)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('processes that start at once migrate once', async () => {
  const target = await emptyDatabase()
  const counts = await Promise.all([1, 2, 3].map(() => migrateDatabase(target)))
  expect(counts.toSorted()).toEqual([0, 0, counts.reduce((sum, count) => sum + count)])
  expect(await migrateDatabase(target)).toBe(0)
})

test('a later migration is applied to a database that has the others, and its tables are granted', async () => {
  const target = await emptyDatabase()
  await migrateDatabase(target)
  expect(await migrateDatabase(target, withOneMore(1))).toBe(1)
  const application = connect(target, { as: 'application', max: 1 })
  expect((await application`insert into one_more default values`).count).toBe(1)
  await application.end()
})

test('a right that was taken from or given to the application is set straight', async () => {
  const target = await emptyDatabase()
  await migrateDatabase(target)
  const owner = connect(target, { as: 'owner', max: 1 })
  await owner`revoke insert on users from yunqiao_app`
  await owner`grant delete on audit_events to yunqiao_app`
  await migrateDatabase(target)
  const [row] = await owner`
    select has_table_privilege('yunqiao_app', 'users', 'INSERT') as written,
      has_table_privilege('yunqiao_app', 'audit_events', 'DELETE') as deleted`
  await owner.end()
  expect(row).toEqual({ written: true, deleted: false })
})

test('a database that a newer version has migrated is refused', async () => {
  const target = await emptyDatabase()
  await migrateDatabase(target, withOneMore(1))
  await expect(migrateDatabase(target)).rejects.toMatchObject({
    problem: 'newer_database',
    message: expect.stringContaining('Update the code') as string,
  })
})

test('migrations dated out of order are refused before anything is done', async () => {
  const target = await emptyDatabase()
  await expect(migrateDatabase(target, withOneMore(-1))).rejects.toMatchObject({ problem: 'out_of_order' })
  expect(await migrateDatabase(target)).toBeGreaterThan(0)
})

test('a migration that would be slipped in before one that is applied is refused', async () => {
  const target = await emptyDatabase()
  await migrateDatabase(target, withOneMore(2))
  const slipped = withOneMore(1)
  const later = withOneMore(2)
  const path = join(slipped, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { when: number; tag: string }[] }
  const last = journal.entries.at(-1)
  journal.entries.push({ ...last, when: (last?.when ?? 0) + 1, tag: 'applied_already' })
  writeFileSync(path, JSON.stringify(journal))
  cpSync(join(later, 'one_more.sql'), join(slipped, 'applied_already.sql'))
  await expect(migrateDatabase(target, slipped)).rejects.toMatchObject({ problem: 'out_of_order' })
})

test('a migration that was changed after it was applied is refused', async () => {
  const target = await emptyDatabase()
  const folder = withOneMore(1)
  await migrateDatabase(target, folder)
  writeFileSync(join(folder, 'one_more.sql'), 'create table another (id int)')
  await expect(migrateDatabase(target, folder)).rejects.toMatchObject({ problem: 'changed' })
})

test('a migration that fails leaves nothing behind', async () => {
  const target = await emptyDatabase()
  const folder = withOneMore(1)
  writeFileSync(join(folder, 'one_more.sql'), 'create table half (id int);--> statement-breakpoint\nselect 1 / 0')
  await expect(migrateDatabase(target, folder)).rejects.toThrow()
  const owner = connect(target, { as: 'owner', max: 1 })
  const [row] = await owner`select to_regclass('half') is null and to_regclass('users') is null as clean`
  await owner.end()
  expect(row).toEqual({ clean: true })
})

test('an owner who is no superuser can migrate and become the application', async () => {
  const target = await emptyDatabase()
  await asOwner(
    `create role ${limited} login createrole password 'limited'`,
    `alter database ${name} owner to ${limited}`,
  )
  await asOwner(`grant yunqiao_app to ${limited} with admin option`)
  const own = { ...target, options: { ...target.options, user: limited, password: 'limited' } }
  await migrateDatabase(own)
  const application = connect(own, { as: 'application', max: 1 })
  const [row] = await application`select current_user as role`
  expect(row).toEqual({ role: 'yunqiao_app' })
  await expect(application`delete from audit_events`).rejects.toThrow(/permission denied/)
  await application.end()
  await asOwner(`drop database ${name} with (force)`, `drop owned by ${limited}`)
})

test('an owner who lacks a right is told which statements an administrator runs', async () => {
  const target = await emptyDatabase()
  await asOwner(`create role ${limited} login password 'limited'`)
  const own = { ...target, options: { ...target.options, user: limited, password: 'limited' } }
  await expect(migrateDatabase(own)).rejects.toMatchObject({
    problem: 'no_privilege',
    message: expect.stringContaining(
      `GRANT yunqiao_app TO ${limited}; ALTER DATABASE ${name} OWNER TO ${limited};`,
    ) as string,
  })
})
