import { sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { sharedRead } from '#db/shared-read.ts'
import { hubSettings, vocabularies } from '#db/schema/index.ts'
import { type Hub, hubOf } from './model.ts'

interface Kept {
  readonly stamp: string
  readonly hub: Promise<Hub>
}

const kept = new WeakMap<Queryable, Kept>()

/**
 * The organisation that runs the site, the vocabularies, and whether this is a demonstration. Read and parsed once a
 * process; one small query tells whether any row was written since, so that no process shows what another changed.
 */
export async function loadHub(database: Queryable): Promise<Hub> {
  const stamp = await stampOf(database)
  const known = kept.get(database)
  if (known?.stamp === stamp) return known.hub
  const hub = read(database)
  kept.set(database, { stamp, hub })
  hub.catch(() => kept.delete(database))
  return hub
}

/**
 * Changes whenever a row is written: every write gives its row the id of a new transaction (`xmin`). Parts of one page
 * that are made beside one another ask once.
 */
const stampOf = sharedRead(async (database): Promise<string> => {
  const [row] = await stamps(database, {})
  return row?.stamp ?? ''
})

const stamps = keptQuery()((database) => {
  const written = sql`sum(xmin::text::bigint)`
  return database
    .select({
      stamp: sql<string>`concat_ws(' ',
        (select count(*) || ' ' || ${written} from ${vocabularies}),
        (select count(*) || ' ' || ${written} from ${hubSettings}))`,
    })
    .from(sql`(select 1) as one`)
})

async function read(database: Queryable): Promise<Hub> {
  const [settings, terms] = await Promise.all([
    database.select({ key: hubSettings.key, value: hubSettings.value }).from(hubSettings),
    database.select().from(vocabularies).orderBy(vocabularies.kind, vocabularies.position, vocabularies.code),
  ])
  return hubOf(settings, terms)
}

/** The hub for pages that can do without it: undefined where the database fails or takes longer than `waitMs`. */
export async function hubWithin(database: Queryable, waitMs: number): Promise<Hub | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), waitMs)
  try {
    return await Promise.race([loadHub(database).catch(() => undefined), promise])
  } finally {
    clearTimeout(timer)
  }
}
