import { type CliCommand, UsageError } from '#cli/command.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'

const mostAgreements = 1_000_000

/** `sample`: invented institutions and agreements in every state; the same seed gives the same ones. */
export const sample: CliCommand = {
  name: 'sample',
  usage: '[--agreements N] [--seed N]',
  options: { agreements: 'text', seed: 'text' },
  async run({ context, options, t, locale, print }) {
    const agreements = wholeNumber(options['agreements'], 'agreements', 48)
    const report = await fillWithSample(
      { ...context, onProgress: progress(t, locale) },
      { kind: 'command_line' },
      { agreements, seed: wholeNumber(options['seed'], 'seed', 1) },
    )
    print(t('cli:sample.written', { ...report }))
    return 0
  },
}

const worthTelling = 10_000

/** One line that counts, for those who look at a terminal. */
function progress(t: Translate, locale: Locale) {
  return (written: number) => {
    if (!process.stderr.isTTY && written % worthTelling !== 0) return
    const line = t('cli:sample.progress', { n: formatNumber(written, locale) })
    process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`)
  }
}

function wholeNumber(value: string | true | undefined, name: string, otherwise: number): number {
  if (value === undefined) return otherwise
  const number = /^\d{1,7}$/.test(String(value)) ? Number(value) : NaN
  if (!(number <= mostAgreements)) throw new UsageError(`--${name} must be a whole number of at most ${mostAgreements}`)
  return number
}
