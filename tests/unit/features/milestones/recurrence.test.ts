import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import {
  formatRule,
  mostOccurrences,
  occurrencesOf,
  parseRule,
  recurrenceFrom,
  rhythmNames,
  rhythmOf,
  rhythms,
} from '#features/milestones/recurrence.ts'
import { ruleInWords } from '#features/milestones/words.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const days = fc
  .record({ offset: fc.integer({ min: 0, max: 60_000 }) })
  .map(({ offset }) => day('1980-01-01').add({ days: offset }))
const daysOf = (first: string, rule: string) => occurrencesOf(day(first), parseRule(rule)).map(String)

describe('rules', () => {
  test.each([
    ['2026-01-31', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4', ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']],
    ['2024-02-29', 'FREQ=YEARLY;COUNT=2', ['2024-02-29', '2028-02-29']],
    ['2026-03-02', 'FREQ=WEEKLY;INTERVAL=2;UNTIL=20260330', ['2026-03-02', '2026-03-16', '2026-03-30']],
    ['2026-12-31', 'FREQ=DAILY;COUNT=2', ['2026-12-31', '2027-01-01']],
  ])('from %s by %s', (first, rule, expected) => {
    expect(daysOf(first, rule)).toEqual(expected)
  })

  test.each([
    '',
    'FREQ=HOURLY;COUNT=2',
    'FREQ=MONTHLY',
    'FREQ=MONTHLY;COUNT=0',
    'FREQ=MONTHLY;COUNT=501',
    'FREQ=MONTHLY;COUNT=2;UNTIL=20270101',
    'FREQ=MONTHLY;UNTIL=20270230',
    'FREQ=MONTHLY;UNTIL=20270101T000000Z',
    'FREQ=MONTHLY;COUNT=2;COUNT=3',
    'FREQ=MONTHLY;BYMONTHDAY=0;COUNT=2',
    'FREQ=MONTHLY;BYMONTHDAY=32;COUNT=2',
    'FREQ=WEEKLY;BYDAY=MO;COUNT=2',
    'FREQ=MONTHLY;COUNT=2;X=1',
  ])('%j is none that milestones use', (rule) => {
    expect(parseRule(rule)).toBeUndefined()
  })

  test('are written as they are read', () => {
    const rule = 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30;BYSETPOS=-1;UNTIL=20301231'
    expect(formatRule(parseRule(rule)!)).toBe(rule)
  })

  test('are told to be too long by one day too many, and no more', () => {
    const recurrence = { ...parseRule('FREQ=DAILY;UNTIL=20991231')! }
    expect(occurrencesOf(day('2026-01-01'), recurrence)).toHaveLength(mostOccurrences + 1)
  })
})

describe('what the form makes', () => {
  const cases = fc.record({
    rhythm: fc.constantFrom(...rhythmNames),
    first: days,
    count: fc.integer({ min: 1, max: 60 }),
  })

  test('as many days as asked for, the first among them, each later than the one before', () => {
    fc.assert(
      fc.property(cases, ({ rhythm, first, count }) => {
        const made = occurrencesOf(first, recurrenceFrom(rhythm, first, { count }, false))
        expect(made).toHaveLength(count)
        expect(made[0]?.equals(first)).toBe(true)
        made.forEach((due, index) => {
          if (index > 0) expect(Temporal.PlainDate.compare(due, made[index - 1]!)).toBe(1)
        })
      }),
      { numRuns: 60 },
    )
  })

  test('by months: the first one’s day, in a shorter month its last, and no month is left out', () => {
    fc.assert(
      fc.property(cases, ({ rhythm, first, count }) => {
        fc.pre(rhythm !== 'week')
        const made = occurrencesOf(first, recurrenceFrom(rhythm, first, { count }, false))
        made.forEach((due, index) => {
          expect(due.toString()).toBe(first.add({ months: index * rhythms[rhythm].interval }).toString())
        })
      }),
      { numRuns: 60 },
    )
  })

  test('or always the last day of the month', () => {
    fc.assert(
      fc.property(cases, ({ rhythm, first, count }) => {
        fc.pre(rhythm !== 'week')
        const end = first.with({ day: first.daysInMonth })
        for (const due of occurrencesOf(end, recurrenceFrom(rhythm, end, { count }, true)))
          expect(due.day).toBe(due.daysInMonth)
      }),
      { numRuns: 60 },
    )
  })

  test('none after the last day that was asked for', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 2000 }), ({ rhythm, first }, length) => {
        const until = first.add({ days: length })
        const made = occurrencesOf(first, recurrenceFrom(rhythm, first, { until }, false))
        expect(made.every((due) => Temporal.PlainDate.compare(due, until) <= 0)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('is known again when the form is opened to edit it', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ rhythm, first, count }, last) => {
        const from = last ? first.with({ day: first.daysInMonth }) : first
        const rule = formatRule(recurrenceFrom(rhythm, from, { count }, last))
        expect(rhythmOf(parseRule(rule)!, from)).toEqual({ rhythm, lastDay: last && rhythm !== 'week' })
      }),
      { numRuns: 60 },
    )
  })
})

test('a rule is said in the words of each language', () => {
  const rule = 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;COUNT=4'
  expect(locales.map((locale) => ruleInWords(translator(locale), locale, rule))).toEqual([
    '每季度，当月最后一天，共4次',
    'Every quarter, on the last day of the month, 4 times',
    'ทุกไตรมาส ในวันสุดท้ายของเดือน รวม 4 ครั้ง',
    'Hằng quý, vào ngày cuối tháng, 4 lần',
    'သုံးလတစ်ကြိမ်၊ လ၏ နောက်ဆုံးရက်တွင်၊ စုစုပေါင်း ၄ ကြိမ်',
  ])
  expect(ruleInWords(translator('en'), 'en', 'FREQ=DAILY;INTERVAL=10;UNTIL=20271231')).toBe(
    'Every 10 days, until 31 December 2027',
  )
})
