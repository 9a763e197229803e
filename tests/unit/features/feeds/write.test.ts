import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it, test } from 'vitest'
import { foldLines } from '#features/feeds/fold.ts'
import { daysKept, type FeedEntry, hashOfToken, isShown, newFeedToken } from '#features/feeds/model.ts'
import { writeFeed } from '#features/feeds/write.ts'

const burmese = 'သဘောတူညီချက်အရ တက္ကသိုလ်နှစ်ခု၏ ပူးပေါင်းဆောင်ရွက်မှု နောက်ဆုံးရက်'.normalize('NFC')
const thai = 'ข้อตกลงความร่วมมือระหว่างมหาวิทยาลัยเชียงใหม่กับสถาบันในยูนนาน ว่าด้วยการถ่ายทอดเทคโนโลยี'
const chinese = '关于热带作物种质资源联合研究与成果转化的合作协议（示例文本，不存在）'
const anyPiece = fc.oneof(
  fc.constantFrom(
    ...Array.from(burmese + thai + chinese),
    burmese,
    thai,
    '👩‍🔬',
    'é',
    'ệ',
    ',',
    ';',
    '\\',
    ' ',
    ':',
    '"',
  ),
  fc.string({ unit: 'grapheme' }),
)
const anyText = fc.array(anyPiece, { maxLength: 120 }).map((pieces) => pieces.join('').replaceAll(/[\r\n]/g, ''))

describe('folding', () => {
  test('unfolds to what it was, with 75 octets a line at most, each of them whole UTF-8', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (lines) => {
        const text = lines.map((line) => `SUMMARY:${line}\r\n`).join('')
        const folded = foldLines(text)
        expect(folded.replaceAll('\r\n ', '')).toBe(text.replaceAll('\r\n ', ''))
        for (const line of folded.split('\r\n')) {
          const octets = Buffer.from(line)
          expect(octets.length).toBeLessThanOrEqual(75)
          expect(octets.toString()).toBe(line.toWellFormed())
        }
      }),
    )
  })

  it.each([burmese, thai, 'Thỏa thuận hợp tác chuyển giao công nghệ '])('breaks no letter of %s', (words) => {
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
    const folded = foldLines(`SUMMARY:${words.repeat(5)}`)
    const pieces = folded.split('\r\n ').flatMap((line) => [...segmenter.segment(line)].map(({ segment }) => segment))
    const whole = [...segmenter.segment(`SUMMARY:${words.repeat(5)}`)].map(({ segment }) => segment)
    expect(pieces).toEqual(whole)
  })

  it('breaks a letter that has no room on a line between its code points', () => {
    const folded = foldLines(`X:a${'\u0301'.repeat(200)}`)
    for (const line of folded.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(folded.replaceAll('\r\n ', '')).toBe(`X:a${'\u0301'.repeat(200)}`)
  })
})

const entry: FeedEntry = {
  uid: '0198c0de-0000-7000-8000-000000000001-notice',
  kind: 'notice',
  day: Temporal.PlainDate.from('2026-09-30'),
  summary: 'Last day for notice',
  description: 'Because',
  url: 'https://hub.example.org/en/office/agreements/0198c0de-0000-7000-8000-000000000001',
  confidential: false,
  sequence: 3,
  changedAt: Temporal.Instant.from('2026-03-02T01:02:03.456789Z'),
}

async function* batches(...entries: FeedEntry[]) {
  for (const one of entries) yield await Promise.resolve([one])
}

async function written(head: { name: string; description: string }, ...entries: FeedEntry[]): Promise<string> {
  let text = ''
  for await (const piece of writeFeed({ ...head, language: 'MY' }, batches(...entries))) text += piece
  return text
}

describe('a feed', () => {
  test('comes back from another library as it was, whatever its words', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(anyText, { minLength: 1, maxLength: 4 }), async (summary, lines) => {
        const description = lines.join('\n')
        const text = await written({ name: summary || 'x', description }, { ...entry, summary, description })
        expect(text).not.toMatch(/[^\r]\n|\r[^\n]/)
        const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
        // A property that the reader does not know: it leaves the backslashes (RFC 5545 §3.3.11) where they are.
        expect(calendar.getFirstPropertyValue('name')).toBe((summary || 'x').replaceAll(/[\\;,]/g, '\\$&'))
        const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent')!)
        expect([event.summary, event.description ?? '']).toEqual([summary, description])
      }),
      { numRuns: 50 },
    )
  })

  it('says what a whole day is, when it changed, and whose business it is', async () => {
    const text = await written({ name: 'Agreements', description: 'What is due' }, entry)
    expect(text.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Yunqiao//Agreements//MY',
      'NAME:Agreements',
      'X-WR-CALNAME:Agreements',
      'X-WR-CALDESC:What is due',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:0198c0de-0000-7000-8000-000000000001-notice',
      'SEQUENCE:3',
      'DTSTAMP:20260302T010203Z',
      'DTSTART;VALUE=DATE:20260930',
      'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE',
      'SUMMARY:Last day for notice',
      'TRANSP:TRANSPARENT',
      'DESCRIPTION:Because',
      'CATEGORIES:NOTICE',
      'URL;VALUE=URI:https://hub.example.org/en/office/agreements/0198c0de-0000-70',
      ' 00-8000-000000000001',
      'LAST-MODIFIED:20260302T010203Z',
      'CLASS:PRIVATE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
    expect(await written({ name: 'Agreements', description: '' }, { ...entry, confidential: true })).toContain(
      'CLASS:CONFIDENTIAL',
    )
  })

  it('without entries is a calendar all the same', async () => {
    const text = await written({ name: 'Agreements', description: '' })
    expect(new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent')).toEqual([])
  })
})

test('tokens have 256 bits, and only their hash says which is which', () => {
  const tokens = new Set(Array.from({ length: 100 }, newFeedToken))
  expect(tokens.size).toBe(100)
  for (const token of tokens) {
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(hashOfToken(token)).toMatch(/^[0-9a-f]{64}$/)
  }
})

test('deadlines that passed stay for a while, the end until there is an end', () => {
  const today = Temporal.PlainDate.from('2026-11-29')
  const long = today.subtract({ days: daysKept + 1 })
  expect([isShown('lead', long, today), isShown('notice', long, today), isShown('end', long, today)]).toEqual([
    false,
    false,
    true,
  ])
  expect(isShown('lead', today.subtract({ days: daysKept }), today)).toBe(true)
})
