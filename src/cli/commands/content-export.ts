import path from 'node:path'
import { type CliCommand } from '#cli/command.ts'
import { databasePack } from '#features/content/queries.ts'
import { writePack } from '#features/content/write.ts'

/** `content export DIR`: writes what the database holds as a content pack; files of the same name are replaced. */
export const contentExport: CliCommand = {
  name: 'content export',
  usage: 'DIR',
  options: {},
  words: ['DIR'],
  async run({ context, words, t, print }) {
    const folder = path.resolve(words[0] ?? '')
    const count = await writePack(
      folder,
      await context.database.transaction((tx) => databasePack(tx), {
        isolationLevel: 'repeatable read',
        accessMode: 'read only',
      }),
    )
    print(t('cli:content.exported', { count, folder }))
    return 0
  },
}
