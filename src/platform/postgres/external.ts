import { connect, type ConnectionTarget } from '#db/client.ts'
import { PostgresError } from './errors.ts'

const oldest = 15
const newest = 18

/**
 * The server that DATABASE_URL names, asked once for its version.
 * @throws PostgresError where it does not answer, refuses the sign-in, or is outside the supported versions.
 */
export async function externalServer(databaseUrl: string): Promise<ConnectionTarget> {
  const target: ConnectionTarget = { url: databaseUrl, options: {} }
  const sql = connect(target, { as: 'owner', max: 1 })
  const { host, pathname } = new URL(databaseUrl)
  try {
    const [row] = await sql<{ version: string }[]>`select current_setting('server_version_num') as version`
    checkVersion(Math.floor(Number(row?.version) / 10_000))
    return target
  } catch (error) {
    if (error instanceof PostgresError) throw error
    throw new PostgresError(
      'no_server',
      `DATABASE_URL names ${host}${pathname}, which cannot be used: ${(error as Error).message}. Check the address, ` +
        'the user and its password, and that the server takes connections from here.',
      error,
    )
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** @throws PostgresError where the hub does not support this major version. */
export function checkVersion(major: number): void {
  if (major >= oldest && major <= newest) return
  throw new PostgresError(
    'wrong_version',
    `DATABASE_URL names a PostgreSQL ${major}; Yunqiao works with ${oldest} to ${newest}. Use another server, or leave ` +
      'DATABASE_URL out to use the private PostgreSQL.',
  )
}
