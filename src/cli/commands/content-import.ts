import path from 'node:path'
import { type CliCommand } from '#cli/command.ts'
import { refreshLeads } from '#features/agreements/lead-round.ts'
import { importContent, PackError } from '#features/content/commands.ts'
import { officeDay } from '#platform/clock.ts'

/** `content import DIR`: loads a pack, or any part of one; all or nothing. Exit code 1 with a line for each problem. */
export const contentImport: CliCommand = {
  name: 'content import',
  usage: 'DIR',
  options: {},
  words: ['DIR'],
  async run({ context, words, t, print }) {
    try {
      const report = await importContent(context, { kind: 'command_line' }, path.resolve(words[0] ?? ''))
      // The calendar of working days may have come with it.
      await refreshLeads(context, officeDay(context.clock, context.config.officeTimeZone))
      print(t('cli:content.imported', { ...report }))
      return 0
    } catch (error) {
      if (!(error instanceof PackError)) throw error
      for (const { file, key, code, params } of error.packProblems) {
        const place = key === '' ? file : `${file} ${key}`
        print(`${place}: ${t(`content:problem.${code}`, params)}`)
      }
      print(t('cli:content.nothing_changed'))
      return 1
    }
  },
}
