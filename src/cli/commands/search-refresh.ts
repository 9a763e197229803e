import type { CliCommand } from '#cli/command.ts'
import { refreshSearch } from '#features/agreements/search-commands.ts'
import { formatNumber } from '#platform/i18n/format.ts'

/** `search refresh`: makes anew what agreements are found and sorted by. */
export const searchRefresh: CliCommand = {
  name: 'search refresh',
  usage: '',
  options: {},
  async run({ context, t, locale, print }) {
    const count = await refreshSearch(context, { kind: 'command_line' }, undefined)
    print(t('cli:search.refreshed', { n: formatNumber(count, locale) }))
    return 0
  },
}
