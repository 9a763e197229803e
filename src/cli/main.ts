import { ConfigError } from '#platform/config.ts'
import { loadConfig } from '#platform/config.ts'
import { openContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { translator } from '#platform/i18n/translate.ts'
import { createLogger } from '#platform/log.ts'
import { PostgresError } from '#platform/postgres/index.ts'
import { MigrationError } from '#db/migrate.ts'
import { SigningError } from '#platform/signing/signer.ts'
import { UsageError } from './command.ts'
import { commands } from './commands.ts'
import { explainSigning, operatorLocale } from './operator-locale.ts'
import { parseCall } from './parse.ts'

/** The command line: works beside a running server and without one. Exit codes: 0 done, 1 failed, 2 not understood. */

async function readInput(): Promise<string> {
  let text = ''
  for await (const part of process.stdin.setEncoding('utf8')) text += part as string
  return text.replace(/\r?\n$/, '')
}

async function main(argv: readonly string[]): Promise<number> {
  const locale = operatorLocale(process.env)
  const t = translator(locale)
  const say = (line: string) => process.stderr.write(`yunqiao: ${line}\n`)
  try {
    const { command, options, words } = parseCall(commands, argv)
    const config = loadConfig()
    // What a command answers stands on standard output; only what goes wrong is worth a line beside it.
    const context = await openContext({ config, log: createLogger({ level: 'warn' }), maxConnections: 4 })
    try {
      const print = (line: string) => process.stdout.write(`${line}\n`)
      return (await command.run({ context, options, words, locale, t, print, readInput })) ?? 0
    } finally {
      await context.close()
    }
  } catch (error) {
    if (error instanceof UsageError) {
      say(error.message)
      return 2
    }
    if (error instanceof DomainError) {
      say(t(`errors:${error.code}`, error.params))
      for (const { path, code, params } of error.problems)
        say(`${path}: ${t(`errors:field.${code}` as 'errors:not_found', params)}`)
      return 1
    }
    if (error instanceof SigningError) {
      say(explainSigning(error, locale))
      return 1
    }
    if (error instanceof ConfigError || error instanceof PostgresError || error instanceof MigrationError) {
      say(error.message)
      return 1
    }
    throw error
  }
}

process.exitCode = await main(process.argv.slice(2))
