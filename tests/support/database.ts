import { afterAll, beforeAll, beforeEach, inject } from 'vitest'
import { connect, openDatabase, type ConnectionTarget, type OpenDatabase } from '#db/client.ts'
import type { RunServer } from './postgres.ts'

/** The database of this worker: empty tables before each test, opened as the application. */
export interface TestDatabase extends OpenDatabase {
  /** To open it once more, as the owner for example. */
  readonly target: ConnectionTarget
  /** Empties every table. */
  reset(): Promise<void>
}

/** Number of this worker, from 1. */
const worker = Number(process.env['VITEST_POOL_ID'] ?? 1)

/** The server of this worker. */
export function runServer(): RunServer {
  const servers = inject('runServers')
  const server = servers[(worker - 1) % servers.length]
  if (server === undefined) throw new Error('no server was started for these tests')
  return server
}

/** Opens the database of this worker, a copy of the migrated one. Its caller closes it. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const { host, port, user, password, template } = runServer()
  const name = `worker_${worker}`
  const at = (database: string): ConnectionTarget => ({ url: '', options: { host, port, user, password, database } })
  const server = connect(at('postgres'), { as: 'owner', max: 1 })
  const [existing] = await server`select 1 from pg_database where datname = ${name}`
  if (!existing) await server`create database ${server(name)} template ${server(template)}`
  await server.end()

  const target = at(name)
  const owner = connect(target, { as: 'owner', max: 1 })
  const open = openDatabase(target)
  return {
    ...open,
    target,
    async reset() {
      await owner.unsafe(emptyEveryTable)
    },
    async close() {
      await open.close()
      await owner.end()
    },
  }
}

/** For a test file: a database that is empty before each test. Call it at the top of the file or of a `describe`. */
export function useDatabase(): TestDatabase {
  let open: TestDatabase | undefined
  beforeAll(async () => {
    open = await openTestDatabase()
  })
  beforeEach(() => open?.reset())
  afterAll(() => open?.close())
  return new Proxy({} as TestDatabase, {
    get(_, key) {
      if (!open) throw new Error('The database is there within tests and hooks only')
      return Reflect.get(open, key) as unknown
    },
  })
}

/** Deleting is faster than truncating where there is little; without triggers, so that the order does not matter. */
const emptyEveryTable = `
  do $$
  declare name text;
  begin
    set local session_replication_role = replica;
    for name in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public' or (schemaname, tablename) = ('pgboss', 'job_common') loop
      if pg_relation_size(name) > 1048576 then
        execute 'truncate ' || name || ' restart identity cascade';
      else
        execute 'delete from ' || name;
      end if;
    end loop;
  end $$`
