import { type CliCommand, UsageError } from '#cli/command.ts'
import { fillWithSample } from '#features/sample/commands.ts'

const mostAgreements = 1_000_000

/** `sample`: invented institutions and agreements in every state; the same seed gives the same ones. */
export const sample: CliCommand = {
  name: 'sample',
  usage: '[--agreements N] [--seed N]',
  options: { agreements: 'text', seed: 'text' },
  async run({ context, options, t, print }) {
    const agreements = wholeNumber(options['agreements'], 'agreements', 48)
    const report = await fillWithSample(
      context,
      { kind: 'command_line' },
      { agreements, seed: wholeNumber(options['seed'], 'seed', 1) },
    )
    print(t('cli:sample.written', { ...report }))
    return 0
  },
}

function wholeNumber(value: string | true | undefined, name: string, otherwise: number): number {
  if (value === undefined) return otherwise
  const number = /^\d{1,7}$/.test(String(value)) ? Number(value) : NaN
  if (!(number <= mostAgreements)) throw new UsageError(`--${name} must be a whole number of at most ${mostAgreements}`)
  return number
}
