import type { Database } from '#db/client.ts'
import { command } from '#features/accounts/model.ts'
import { refreshAllTokens } from './search-steps.ts'

/**
 * Makes anew what agreements are found and sorted by, for a register that was filled before there was any of it or by
 * other means; changes nothing else. Returns how many agreements there are.
 */
export const refreshSearch = command('agreements.refresh_search', ({ database }: { readonly database: Database }) =>
  refreshAllTokens(database),
)
