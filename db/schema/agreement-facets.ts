import { type SQL, sql, type SQLWrapper } from 'drizzle-orm'

/**
 * Expressions over a row of `agreements` that indexes are made of. A query finds the index by asking for the very
 * same expression, so that both take it from here.
 */

type Columns = Readonly<Record<'state' | 'kind' | 'officerId' | 'signed' | 'fields' | 'partyKeys', SQLWrapper>>

/**
 * Everything that the register's list can be narrowed to and that is one of a kind: state, kind, officer, year of
 * signature, fields, partners, countries. Any combination of them is answered within one index.
 */
export function facetsOf(table: Columns): SQL {
  return sql`(array['state:' || ${table.state}, 'kind:' || ${table.kind}, 'officer:' || ${table.officerId}::text, 'year:' || extract(year from ${table.signed})::text] || ${table.fields} || ${table.partyKeys})`
}

/** The states in the order of an agreement's life; what is in none of them comes last. */
const stages = [
  ...['draft', 'negotiation', 'review', 'approved', 'signed', 'in_force', 'suspended', 'expired', 'completed'],
  ...['terminated', 'superseded', 'declined', 'withdrawn'],
]

const order = sql.raw(`array[${stages.map((state) => `'${state}'`).join(', ')}]`)

/** A state's place in the order of an agreement's life, from 1. */
export function stageOf(table: Pick<Columns, 'state'>): SQL {
  return sql`array_position(${order}, ${table.state})`
}
