import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AgreementState } from '#features/agreements/lifecycle.ts'
import type { Term } from '#features/agreements/term.ts'
import { type AutomaticStep, type Running, stepsDue } from '#features/automation/model.ts'
import { bounds, type PartialDate } from '#platform/partial-date.ts'

const unsaidTerm: Term = {
  effective: null,
  ends: null,
  openEnded: false,
  renewal: 'none',
  renewalMonths: null,
  renewalLimit: null,
  notice: null,
  leadDays: null,
}
const day = (text: string) => Temporal.PlainDate.from(text)
const due = (state: AgreementState, term: Partial<Term>, today: string, renewedAfter?: string) =>
  stepsDue(
    {
      state,
      term: { ...unsaidTerm, ...term },
      renewedAfter: renewedAfter === undefined ? undefined : day(renewedAfter),
    },
    day(today),
  ).map((step) => [step.name, ...('until' in step ? [step.number, step.ended.toString(), step.until.toString()] : [])])

const date = (text: string) => text as PartialDate
const yearly = { renewal: 'automatic', renewalMonths: 12, renewalLimit: null } as const

describe('coming into force', () => {
  test('on the effective date, not before it', () => {
    expect(due('signed', { effective: date('2026-05-01') }, '2026-04-30')).toEqual([])
    expect(due('signed', { effective: date('2026-05-01') }, '2026-05-01')).toEqual([['take_effect']])
    expect(due('signed', { effective: date('2026-05-01') }, '2031-01-01')).toEqual([['take_effect']])
  })
  test('a date known to the month or year waits until it has certainly come', () => {
    expect(due('signed', { effective: date('2026-05') }, '2026-05-30')).toEqual([])
    expect(due('signed', { effective: date('2026-05') }, '2026-05-31')).toEqual([['take_effect']])
    expect(due('signed', { effective: date('2026') }, '2026-12-31')).toEqual([['take_effect']])
  })
  test('one that was over before anybody looked goes through both', () => {
    const term = { effective: date('2020-01-01'), ends: date('2022-12-31') }
    expect(due('signed', term, '2026-01-01')).toEqual([['take_effect'], ['expire']])
  })
  test('without an effective date nothing happens by itself, not even an end', () => {
    expect(due('signed', { ends: date('2022-12-31') }, '2026-01-01')).toEqual([])
  })
})

describe('the end', () => {
  test('is the day after the last one, in force or suspended', () => {
    for (const state of ['in_force', 'suspended'] as const) {
      expect(due(state, { ends: date('2026-05-31') }, '2026-05-31')).toEqual([])
      expect(due(state, { ends: date('2026-05-31') }, '2026-06-01')).toEqual([['expire']])
    }
    expect(due('in_force', { ends: date('2026') }, '2026-12-31')).toEqual([])
    expect(due('in_force', { ends: date('2026') }, '2027-01-01')).toEqual([['expire']])
  })
  test('a renewal by agreement does not come by itself', () => {
    expect(due('in_force', { ends: date('2026-05-31'), renewal: 'by_agreement' }, '2026-06-01')).toEqual([['expire']])
  })
  test('is none where it runs on or is not known, and nothing where it is over or not signed', () => {
    expect(due('in_force', { openEnded: true }, '2099-01-01')).toEqual([])
    expect(due('in_force', {}, '2099-01-01')).toEqual([])
    for (const state of ['draft', 'approved', 'expired', 'terminated', 'superseded', 'withdrawn'] as const) {
      expect(due(state, { effective: date('2020'), ends: date('2021') }, '2026-06-01')).toEqual([])
    }
  })
})

