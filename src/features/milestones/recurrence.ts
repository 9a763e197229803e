import { RRuleTemporal } from 'rrule-temporal'

/** The part of RFC 5545's recurrence rules that milestones use: whole days, no times of day. */
export interface Recurrence {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  readonly interval: number
  readonly end: { readonly count: number } | { readonly until: Temporal.PlainDate }
  /** Days of the month, −1 for its last; empty: the day of the first. */
  readonly monthDays: readonly number[]
  /** Only the last of `monthDays` that the month has: the 30th, or the last day of a shorter month. */
  readonly lastOfThem: boolean
}

export const mostOccurrences = 500

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const

const known = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYMONTHDAY', 'BYSETPOS']

/** Reads a rule without its name (`FREQ=YEARLY;COUNT=3`); undefined for any that milestones do not use. */
export function parseRule(rule: string): Recurrence | undefined {
  const parts = new Map<string, string>()
  for (const part of rule.split(';')) {
    const [name = '', value, ...more] = part.split('=')
    if (value === undefined || more.length > 0 || !known.includes(name) || parts.has(name)) return undefined
    parts.set(name, value)
  }
  const frequency = frequencies.find((name) => name === parts.get('FREQ'))
  const interval = wholeNumber(parts.get('INTERVAL') ?? '1', 999)
  const monthDays = parts.get('BYMONTHDAY')?.split(',').map(monthDay) ?? []
  const end = endOf(parts.get('COUNT'), parts.get('UNTIL'))
  const setPosition = parts.get('BYSETPOS')
  if (frequency === undefined || interval === undefined || end === undefined || monthDays.includes(undefined)) {
    return undefined
  }
  if (monthDays.length > 0 && frequency !== 'MONTHLY') return undefined
  if (setPosition !== undefined && (setPosition !== '-1' || monthDays.length === 0)) return undefined
  return {
    frequency,
    interval,
    end,
    monthDays: monthDays.filter((day) => day !== undefined),
    lastOfThem: setPosition !== undefined,
  }
}

function endOf(count: string | undefined, until: string | undefined): Recurrence['end'] | undefined {
  if ((count === undefined) === (until === undefined)) return undefined
  if (count !== undefined) {
    const times = wholeNumber(count, mostOccurrences)
    return times === undefined ? undefined : { count: times }
  }
  if (!/^\d{8}$/.test(until ?? '')) return undefined
  try {
    return { until: Temporal.PlainDate.from(until ?? '') }
  } catch {
    return undefined
  }
}

function wholeNumber(text: string, most: number): number | undefined {
  const number = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined
  return number !== undefined && number <= most ? number : undefined
}

function monthDay(text: string): number | undefined {
  const day = /^-?\d{1,2}$/.test(text) ? Number(text) : 0
  return day === 0 || Math.abs(day) > 31 ? undefined : day
}

/** The rule as it is stored; the inverse of `parseRule`. */
export function formatRule({ frequency, interval, end, monthDays, lastOfThem }: Recurrence): string {
  return [
    `FREQ=${frequency}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(monthDays.length === 0 ? [] : [`BYMONTHDAY=${monthDays.join(',')}`]),
    ...(lastOfThem ? ['BYSETPOS=-1'] : []),
    'count' in end ? `COUNT=${end.count}` : `UNTIL=${end.until.toString().replaceAll('-', '')}`,
  ].join(';')
}

/**
 * The days on which something is due, in order: the first alone without a rule, else what the rule makes of it, at
 * most one more than `mostOccurrences` (so that a caller sees that there are too many). The first is always one.
 */
export function occurrencesOf(first: Temporal.PlainDate, recurrence: Recurrence | undefined): Temporal.PlainDate[] {
  if (recurrence === undefined) return [first]
  const { frequency, interval, end, monthDays, lastOfThem } = recurrence
  const inUtc = (day: Temporal.PlainDate) => day.toZonedDateTime('UTC')
  const rule = new RRuleTemporal({
    freq: frequency,
    interval,
    dtstart: inUtc(first),
    ...('count' in end ? { count: end.count } : { until: inUtc(end.until) }),
    ...(monthDays.length === 0 ? {} : { byMonthDay: [...monthDays] }),
    ...(lastOfThem ? { bySetPos: [-1] } : {}),
    includeDtstart: true,
    temporal: Temporal,
  })
  return rule.all((_, index) => index <= mostOccurrences).map((moment) => moment.toPlainDate())
}

/** How often, in the words of the form. */
export const rhythms = {
  week: { frequency: 'WEEKLY', interval: 1 },
  month: { frequency: 'MONTHLY', interval: 1 },
  quarter: { frequency: 'MONTHLY', interval: 3 },
  half_year: { frequency: 'MONTHLY', interval: 6 },
  year: { frequency: 'MONTHLY', interval: 12 },
} as const satisfies Record<string, Pick<Recurrence, 'frequency' | 'interval'>>

export type Rhythm = keyof typeof rhythms

export const rhythmNames = Object.keys(rhythms) as Rhythm[]

/**
 * The rule for a rhythm from its first day. By months, the day of the month is the first one's, and in a shorter
 * month its last (RFC 5545 alone would leave that month out); `lastDay`: always the month's last.
 */
export function recurrenceFrom(
  rhythm: Rhythm,
  first: Temporal.PlainDate,
  end: Recurrence['end'],
  lastDay: boolean,
): Recurrence {
  const { frequency, interval } = rhythms[rhythm]
  if (frequency !== 'MONTHLY') return { frequency, interval, end, monthDays: [], lastOfThem: false }
  if (lastDay) return { frequency, interval, end, monthDays: [-1], lastOfThem: false }
  const days = Array.from({ length: Math.max(1, first.day - 27) }, (_, index) => first.day - index).toReversed()
  return { frequency, interval, end, monthDays: days, lastOfThem: days.length > 1 }
}

/** The rhythm that a rule has, where the form could have made it from that first day. */
export function rhythmOf(
  recurrence: Recurrence,
  first: Temporal.PlainDate,
): { rhythm: Rhythm; lastDay: boolean } | undefined {
  for (const rhythm of rhythmNames) {
    for (const lastDay of [false, true]) {
      const made = recurrenceFrom(rhythm, first, recurrence.end, lastDay)
      if (formatRule(made) === formatRule(recurrence)) return { rhythm, lastDay: made.monthDays[0] === -1 }
    }
  }
  return undefined
}
