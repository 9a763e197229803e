import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as kit from 'drizzle-kit/api'
import { expect, test } from 'vitest'
import { migrationsFolder } from '#db/migrate.ts'
import * as schema from '#db/schema/index.ts'

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[]
}

interface Snapshot {
  readonly id: string
}

/** Its own types lean on another version of Zod than ours, and come to nothing. */
const { generateDrizzleJson, generateMigration } = kit as unknown as {
  readonly generateDrizzleJson: (tables: Readonly<Record<string, unknown>>, previousId: string) => Snapshot
  readonly generateMigration: (before: Snapshot, after: Snapshot) => Promise<string[]>
}

const read = (path: string) => JSON.parse(readFileSync(join(migrationsFolder, path), 'utf8')) as unknown
const { entries } = read('meta/_journal.json') as Journal

test('the migrations bring a database to the schema of the code', async () => {
  const last = entries.at(-1)
  const before = read(`meta/${String(last?.idx).padStart(4, '0')}_snapshot.json`) as Snapshot
  const after = generateDrizzleJson({ ...schema }, before.id)
  expect(await generateMigration(before, after), 'run npm run db:generate').toEqual([])
  const { users: _, ...fewer } = schema
  expect(await generateMigration(before, generateDrizzleJson(fewer, before.id))).toContain(
    'DROP TABLE "users" CASCADE;',
  )
})

test('the migrations are numbered and dated in the order in which they are applied', () => {
  expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, index) => index))
  const dates = entries.map(({ when }) => when)
  expect(dates).toEqual(dates.toSorted((a, b) => a - b))
  expect(new Set(dates).size).toBe(dates.length)
})

test('every migration file is in the journal, and the other way round', () => {
  const files = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'))
  expect(files.toSorted()).toEqual(entries.map(({ tag }) => `${tag}.sql`).toSorted())
})