describe('automatic renewal', () => {
  test('follows each end, also those that were missed', () => {
    const term = { ...yearly, ends: date('2024-02-29') }
    expect(due('in_force', term, '2024-02-29')).toEqual([])
    expect(due('in_force', term, '2024-03-01')).toEqual([['renew', 1, '2024-02-29', '2025-02-28']])
    expect(due('in_force', term, '2026-03-01')).toEqual([
      ['renew', 1, '2024-02-29', '2025-02-28'],
      ['renew', 2, '2025-02-28', '2026-02-28'],
      ['renew', 3, '2026-02-28', '2027-02-28'],
    ])
  })
  test('is not done again, also with the clock set back', () => {
    const term = { ...yearly, ends: date('2024-02-29') }
    expect(due('in_force', term, '2025-03-01', '2024-02-29')).toEqual([['renew', 2, '2025-02-28', '2026-02-28']])
    expect(due('in_force', term, '2024-06-01', '2025-02-28')).toEqual([])
  })
  test('ends with its limit', () => {
    const term = { ...yearly, renewalLimit: 1, ends: date('2024-12-31') }
    expect(due('in_force', term, '2026-01-01', '2024-12-31')).toEqual([['expire']])
    expect(due('in_force', term, '2025-12-31', '2024-12-31')).toEqual([])
    expect(due('in_force', { ...term, renewalLimit: 0 }, '2025-01-01')).toEqual([['expire']])
  })
  test('of a length that is not known cannot be reckoned', () => {
    expect(due('in_force', { renewal: 'automatic', ends: date('2024-12-31') }, '2026-01-01')).toEqual([])
  })
})

const someTerm = fc
  .record({
    effective: fc.option(fc.integer({ min: 0, max: 400 })),
    length: fc.integer({ min: 0, max: 900 }),
    months: fc.integer({ min: 1, max: 30 }),
    limit: fc.option(fc.integer({ min: 0, max: 4 })),
    renewal: fc.constantFrom('none', 'by_agreement', 'automatic'),
    precision: fc.constantFrom(10, 7, 4),
    openEnded: fc.boolean(),
  })
  .map(({ effective, length, months, limit, renewal, precision, openEnded }): Term => {
    const begins = day('2020-01-01').add({ days: effective ?? 0 })
    return {
      ...unsaidTerm,
      effective: effective === null ? null : date(begins.toString().slice(0, precision)),
      ends: openEnded ? null : date(begins.add({ days: length }).toString().slice(0, precision)),
      openEnded,
      renewal: renewal,
      renewalMonths: renewal === 'automatic' ? months : null,
      renewalLimit: renewal === 'automatic' ? limit : null,
    }
  })

/** The same rules told another way: a clerk who looks at the papers every morning and knows no arithmetic of chains. */
function clerk(term: Term, from: Temporal.PlainDate, days: number): string[] {
  const told: string[] = []
  const agreed = term.ends && bounds(term.ends).last
  let [state, used, last] = ['signed', 0, agreed]
  for (let passed = 0; passed <= days; passed += 1) {
    const today = from.add({ days: passed }).toString()
    if (state === 'signed' && term.effective !== null && bounds(term.effective).last.toString() <= today) {
      state = 'in_force'
      told.push('take_effect')
    }
    while (state === 'in_force' && agreed !== null && last !== null && last.toString() < today) {
      const renews = term.renewal === 'automatic' && (term.renewalLimit === null || used < term.renewalLimit)
      if (!renews) {
        state = 'expired'
        told.push('expire')
        break
      }
      used += 1
      const next = agreed
        .add({ days: 1 })
        .add({ months: used * term.renewalMonths! })
        .subtract({ days: 1 })
      told.push(`renew ${last.toString()} ${next.toString()}`)
      last = next
    }
  }
  return told
}

/** What the rules tell when they are asked on some days only. */
function rounds(term: Term, from: Temporal.PlainDate, offsets: readonly number[]): string[] {
  const told: string[] = []
  let held: Running = { state: 'signed', term, renewedAfter: undefined }
  const take = (step: AutomaticStep) => {
    if (step.name === 'renew') {
      told.push(`renew ${step.ended.toString()} ${step.until.toString()}`)
      held = { ...held, renewedAfter: step.ended }
    } else {
      told.push(step.name)
      held = { ...held, state: step.name === 'expire' ? 'expired' : 'in_force' }
    }
  }
  for (const offset of offsets) stepsDue(held, from.add({ days: offset })).forEach(take)
  return told
}

test('asked on whatever days, in whatever order, it comes to what a clerk does who looks every day', () => {
  const length = 3000
  fc.assert(
    fc.property(someTerm, fc.array(fc.integer({ min: 0, max: length }), { maxLength: 30 }), (term, offsets) => {
      const from = day('2020-01-01')
      expect(rounds(term, from, [...offsets, length])).toEqual(clerk(term, from, length))
    }),
    { numRuns: 60 },
  )
})
