import type { AppContext } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

/** What a command of the command line is given. */
export interface CommandRun {
  readonly context: AppContext
  /** Values of the options by name: text, or true for a flag. */
  readonly options: Readonly<Record<string, string | true | undefined>>
  readonly words: readonly string[]
  /** The operator's language, from LC_ALL, LC_MESSAGES or LANG. */
  readonly locale: Locale
  readonly t: Translate
  /** Writes a line to standard output. */
  readonly print: (line: string) => void
  /** Standard input as text, without its last line end. */
  readonly readInput: () => Promise<string>
}

/** A command of the command line: how it is called, and what it does. Returns the exit code, 0 when undefined. */
export interface CliCommand {
  /** `user create`, `brief` … */
  readonly name: string
  /** What stands behind the name in the usage line. */
  readonly usage: string
  readonly options: Readonly<Record<string, 'text' | 'flag'>>
  /** Names of the words that must follow. */
  readonly words?: readonly string[]
  /** Options that must be given. */
  readonly required?: readonly string[]
  run(run: CommandRun): Promise<number | undefined>
}

/** A call that cannot be understood: exit code 2 and one line that helps. */
export class UsageError extends Error {
  override name = 'UsageError'
}
