import { formatDate } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'

interface Days {
  readonly startsOn: string | null
  readonly endsOn: string | null
}

/** From the first day to the last, as a reader writes it; empty where no day is known. */
export function daysInWords({ startsOn, endsOn }: Days, locale: Locale): string {
  const days = [...new Set([startsOn, endsOn])].filter((day) => day !== null)
  return days.map((day) => formatDate(day, locale)).join(' – ')
}

/** `09:00–10:30`, `09:00`; empty where no time is known. */
export function timesOf({
  startsAt,
  endsAt,
}: {
  readonly startsAt: string | null
  readonly endsAt: string | null
}): string {
  return [startsAt, endsAt].filter((time) => time !== null).join('–')
}
