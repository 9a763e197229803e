import { type CliCommand, UsageError } from '#cli/command.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { officeDay } from '#platform/clock.ts'
import { formatDate, formatNumber } from '#platform/i18n/format.ts'

/** `jobs daily`: the register's work of a day, by hand. Exit code 1 where a step could not be taken. */
export const jobsDaily: CliCommand = {
  name: 'jobs daily',
  usage: '[--date YYYY-MM-DD]',
  options: { date: 'text' },
  async run({ context, options, locale, t, print }) {
    const today = officeDay(context.clock, context.config.officeTimeZone)
    const day = options['date'] === undefined ? today : dayFrom(String(options['date']))
    if (Temporal.PlainDate.compare(day, today) > 0) {
      throw new UsageError(`--date ${day.toString()} is still to come; at the office it is ${today.toString()}`)
    }
    const report = await beginRegisterDay(context, { kind: 'command_line' }, { day })
    print(t('cli:jobs.day', { day: formatDate(day.toString(), locale) }))
    for (const name of ['amended', 'intoForce', 'renewed', 'expired'] as const) {
      print(`  ${t(`cli:jobs.${name}`, { n: formatNumber(report[name], locale) })}`)
    }
    if (report.failed === 0) return 0
    print(t('cli:jobs.failed', { n: formatNumber(report.failed, locale) }))
    return 1
  },
}

function dayFrom(text: string): Temporal.PlainDate {
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(text)
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    throw new UsageError(`--date ${text} is not a day such as 2026-05-01`)
  }
}
