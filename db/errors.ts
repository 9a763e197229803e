import postgres from 'postgres'

/** The SQLSTATE of a database error, through Drizzle's wrapping; `undefined` for any other error. */
export function sqlState(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if (at instanceof postgres.PostgresError) return at.code
  }
  return undefined
}
