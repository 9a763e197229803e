import { availableParallelism } from 'node:os'

/** Workers that run tests side by side, each with a server of PostgreSQL of its own. */
export const workers = Math.min(4, availableParallelism())
