import { and, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementFinding, agreements, publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { conditionsOf } from '#features/agreements/office-conditions.ts'
import { orderOf } from '#features/agreements/office-order.ts'
import { current } from '#features/publications/queries.ts'
import type { ExportRequest } from './model.ts'

const uuidBytes = 16

/** How many agreements are read at once. */
const batchSize = 500

/** The agreements that are taken out, in the list's order. */
export interface Chosen {
  readonly count: number
  /** Their ids, some hundreds at a time. */
  batches(): Generator<readonly string[]>
}

/**
 * Every agreement of a list as it is filtered and sorted, all its pages. Which they are is settled here, by one query,
 * so that changes during a long export neither drop one nor bring one twice; all that is kept of it are 16 bytes each.
 * Whoever reads a batch asks for the scope again.
 */
export async function choose(
  database: Database,
  actor: Actor,
  { filters, contents, locale }: Omit<ExportRequest, 'format'>,
  { today, officeTimeZone }: { readonly today: Temporal.PlainDate; readonly officeTimeZone: string },
): Promise<Chosen> {
  const { plain, states, words } = conditionsOf(actor, filters, today, officeTimeZone)
  const { keys, lacked } = orderOf(filters, locale)
  const by = keys.map(({ value, way }) =>
    lacked === undefined ? sql`${value} ${way}` : sql`${value} ${way} nulls last`,
  )
  const fitting = and(
    plain,
    states.length === 0 ? undefined : inArray(agreements.state, [...states]),
    words === undefined ? undefined : sql`${agreementFinding.tokens} @@ ${words}::tsquery`,
    contents === 'public' ? exists(releaseOf(database)) : undefined,
  )
  const [row] = await database
    .select({ ids: sql<Buffer | null>`string_agg(uuid_send(${agreements.id}), ''::bytea order by ${list(by)})` })
    .from(agreements)
    .leftJoin(agreementFinding, eq(agreementFinding.agreementId, agreements.id))
    .where(fitting)
  const ids = row?.ids ?? Buffer.alloc(0)
  return {
    count: ids.length / uuidBytes,
    *batches() {
      for (let at = 0; at < ids.length; at += batchSize * uuidBytes) {
        yield uuidsIn(ids.subarray(at, at + batchSize * uuidBytes))
      }
    },
  }
}

function releaseOf(database: Database) {
  return database
    .select({ one: sql`1` })
    .from(publications)
    .where(and(eq(publications.kind, 'agreement'), eq(publications.recordId, agreements.id), current))
}

function uuidsIn(bytes: Buffer): string[] {
  return Array.from({ length: bytes.length / uuidBytes }, (_, n) =>
    bytes
      .toString('hex', n * uuidBytes, (n + 1) * uuidBytes)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  )
}

const list = (parts: readonly SQL[]) => sql.join([...parts], sql`, `)
