export type PostgresProblem =
  /** A folder that the server's user cannot enter, or that this process cannot write. */
  | 'unreachable'
  /** The data directory belongs to another user, or to nobody who may run a server. */
  | 'wrong_owner'
  /** Data of a newer or an older major version, or an external server outside the supported ones. */
  | 'wrong_version'
  /** The folder holds something that is not a database of ours. */
  | 'not_a_cluster'
  /** No binaries for this machine, or they do not run on it. */
  | 'no_binaries'
  /** The server did not start, or does not answer. */
  | 'no_server'

/** The database cannot be had; the message tells an operator what is wrong and what to do. */
export class PostgresError extends Error {
  override name = 'PostgresError'
  readonly problem: PostgresProblem

  constructor(problem: PostgresProblem, message: string, cause?: unknown) {
    super(message, { cause })
    this.problem = problem
  }
}
