import { escape, ICalCalendar, ICalEvent, ICalEventClass, ICalEventTransparency } from 'ical-generator'
import { foldLines } from './fold.ts'
import type { FeedEntry } from './model.ts'

export interface FeedHead {
  /** What calendar programs call it. */
  readonly name: string
  readonly description: string
  /** ISO 639-1, upper case. */
  readonly language: string
}

const refreshSeconds = 60 * 60

/**
 * A feed as RFC 5545 writes it, in pieces, so that a long one is never whole in memory. Without `METHOD`: programs
 * that subscribe take it as it is, and `DTSTAMP` says when an entry was changed last, so that a feed in which nothing
 * changed stays the same to the byte. No alarms: the register reminds by itself, and a subscriber who wants them sets
 * them for the calendar as a whole.
 */
export async function* writeFeed(head: FeedHead, entries: AsyncIterable<readonly FeedEntry[]>): AsyncGenerator<string> {
  const calendar = new ICalCalendar({
    prodId: { company: 'Yunqiao', product: 'Agreements', language: head.language },
    // The library escapes the texts of events, not these.
    name: escape(head.name, false),
    description: escape(head.description, false),
    ttl: refreshSeconds,
  })
  const end = 'END:VCALENDAR'
  const [opening = ''] = calendar.toString().replaceAll('\r\n ', '').split(end)
  yield foldLines(opening)
  for await (const batch of entries) {
    // Never added to the calendar, which would keep them.
    yield foldLines(batch.map((entry) => new ICalEvent(eventOf(entry), calendar).toString()).join(''))
  }
  yield `${end}\r\n`
}

function eventOf(entry: FeedEntry): ConstructorParameters<typeof ICalEvent>[0] {
  return {
    id: entry.uid,
    start: entry.day,
    allDay: true,
    summary: entry.summary,
    description: entry.description,
    url: entry.url,
    sequence: entry.sequence,
    stamp: entry.changedAt,
    lastModified: entry.changedAt,
    // A day on which something is due is no day on which one is busy.
    transparency: ICalEventTransparency.TRANSPARENT,
    class: entry.confidential ? ICalEventClass.CONFIDENTIAL : ICalEventClass.PRIVATE,
    categories: [{ name: entry.kind.toUpperCase() }],
  }
}
