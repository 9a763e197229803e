import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextDueOf } from '#features/agreements/next-due.ts'
import { byUrgency, isOverdue, occurrenceStates, reschedule } from '#features/milestones/model.ts'
import { fromUnits, paymentTotals, toUnits } from '#features/milestones/money.ts'
import { drawTimeline } from '#features/milestones/timeline.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-06-15')
const days = fc.integer({ min: -2000, max: 2000 }).map((offset) => today.add({ days: offset }))
const items = fc.array(fc.record({ due: days, state: fc.constantFrom(...occurrenceStates) }), { maxLength: 60 })
const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b)

describe('what is due', () => {
  test('overdue is what is scheduled and whose day has passed, and nothing else', () => {
    expect(isOverdue({ due: day('2026-06-14'), state: 'scheduled' }, today)).toBe(true)
    expect(isOverdue({ due: today, state: 'scheduled' }, today)).toBe(false)
    for (const state of ['met', 'partially_met', 'not_met'] as const)
      expect(isOverdue({ due: day('2020-01-01'), state }, today)).toBe(false)
  })

  test('overdue stands first, settled last, the latest settled before the earlier ones', () => {
    fc.assert(
      fc.property(items, (all) => {
        const sorted = all.toSorted(byUrgency(today))
        const open = sorted.filter(({ state }) => state === 'scheduled')
        expect(sorted.slice(0, open.length)).toEqual(open.toSorted((a, b) => compare(a.due, b.due)))
        const settled = sorted.slice(open.length)
        expect(settled.every(({ due }, index) => index === 0 || compare(due, settled[index - 1]!.due) <= 0)).toBe(true)
      }),
    )
  })

  const deadline = (date: string) => ({ date: day(date), reasons: [] })

  test('the next is the earliest of deadlines that can still be kept, the end, and what is scheduled', () => {
    const all = { lead: deadline('2026-05-01'), notice: deadline('2026-07-01'), end: deadline('2026-10-01') }
    const next = (dues: string[], given = all) =>
      nextDueOf(
        given,
        dues.map((due) => ({ due: day(due), state: 'scheduled' as const })),
        today,
      )?.toString()
    expect(next([])).toBe('2026-07-01')
    expect(next(['2026-06-20'])).toBe('2026-06-20')
    expect(next(['2026-01-01'])).toBe('2026-01-01')
    expect(next([], { ...all, notice: deadline('2026-06-14') })).toBe('2026-10-01')
    expect(next([], { ...all, lead: deadline('2026-06-15') })).toBe('2026-06-15')
    const none = { lead: undefined, notice: undefined, end: undefined }
    expect(nextDueOf(none, [{ due: today, state: 'met' }], today)).toBeNull()
    expect(nextDueOf({ ...none, end: deadline('2020-01-01') }, [], today)?.toString()).toBe('2020-01-01')
  })

  test('a changed rule keeps what is settled and leaves just its own days scheduled', () => {
    fc.assert(
      fc.property(items, fc.array(days, { maxLength: 30 }), (some, wanted) => {
        const existing = [...new Map(some.map((item) => [item.due.toString(), item])).values()]
        const { add, remove } = reschedule(existing, wanted)
        const left = existing.filter(({ due }) => !remove.some((gone) => gone.equals(due)))
        expect(left.filter(({ state }) => state !== 'scheduled')).toEqual(
          existing.filter(({ state }) => state !== 'scheduled'),
        )
        const has = new Set([...left.map(({ due }) => due.toString()), ...add.map(String)])
        expect(wanted.every((due) => has.has(due.toString()))).toBe(true)
        expect(left.every(({ due, state }) => state !== 'scheduled' || wanted.some((other) => other.equals(due)))).toBe(
          true,
        )
        expect(add.some((due) => left.some((item) => item.due.equals(due)))).toBe(false)
      }),
    )
  })
})

describe('payments', () => {
  test('amounts are exact, and come back as they were', () => {
    expect(fromUnits(toUnits('0.1') + toUnits('0.2'))).toBe('0.3')
    expect(fromUnits(toUnits('999999999999999.9999'))).toBe('999999999999999.9999')
    expect(fromUnits(toUnits('1200.5000'))).toBe('1200.5')
  })

  test('each currency is added up by itself: agreed, due by today, paid', () => {
    const lines = [
      { due: day('2026-01-01'), amount: '100.10', currency: 'CNY', paid: '100.1' },
      { due: day('2026-06-15'), amount: '50', currency: 'CNY', paid: '20.05' },
      { due: day('2027-01-01'), amount: '50', currency: 'CNY', paid: null },
      { due: day('2027-01-01'), amount: '9000000', currency: 'VND', paid: null },
    ]
    expect(paymentTotals(lines, today)).toEqual([
      { currency: 'CNY', agreed: '200.1', due: '150.1', paid: '120.15' },
      { currency: 'VND', agreed: '9000000', due: '0', paid: '0' },
    ])
  })

  test('the sum of the currencies is the sum of the lines, whatever their order', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 18n }).map(fromUnits)
    const line = fc.record({
      due: days,
      amount,
      currency: fc.constantFrom('CNY', 'USD', 'THB'),
      paid: fc.constant(null),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const totals = paymentTotals(lines, today)
        expect(paymentTotals(lines.toReversed(), today)).toEqual(totals)
        const all = lines.reduce((sum, each) => sum + toUnits(each.amount), 0n)
        expect(totals.reduce((sum, each) => sum + toUnits(each.agreed), 0n)).toBe(all)
      }),
    )
  })
})

describe('the timeline', () => {
  const matter = fc.record({
    today: fc.constant(today),
    term: fc
      .record({ from: fc.option(days), to: fc.option(days), openEnded: fc.boolean() })
      .filter(({ from, to }) => from === null || to === null || compare(from, to) <= 0),
    deadlines: fc.array(fc.record({ name: fc.constantFrom('lead' as const, 'notice' as const), date: days }), {
      maxLength: 2,
    }),
    items: items.map((all) => all.map((item) => ({ ...item, overdue: isOverdue(item, today) }))),
  })

  test('draws everything, within its edges, and the same each time', () => {
    fc.assert(
      fc.property(matter, (given) => {
        const { width, height, shapes } = drawTimeline(given)
        expect(drawTimeline(given)).toEqual({ width, height, shapes })
        expect(shapes.filter(({ kind }) => kind === 'mark')).toHaveLength(given.items.length)
        expect(shapes.filter(({ kind }) => kind === 'today')).toHaveLength(1)
        for (const shape of shapes) {
          expect(shape.x).toBeGreaterThanOrEqual(0)
          expect(shape.x + ('width' in shape ? shape.width : 0)).toBeLessThanOrEqual(width)
          if ('width' in shape) expect(shape.width).toBeGreaterThanOrEqual(0)
          if ('y2' in shape) expect(shape.y2).toBeLessThanOrEqual(height)
        }
      }),
      { numRuns: 100 },
    )
  })

  test('later is further right, and few labels', () => {
    fc.assert(
      fc.property(matter, (given) => {
        const { shapes } = drawTimeline(given)
        const labels = shapes.filter((shape) => shape.kind === 'label')
        expect(labels.length).toBeLessThanOrEqual(8)
        const dates = labels.map(({ date }) => date)
        expect(dates).toEqual(dates.toSorted())
        labels.forEach(({ x }, index) => {
          if (index > 0) expect(x).toBeGreaterThan(labels[index - 1]!.x)
        })
      }),
      { numRuns: 100 },
    )
  })
})
