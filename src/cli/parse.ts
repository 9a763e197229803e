import { parseArgs } from 'node:util'
import { type CliCommand, UsageError } from './command.ts'

export interface Call {
  readonly command: CliCommand
  readonly options: Readonly<Record<string, string | true | undefined>>
  readonly words: readonly string[]
}

const usageOf = (command: CliCommand) => `npm run -s yunqiao -- ${`${command.name} ${command.usage}`.trim()}`

/** Finds the command that was called and checks its words and options. @throws UsageError with one line that helps */
export function parseCall(commands: readonly CliCommand[], argv: readonly string[]): Call {
  const names = commands.map((command) => command.name).join(', ')
  const command = commands.find(({ name }) => argv.slice(0, name.split(' ').length).join(' ') === name)
  if (command === undefined) throw new UsageError(`commands: ${names}`)
  const rest = argv.slice(command.name.split(' ').length)
  const parsed = parse(command, rest)
  const words = command.words ?? []
  const missing = (command.required ?? []).find((name) => parsed.values[name] === undefined)
  if (missing !== undefined) throw new UsageError(`--${missing} is missing; usage: ${usageOf(command)}`)
  if (parsed.positionals.length !== words.length) throw new UsageError(`usage: ${usageOf(command)}`)
  return { command, options: parsed.values, words: parsed.positionals }
}

function parse(command: CliCommand, args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, kind]) => [
      name,
      { type: kind === 'flag' ? 'boolean' : 'string' } as const,
    ]),
  )
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Record<string, string | true | undefined>, positionals }
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/[.\n]/)
    throw new UsageError(`${reason}; usage: ${usageOf(command)}`)
  }
}
