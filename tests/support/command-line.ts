import type { CliCommand, CommandRun } from '#cli/command.ts'
import { translator } from '#platform/i18n/translate.ts'
import { testContext } from './context.ts'
import type { TestDatabase } from './database.ts'

/** Runs a command of the command line over a test database; gives its exit code and the lines that it printed. */
export async function runCommand(
  db: Pick<TestDatabase, 'database'>,
  command: CliCommand,
  options: CommandRun['options'],
  input = '',
): Promise<{ code: number | undefined; lines: string[] }> {
  const lines: string[] = []
  const locale = 'en'
  const code = await command.run({
    // The parts of the context that commands use.
    context: testContext(db) as unknown as CommandRun['context'],
    options,
    words: [],
    locale,
    t: translator(locale),
    print: (line) => lines.push(line),
    readInput: () => Promise.resolve(input),
  })
  return { code, lines }
}
