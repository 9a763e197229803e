import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultRules,
  type Due,
  furthestAhead,
  keyOf,
  type Matter,
  parseDays,
  reminderKinds,
  type ReminderRules,
  remindersDue,
  rulesFor,
} from '#features/reminders/model.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const end = (due: string): Matter => ({ kind: 'end', subject: '', due: day(due) })
const rules: ReminderRules = { ...defaultRules, end: [180, 90, 30], payment: [3, 0, -7] }
const told = (matter: Matter, today: string, since = '2020-01-01', made: readonly string[] = []) =>
  remindersDue([matter], rules, { today: day(today), since: day(since) }, (key) => made.includes(key)).map(
    ({ days, overtaken }) => (overtaken ? `(${days})` : `${days}`),
  )

describe('reminders that are due', () => {
  test('come on their days', () => {
    expect(told(end('2026-12-31'), '2026-07-03')).toEqual([])
    expect(told(end('2026-12-31'), '2026-07-04')).toEqual(['180'])
    const made = [keyOf({ ...end('2026-12-31'), days: 180 })]
    expect(told(end('2026-12-31'), '2026-07-05', undefined, made)).toEqual([])
    expect(told(end('2026-12-31'), '2026-10-02', undefined, made)).toEqual(['90'])
  })
  test('that were missed are made up for, and only the last of them is sent', () => {
    expect(told(end('2026-12-31'), '2026-12-20')).toEqual(['(180)', '(90)', '30'])
    expect(told(end('2026-12-31'), '2027-02-01')).toEqual(['(180)', '(90)', '30'])
  })
  test('are made again for a day that has moved', () => {
    const made = [180, 90, 30].map((days) => keyOf({ ...end('2026-12-31'), days }))
    expect(told(end('2027-06-30'), '2026-12-10', undefined, made)).toEqual([])
    expect(told(end('2027-06-30'), '2027-01-01', undefined, made)).toEqual(['180'])
  })
  test('of an agreement that was recorded late: what is ahead is told at once, what is over is history', () => {
    expect(told(end('2026-12-31'), '2026-12-20', '2026-12-20')).toEqual(['(180)', '(90)', '30'])
    expect(told(end('2026-11-30'), '2026-12-20', '2026-12-20')).toEqual([])
    const paid: Matter = { kind: 'payment', subject: 'x', due: day('2026-12-15') }
    expect(told(paid, '2026-12-20', '2026-12-20')).toEqual([])
    expect(told(paid, '2026-12-22', '2026-12-20')).toEqual(['-7'])
  })
  test('of the day itself and after it', () => {
    const paid: Matter = { kind: 'payment', subject: 'x', due: day('2026-12-15') }
    expect(told(paid, '2026-12-15')).toEqual(['(3)', '0'])
    expect(told(paid, '2026-12-21')).toEqual(['(3)', '0'])
    expect(told(paid, '2026-12-22')).toEqual(['(3)', '(0)', '-7'])
  })
})

const someRules = fc.record(
  Object.fromEntries(
    reminderKinds.map((kind) => [kind, fc.array(fc.integer({ min: -60, max: 200 }), { maxLength: 6 })]),
  ),
) as unknown as fc.Arbitrary<ReminderRules>

const someMatters = fc.array(
  fc.record({
    kind: fc.constantFrom(...reminderKinds),
    subject: fc.constantFrom('', 'a', 'b'),
    due: fc.integer({ min: 0, max: 400 }).map((days) => day('2026-01-01').add({ days })),
  }),
  { maxLength: 6 },
)

test('asked on whatever days, each reminder is made once, and one is sent for each day on which anything came up', () => {
  const since = day('2026-01-01')
  fc.assert(
    fc.property(
      someRules,
      someMatters,
      fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 25 }),
      (some, matters, offsets) => {
        const made = new Map<string, Due>()
        for (const offset of [...offsets, 700]) {
          const today = since.add({ days: offset })
          const due = remindersDue(matters, some, { today, since }, (key) => made.has(key))
          for (const one of due) {
            // Two matters may be the same twice, as far as this generator goes; what is made is the same.
            expect(Temporal.PlainDate.compare(one.due.subtract({ days: one.days }), today)).toBeLessThanOrEqual(0)
            made.set(keyOf(one), one)
          }
        }
        const expected = matters.flatMap((matter) => some[matter.kind].map((days) => keyOf({ ...matter, days })))
        expect([...made.keys()].sort()).toEqual([...new Set(expected)].sort())
        // The nearest of each matter reaches somebody, unless it was sent before the others were even asked for.
        for (const matter of matters) {
          const nearest = Math.min(...some[matter.kind])
          if (some[matter.kind].length > 0) expect(made.get(keyOf({ ...matter, days: nearest }))?.overtaken).toBe(false)
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('an agreement’s own rules take the place of the office’s, kind by kind', () => {
  expect(rulesFor(rules, undefined)).toBe(rules)
  expect(rulesFor(rules, { end: [], payment: [1] })).toEqual({ ...rules, end: [], payment: [1] })
  expect(furthestAhead(rules, ['payment', 'filing'])).toBe(14)
  expect(furthestAhead({ ...rules, payment: [-1] }, ['payment'])).toBe(0)
})

test('days as people type them', () => {
  expect(parseDays('')).toEqual([])
  expect(parseDays(' 30,90 , 180 ')).toEqual([180, 90, 30])
  expect(parseDays('30、90；180')).toEqual([180, 90, 30])
  expect(parseDays('๓๐ ๙๐')).toEqual([90, 30])
  expect(parseDays('၃၀၊၉၀')).toEqual([90, 30])
  expect(parseDays('30, 30, 0')).toEqual([30, 0])
  for (const wrong of ['-3', 'soon', '1.5', '731', '1000', '1,2,3,4,5,6,7,8,9'])
    expect(parseDays(wrong), wrong).toBe(undefined)
})
