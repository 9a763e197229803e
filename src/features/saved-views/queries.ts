import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { savedViews } from '#db/schema/index.ts'
import type { SavedView } from './model.ts'

const ofUser = keptQuery<{ userId: string }>()((database, value) =>
  database
    .select({ id: savedViews.id, name: savedViews.name, query: savedViews.query })
    .from(savedViews)
    .where(eq(savedViews.userId, value('userId')))
    .orderBy(asc(savedViews.name)),
)

/** The views that somebody saved, by name; nobody sees another's. */
export async function viewsOf(database: Queryable, userId: string): Promise<readonly SavedView[]> {
  return ofUser(database, { userId })
}
