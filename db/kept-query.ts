import { type Placeholder, sql } from 'drizzle-orm'
import type { Queryable } from './client.ts'

/** What Drizzle's builders make of themselves once they are whole. */
export interface Buildable<Result> {
  prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Result> }
}

/** Stands in a query for a value that is given when it is asked. */
export type ValueOf<Values> = <Name extends keyof Values & string>(name: Name) => Placeholder<Name>

type Asked<Result> = ReturnType<Buildable<Result>['prepare']>

/**
 * A query that always has the same shape: Drizzle builds it once for a database, and each call only gives it values.
 * Building a query takes longer than sending it and reading its answer, and a page asks a score of them. Within a
 * transaction, which has a builder of its own, it is built there.
 *
 * @example
 * const nameOf = keptQuery<{ id: string }>()((database, value) =>
 *   database.select({ name: users.name }).from(users).where(eq(users.id, value('id'))))
 * const [row] = await nameOf(database, { id })
 */
export const keptQuery =
  <Values extends Readonly<Record<string, unknown>>>() =>
  <Result>(build: (database: Queryable, value: ValueOf<Values>) => Buildable<Result>) => {
    const built = new WeakMap<Queryable, Asked<Result>>()
    return (database: Queryable, values: Values): Promise<Result> => {
      const known = built.get(database)
      if (known !== undefined) return known.execute(values)
      const query = build(database, (name) => sql.placeholder(name)).prepare('')
      built.set(database, query)
      return query.execute(values)
    }
  }
