import type { Queryable } from '#db/client.ts'
import { type Hub, hubOf } from './model.ts'
import { loadHub } from './queries.ts'

/** The hub for the page of an error: an empty one where it cannot be read, since that may be what went wrong. */
export async function loadHubOrNone(database: Queryable): Promise<Hub> {
  try {
    return await loadHub(database)
  } catch {
    return hubOf([], [])
  }
}
