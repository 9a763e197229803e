import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '#db/client.ts'
import { useDatabase } from '#tests/support/database.ts'

const worker = useDatabase()
let sql: postgres.Sql
let other: postgres.Sql

beforeEach(async () => {
  sql = connect(worker.target, { as: 'owner', max: 1 })
  other = connect(worker.target, { as: 'owner', max: 1 })
  await other`create table notes (note text not null)`
})

afterEach(async () => {
  await other`drop table notes`
  await Promise.all([sql.end({ timeout: 1 }), other.end({ timeout: 1 })])
})

/** Ends the connection of a transaction, as a server that dies does. */
async function cut(tx: postgres.TransactionSql): Promise<void> {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
  await other`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`
}

const closed = { code: expect.stringMatching(/^(CONNECTION_CLOSED|57P01|ECONNRESET|EPIPE)$/) as string }

test('a transaction whose connection dies is rejected, and the pool goes on', async () => {
  const lost = sql.begin(async (tx) => {
    await tx`insert into notes values ('lost')`
    await cut(tx)
    await tx`insert into notes values ('late')`
  })
  await expect(lost).rejects.toMatchObject(closed)
  expect(await sql`select note from notes`).toEqual([])
})

test('what a dead transaction still sends does not run outside of it', async () => {
  const outcomes: string[] = []
  let finished: () => void = () => undefined
  const done = new Promise<void>((resolve) => (finished = resolve))
  const lost = sql.begin(async (tx) => {
    await cut(tx)
    // The pool opens its connection again meanwhile.
    await expect
      .poll(() =>
        sql`select 1 as one`.then(
          ([row]) => row?.['one'] as number,
          () => 0,
        ),
      )
      .toBe(1)
    for (const note of ['first', 'second']) {
      await tx`insert into notes values (${note})`.catch(() => outcomes.push(note))
    }
    finished()
  })
  await expect(lost).rejects.toMatchObject(closed)
  await done
  expect(outcomes).toEqual(['first', 'second'])
  expect(await sql`select note from notes`).toEqual([])
})

test('answers go to the questions they belong to after a connection died under load', async () => {
  for (let round = 0; round < 5; round += 1) {
    const burst = Array.from({ length: 50 }, (_, number) =>
      sql`select ${number}::int as number, pg_sleep(0.001)`.then(
        ([row]) => row?.['number'] === number,
        () => undefined,
      ),
    )
    await sleep(5)
    await other`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like '%pg_sleep(0.001)%'`
    expect(await Promise.all(burst)).not.toContain(false)
  }
  await expect
    .poll(() =>
      sql`select 'here' as answer`.then(
        ([row]) => String(row?.['answer']),
        () => '',
      ),
    )
    .toBe('here')
})
