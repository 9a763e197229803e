import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import { readMigrationFiles, type MigrationMeta } from 'drizzle-orm/migrator'
import type postgres from 'postgres'
import { connect, type ConnectionTarget } from './client.ts'
import { sqlState } from './errors.ts'
import { installQueue } from './queue.ts'
import { applicationRole, ensureApplicationRole, grantToApplication } from './roles.ts'

export const migrationsFolder = `${import.meta.dirname}/migrations`

export type MigrationProblem = 'out_of_order' | 'changed' | 'newer_database' | 'no_privilege'

/** The database cannot be brought to the state that the code needs; the message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError'
  readonly problem: MigrationProblem

  constructor(problem: MigrationProblem, message: string, cause?: unknown) {
    super(message, { cause })
    this.problem = problem
  }
}

/** Any number, so long as nothing else on the server locks it: "yunqiao" in letters of a telephone. */
const migrationLock = 9_867_826

/** What Drizzle noted about a migration that the database went through. */
interface Applied {
  readonly hash: string
  /** The migration's own timestamp, not when it ran. */
  readonly created_at: string
}

/**
 * Brings the database to the state that this code needs, and sets up the application's role. Several processes may
 * do so at once: one works, the others wait. All pending migrations are applied, or none.
 * @returns how many migrations were applied.
 * @throws MigrationError
 */
export async function migrateDatabase(target: ConnectionTarget, folder = migrationsFolder): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder: folder })
  checkOrder(known)
  const sql = connect({ ...target, options: { ...target.options, max_lifetime: null } }, { as: 'owner', max: 1 })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    const applied = await appliedMigrations(sql)
    checkHistory(known, applied)
    if (applied.length < known.length) await migrate(drizzle(sql), { migrationsFolder: folder })
    await ensureApplicationRole(sql)
    await grantToApplication(sql)
    await installQueue(sql)
    return known.length - applied.length
  } catch (error) {
    throw sqlState(error) === '42501' ? await noPrivilege(sql, error as Error) : error
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function checkOrder(known: readonly MigrationMeta[]): void {
  known.forEach((migration, index) => {
    const before = known[index - 1]
    if (!before || before.folderMillis < migration.folderMillis) return
    throw new MigrationError(
      'out_of_order',
      `Migration ${index + 1} in db/migrations is dated before migration ${index}, so that databases which have the ` +
        'one would never get the other. Generate it again (npm run db:generate).',
    )
  })
}

async function appliedMigrations(sql: postgres.Sql): Promise<Applied[]> {
  const [table] = await sql<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
  if (!table?.exists) return []
  return sql<Applied[]>`select hash, created_at::text from drizzle.__drizzle_migrations order by created_at`
}

function checkHistory(known: readonly MigrationMeta[], applied: readonly Applied[]): void {
  applied.forEach((migration, index) => {
    const same = known.find(({ folderMillis }) => folderMillis === Number(migration.created_at))
    if (!same) {
      throw new MigrationError(
        'newer_database',
        'The database was last used by a newer Yunqiao: it has a migration that this one does not know ' +
          `(${new Date(Number(migration.created_at)).toISOString()}). Update the code, or use another database.`,
      )
    }
    if (same.hash !== migration.hash) {
      throw new MigrationError(
        'changed',
        `Migration ${index + 1} in db/migrations was changed after this database had gone through it. Put it back, ` +
          'and make the change in a migration of its own.',
      )
    }
    if (same !== known[index]) {
      throw new MigrationError(
        'out_of_order',
        `Migration ${index + 1} in db/migrations is dated before others that this database has already. Generate it ` +
          'again (npm run db:generate), so that it comes last.',
      )
    }
  })
}

async function noPrivilege(sql: postgres.Sql, cause: Error): Promise<MigrationError> {
  const [row] = await sql<{ owner: string; database: string }[]>`
    select quote_ident(current_user) as owner, quote_ident(current_database()) as database`
  const { owner, database } = row ?? { owner: 'owner', database: 'database' }
  return new MigrationError(
    'no_privilege',
    `The database user ${owner} lacks a right (${cause.message}). An administrator of the server can grant all that is ` +
      `needed: CREATE ROLE ${applicationRole} NOLOGIN; GRANT ${applicationRole} TO ${owner}; ` +
      `ALTER DATABASE ${database} OWNER TO ${owner};`,
    cause,
  )
}
