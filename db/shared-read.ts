import { setImmediate } from 'node:timers/promises'
import type { Queryable } from './client.ts'

/**
 * A read that all who ask for it in one turn of the event loop share. It begins when the turn is over, after each of
 * them has asked: so nobody gets what was true before.
 */
export function sharedRead<Value>(
  read: (database: Queryable) => Promise<Value>,
): (database: Queryable) => Promise<Value> {
  const asked = new WeakMap<Queryable, Promise<Value>>()
  return (database) => {
    const before = asked.get(database)
    if (before !== undefined) return before
    const value = setImmediate().then(() => {
      asked.delete(database)
      return read(database)
    })
    asked.set(database, value)
    return value
  }
}
