import type postgres from 'postgres'

/**
 * Statements that come again are prepared: PostgreSQL reads them once a connection, and they go out with their values
 * in one message. Drizzle's queries are otherwise sent anew each time, in two: what types have the values, and the
 * values. That is the larger part of what a page of some thirty small queries costs.
 */

/** Statements that a process prepares at most; each connection keeps them until it is replaced. */
const mostPrepared = 1000

/** Lists of values of any length are as many statements as there are lengths; they rarely come again. */
const mostValues = 120

const asked = new Set<string>()
const worthIt = new Set<string>()

/** Whether a statement is to be prepared: from the second time on, as long as there is room. */
function isWorthIt(text: string, values: readonly unknown[]): boolean {
  if (values.length === 0 || values.length > mostValues) return false
  if (worthIt.has(text)) return true
  if (worthIt.size >= mostPrepared) return false
  if (asked.delete(text)) {
    worthIt.add(text)
    return true
  }
  if (asked.size >= mostPrepared) asked.clear()
  asked.add(text)
  return false
}

type Client = postgres.Sql | postgres.TransactionSql
type Unsafe = postgres.Sql['unsafe']
type Within = (tx: postgres.TransactionSql) => unknown

/** A client whose `unsafe` prepares what comes again, in its transactions as well. */
export function preparing<Of extends Client>(client: Of): Of {
  const unsafe: Unsafe = (text, values = [], options = {}) =>
    client.unsafe(text, values, { ...options, prepare: isWorthIt(text, values) })
  return new Proxy(client, {
    get(target, name) {
      if (name === 'unsafe') return unsafe
      const own: unknown = Reflect.get(target, name)
      if ((name === 'begin' || name === 'savepoint') && typeof own === 'function') {
        return (...given: readonly unknown[]) =>
          Reflect.apply(
            own,
            target,
            given.map((one) => (typeof one === 'function' ? within(one as Within) : one)),
          ) as unknown
      }
      return own
    },
  })
}

const within = (work: Within) => (tx: postgres.TransactionSql) => work(preparing(tx))
