import { sql } from 'drizzle-orm'
import type { AppContext } from '#platform/context.ts'
import type { Rendered } from './renderer.ts'

/** Longer than this, and a load balancer had better ask another process. */
const databaseAnswerMs = 2_000

function words(status: number, text: string): Rendered {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: Buffer.from(`${text}\n`) }
}

/** `/healthz`: the process lives. */
export const alive = (): Rendered => words(200, 'ok')

/** `/readyz`: it can serve, which it cannot without its database, or while it shuts down. */
export async function readiness({ database }: AppContext, isStopping: boolean): Promise<Rendered> {
  if (isStopping) return words(503, 'stopping')
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer in time')), databaseAnswerMs)
  try {
    await Promise.race([database.execute(sql`select 1`), promise])
    return words(200, 'ready')
  } catch {
    return words(503, 'the database does not answer')
  } finally {
    clearTimeout(timer)
  }
}
