import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type AgreementFacts,
  agreementStates,
  gapsIn,
  isFinal,
  leadsTo,
  missingFor,
  requirements,
  stepsFrom,
  type Transition,
  transitionNames,
  transitions,
} from '#features/agreements/lifecycle.ts'
import { type PartialDate, parsePartialDate } from '#platform/partial-date.ts'

const today = Temporal.PlainDate.from('2026-03-02')
const date = (text: string) => parsePartialDate(text) as PartialDate

const complete: AgreementFacts = {
  titled: true,
  parties: 2,
  signed: date('2020-01-05'),
  effective: date('2020-02'),
  ends: date('2025'),
}

const states = fc.constantFrom(...agreementStates)
const names = fc.oneof(fc.constantFrom(...transitionNames), fc.string())
const dates = fc.option(fc.constantFrom('2019', '2020-02', '2026-03-02', '2026-03', '2026-03-03', '2027'), {
  nil: undefined,
})
const facts: fc.Arbitrary<AgreementFacts> = fc.record({
  titled: fc.boolean(),
  parties: fc.nat({ max: 4 }),
  signed: dates as fc.Arbitrary<PartialDate | undefined>,
  effective: dates as fc.Arbitrary<PartialDate | undefined>,
  ends: dates as fc.Arbitrary<PartialDate | undefined>,
})

test('no sequence of calls leaves the table', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.option(states, { nil: undefined })), { maxLength: 20 }), (calls) => {
      let state: (typeof agreementStates)[number] | null = null
      for (const [name, wanted] of calls) {
        const to = leadsTo(name, state, wanted)
        if (to === undefined) continue
        const row: Transition = transitions[name as keyof typeof transitions]
        expect(row.from).toContain(state)
        expect(row.to).toContain(to)
        state = to
      }
    }),
  )
})

test('names of objects are no transitions', () => {
  for (const name of ['constructor', '__proto__', 'toString', '']) expect(leadsTo(name, 'draft')).toBeUndefined()
})

test('from a final state nothing leads anywhere, whatever is asked', () => {
  fc.assert(
    fc.property(states.filter(isFinal), names, facts, (state, name, known) => {
      expect(leadsTo(name, state)).toBeUndefined()
      expect(stepsFrom(state, known, today)).toEqual([])
    }),
  )
})

test('a step is offered complete exactly when all its requirements hold', () => {
  fc.assert(
    fc.property(states, facts, (state, known) => {
      for (const step of stepsFrom(state, known, today)) {
        const required: readonly (keyof typeof requirements)[] = transitions[step.name].requires
        expect(step.missing.length === 0).toBe(required.every((code) => requirements[code].holds(known, today)))
        expect(step.missing).toEqual(missingFor(step.name, known, today))
      }
    }),
  )
})

test('every state can be reached from a draft, and each but the first by one transition at least', () => {
  const reached = new Set<string>(['draft'])
  for (const state of reached) {
    for (const name of transitionNames) {
      const to = leadsTo(name, state as 'draft')
      if (to !== undefined) reached.add(to)
    }
  }
  expect([...reached].sort()).toEqual([...agreementStates].sort())
})

test('withdrawn is for what was never signed', () => {
  for (const state of ['signed', 'in_force', 'completed', 'expired', 'terminated'] as const) {
    expect(leadsTo('withdraw', state)).toBeUndefined()
  }
})

test('an old agreement is entered in any state but a draft or a withdrawn one', () => {
  const entered = agreementStates.filter((state) => leadsTo('enter', null, state) !== undefined)
  expect(entered).toEqual(['negotiation', 'signed', 'in_force', 'completed', 'expired', 'terminated'])
  expect(leadsTo('enter', null)).toBeUndefined()
  expect(leadsTo('enter', 'draft', 'signed')).toBeUndefined()
})

test.each([
  ['signed later than today', { signed: date('2026-03-03') }, 'sign', ['signed_not_ahead']],
  ['signed this month', { signed: date('2026-03') }, 'sign', []],
  ['one party', { parties: 1 }, 'negotiate', ['two_parties']],
  ['no effective date', { effective: undefined }, 'take_effect', ['effective_date']],
  ['ends today', { ends: date('2026-03-02') }, 'expire', ['end_passed']],
  ['ends some day this year', { ends: date('2026') }, 'expire', ['end_passed']],
  ['ended yesterday', { ends: date('2026-03-01') }, 'expire', []],
  ['open-ended', { ends: undefined }, 'expire', ['end_date']],
] as const)('%s', (_, given, name, missing) => {
  expect(missingFor(name, { ...complete, ...given }, today)).toEqual(missing)
})

test('gaps are what the way to the state would have asked for', () => {
  expect(gapsIn('in_force', complete, today)).toEqual([])
  expect(gapsIn('in_force', { ...complete, signed: undefined, parties: 1 }, today)).toEqual([
    'two_parties',
    'signed_date',
  ])
  expect(gapsIn('expired', { ...complete, ends: undefined }, today)).toEqual(['end_date'])
  expect(gapsIn('draft', { ...complete, parties: 0 }, today)).toEqual([])
})
