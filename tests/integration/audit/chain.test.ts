import { drizzle } from 'drizzle-orm/postgres-js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import { eraseAuditValues } from '#platform/audit/erase.ts'
import { readHistory } from '#platform/audit/history.ts'
import { type AuditActor, recordAudit, recordAuditAll } from '#platform/audit/record.ts'
import { sealAudit } from '#platform/audit/seal.ts'
import { startSealer } from '#platform/audit/sealer.ts'
import { verifyAudit } from '#platform/audit/verify.ts'
import { silentLogger } from '#platform/log.ts'
import { newId } from '#platform/ids.ts'
import { useDatabase } from '#tests/support/database.ts'
import { testClock } from '#tests/support/clock.ts'

const db = useDatabase()
const system: AuditActor = { kind: 'system' }
const at = Temporal.Instant.from('2026-03-02T01:00:00.123456Z')
const clock = testClock(at.toString())

const entry = (id: string | null, after: string) => ({
  action: 'user.rename',
  subject: { kind: 'user', id },
  at,
  changes: [
    { field: 'name', before: null, after },
    { field: 'same', before: [1], after: [1] },
  ],
})

const write = (id: string | null, after: string) =>
  db.database.transaction((tx) => recordAudit(tx, system, entry(id, after)))

describe('sealing', () => {
  test('what was committed is sealed, in order, and verifies', async () => {
    const id = newId()
    const first = await write(id, 'A')
    const second = await write(id, 'B')
    expect(await verifyAudit(db.database)).toMatchObject({ sealed: 0, unsealed: 2, breaks: [], head: null })
    expect(await sealAudit(db.database, clock)).toBe(2)
    expect(await sealAudit(db.database, clock)).toBe(0)
    const report = await verifyAudit(db.database)
    expect(report).toMatchObject({ sealed: 2, unsealed: 0, erased: 0, breaks: [], head: { sequence: 2 } })
    const seals = await db.sql<{ event_id: string }[]>`select event_id from audit_seals order by sequence`
    expect(seals.map((seal) => seal.event_id)).toEqual([first, second])
  })

  test.each(['2028', 'true', 'null', '"', '{}', 12.5, false, ['1', null], { a: '1' }])(
    'the value %j comes back as it was',
    async (value) => {
      const id = newId()
      const changes = [{ field: 'x', before: null, after: value }]
      await db.database.transaction((tx) => recordAudit(tx, system, { ...entry(id, ''), changes }))
      await sealAudit(db.database, clock)
      expect(await verifyAudit(db.database)).toMatchObject({ sealed: 1, breaks: [] })
      const [event] = await readHistory(db.database, { kind: 'user', id }, 1)
      expect(event?.changes[0]?.after).toEqual(value)
    },
  )

  test('more events than one batch', async () => {
    const entries = Array.from({ length: 1203 }, (_, index) => entry(null, `n${index}`))
    await db.database.transaction((tx) => recordAuditAll(tx, system, entries))
    expect(await sealAudit(db.database, clock)).toBe(1203)
    expect(await verifyAudit(db.database)).toMatchObject({ sealed: 1203, unsealed: 0, breaks: [] })
  })

  test('an event waits for every transaction that began before its own', async () => {
    let letGo = () => {}
    const wait = new Promise<void>((resolve) => (letGo = resolve))
    let begun = () => {}
    const hasBegun = new Promise<void>((resolve) => (begun = resolve))
    const slow = db.database.transaction(async (tx) => {
      await recordAudit(tx, system, entry(null, 'slow'))
      begun()
      await wait
    })
    await hasBegun
    await write(null, 'fast')
    expect(await sealAudit(db.database, clock)).toBe(0)
    letGo()
    await slow
    expect(await sealAudit(db.database, clock)).toBe(2)
    const [first] = await db.sql<{ after: string }[]>`
      select c.after from audit_seals s join audit_changes c using (event_id) order by s.sequence`
    expect(first?.after).toBe('slow')
  })

  test('what a transaction that failed wrote is neither there nor missed', async () => {
    await expect(
      db.database.transaction(async (tx) => {
        await recordAudit(tx, system, entry(null, 'never'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await write(null, 'A')
    await sealAudit(db.database, clock)
    expect(await verifyAudit(db.database)).toMatchObject({ sealed: 1, unsealed: 0, breaks: [] })
  })

  test('many sealers at once make one chain', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => write(null, `n${index}`)))
    await Promise.all(Array.from({ length: 5 }, () => sealAudit(db.database, clock)))
    await sealAudit(db.database, clock)
    expect(await verifyAudit(db.database)).toMatchObject({ sealed: 20, unsealed: 0, breaks: [] })
  })

  test('the sealer seals when it is poked, and stops when it is told to', async () => {
    const sealer = startSealer({ database: db.database, clock, logger: silentLogger, intervalMs: 3_600_000 })
    await write(null, 'A')
    sealer.poke()
    await sealer.stop()
    expect(await verifyAudit(db.database)).toMatchObject({ sealed: 1, unsealed: 0 })
    await write(null, 'B')
    sealer.poke()
    expect(await verifyAudit(db.database)).toMatchObject({ sealed: 1, unsealed: 1 })
  })

  test('events that came with a backup from another server are sealed too', async () => {
    await asOwner(`insert into audit_events (id, at, actor_kind, action, subject_kind, transaction_id)
      values ('${newId()}', now(), 'system', 'old.one', 'user', 4000000000)`)
    expect(await sealAudit(db.database, clock)).toBe(1)
  })
})

let owner: ReturnType<typeof connect>
let ownerDatabase: Database
beforeAll(() => {
  owner = connect(db.target, { as: 'owner', max: 1 })
  ownerDatabase = drizzle(owner, { schema })
})
afterAll(() => owner.end())
const sealedAs = (sequence: number) => `(select event_id from audit_seals where sequence = ${sequence})`
const asOwner = (statement: string) => owner.unsafe(statement)

describe('tampering', () => {
  beforeEach(async () => {
    for (const name of ['A', 'B', 'C']) await write(newId(), name)
    await sealAudit(db.database, clock)
  })

  test.each([
    ['a value', `update audit_changes set after = '"X"' where after = '"B"'`, 2, 'value'],
    [
      'a value and its commitment',
      `update audit_changes set after = '"X"', commitment = 'x' where after = '"B"'`,
      2,
      'event',
    ],
    ['who did it', `update audit_events set actor_kind = 'command_line' where id = ${sealedAs(2)}`, 2, 'event'],
    ['when', `update audit_events set at = at + interval '1 microsecond' where id = ${sealedAs(3)}`, 3, 'event'],
    [
      'a change added',
      `insert into audit_changes select event_id, 'more', null, '1', null, 'x' from audit_seals where sequence = 1`,
      1,
      'event',
    ],
    ['a change removed', `delete from audit_changes where after = '"C"'`, 3, 'event'],
    ['a seal removed', `delete from audit_seals where sequence = 2`, 3, 'sequence'],
    ['a seal made anew', `update audit_seals set hash = repeat('a', 64) where sequence = 2`, 3, 'link'],
  ])('%s is found', async (_, statement, sequence, reason) => {
    await asOwner(statement)
    const { breaks } = await verifyAudit(db.database)
    expect(breaks).toContainEqual(expect.objectContaining({ sequence, reason }))
  })
})

test('a person’s values can be erased, and the chain still holds', async () => {
  const person = newId()
  await write(person, 'A Name')
  await write(newId(), 'Another')
  await sealAudit(db.database, clock)
  await expect(eraseAuditValues(db.database, { kind: 'user', id: person }, ['name'])).rejects.toThrow()
  expect(await eraseAuditValues(ownerDatabase, { kind: 'user', id: person }, ['name'])).toBe(1)
  expect(await verifyAudit(db.database)).toMatchObject({ sealed: 2, erased: 1, breaks: [] })
  const [event] = await readHistory(db.database, { kind: 'user', id: person }, 10)
  expect(event?.changes).toEqual([{ field: 'name', before: null, after: null, erased: true }])
  const found = await db.sql`select 1 from audit_changes where after::text like '%A Name%'`
  expect(found).toHaveLength(0)
})
