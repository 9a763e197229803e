import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { savedViews } from '#db/schema/index.ts'
import type { SavedView } from './model.ts'

/** The views that somebody saved, by name; nobody sees another's. */
export async function viewsOf(database: Queryable, userId: string): Promise<readonly SavedView[]> {
  return database
    .select({ id: savedViews.id, name: savedViews.name, query: savedViews.query })
    .from(savedViews)
    .where(eq(savedViews.userId, userId))
    .orderBy(asc(savedViews.name))
}
