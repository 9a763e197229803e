import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AgreementState,
  agreementStates,
  gapsIn,
  isFinal,
  leadsTo,
  missingFor,
  releasableStates,
  stepsFrom,
  type TransitionName,
  transitionNames,
  transitionOf,
  unsignedStates,
} from '#features/agreements/lifecycle.ts'
import { type AgreementFacts, requirements } from '#features/agreements/requirements.ts'
import { type PartialDate, parsePartialDate } from '#platform/partial-date.ts'

const today = Temporal.PlainDate.from('2026-03-02')
const date = (text: string) => parsePartialDate(text) as PartialDate

const complete: AgreementFacts = {
  titled: true,
  parties: 2,
  signed: date('2020-01-05'),
  effective: date('2020-02'),
  ends: date('2025'),
  openPoints: { negotiation: 0, signature: 0 },
  approval: 'stands',
  signedOff: true,
  signatures: 2,
  copiesMissing: [],
  replaced: true,
}

const states = fc.constantFrom(...agreementStates)
const names = fc.oneof(fc.constantFrom(...transitionNames), fc.string())
const dates = fc.option(fc.constantFrom('2019', '2020-02', '2026-03-02', '2026-03', '2026-03-03', '2027'), {
  nil: undefined,
}) as fc.Arbitrary<PartialDate | undefined>
const facts: fc.Arbitrary<AgreementFacts> = fc.record({
  titled: fc.boolean(),
  parties: fc.nat({ max: 4 }),
  signed: dates,
  effective: dates,
  ends: dates,
  openPoints: fc.record({ negotiation: fc.nat({ max: 2 }), signature: fc.nat({ max: 2 }) }),
  approval: fc.constantFrom('none', 'former', 'stands'),
  signedOff: fc.boolean(),
  signatures: fc.nat({ max: 4 }),
  copiesMissing: fc.subarray(['zh', 'th']),
  replaced: fc.boolean(),
})

describe('the table', () => {
  test('no sequence of calls leaves it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.option(states, { nil: undefined })), { maxLength: 20 }), (calls) => {
        let state: AgreementState | null = null
        for (const [name, wanted] of calls) {
          const to = leadsTo(name, state, wanted)
          if (to === undefined) continue
          const row = transitionOf(name as TransitionName)
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

  test('nothing that was signed becomes unsigned again, and nothing unsigned takes effect', () => {
    fc.assert(
      fc.property(states, fc.constantFrom(...transitionNames), (state, name) => {
        const to = leadsTo(name, state)
        if (to === undefined) return
        if (releasableStates.includes(state)) expect(releasableStates).toContain(to)
        if (unsignedStates.includes(state) && releasableStates.includes(to))
          expect([state, to]).toEqual(['approved', 'signed'])
      }),
    )
  })

  test('every state but the first can be reached from a draft', () => {
    const reached = new Set<AgreementState>(['draft'])
    for (const state of reached) {
      for (const name of transitionNames) {
        const to = leadsTo(name, state)
        if (to !== undefined) reached.add(to)
      }
    }
    expect([...reached].sort()).toEqual([...agreementStates].sort())
  })

  test('the final states, and no others, lead nowhere but back, where the term was mistaken', () => {
    expect(agreementStates.filter(isFinal)).toEqual([
      ...['completed', 'expired', 'terminated', 'superseded', 'declined', 'withdrawn'],
    ])
    fc.assert(
      fc.property(states.filter(isFinal), names, facts, (state, name, known) => {
        const back = state === 'expired' ? ['reinstate'] : []
        expect(leadsTo(name, state)).toBe(back.includes(name) ? 'in_force' : undefined)
        expect(stepsFrom(state, known, today).map((step) => step.name)).toEqual(back)
      }),
    )
  })

  test('every state that is not final has a way on, and one out for which a reason is given', () => {
    for (const state of agreementStates.filter((one) => !isFinal(one))) {
      const steps = stepsFrom(state, complete, today)
      expect(
        steps.some(({ to, reason }) => reason && isFinal(to)),
        state,
      ).toBe(true)
      expect(
        steps.some(({ missing }) => missing.length === 0),
        state,
      ).toBe(true)
    }
  })

  test('declined and withdrawn are for what was never signed', () => {
    for (const state of releasableStates) {
      expect(leadsTo('withdraw', state)).toBeUndefined()
      expect(leadsTo('decline', state)).toBeUndefined()
    }
  })

  test('an old agreement is entered in any state but those that rest on a content held here', () => {
    const entered = agreementStates.filter((state) => leadsTo('enter', null, state) !== undefined)
    expect(agreementStates.filter((state) => !entered.includes(state))).toEqual(['draft', 'review', 'approved'])
    expect(leadsTo('enter', null)).toBeUndefined()
    expect(leadsTo('enter', 'draft', 'signed')).toBeUndefined()
  })
})

test('a step is offered complete exactly when all its requirements hold', () => {
  fc.assert(
    fc.property(states, facts, (state, known) => {
      for (const step of stepsFrom(state, known, today)) {
        const required = transitionOf(step.name).requires
        expect(step.missing.length === 0).toBe(required.every((code) => requirements[code].holds(known, today)))
        expect(step.missing).toEqual(missingFor(step.name, known, today))
      }
    }),
  )
})

test.each([
  ['signed later than today', { signed: date('2026-03-03') }, 'sign', ['signed_not_ahead']],
  ['signed this month', { signed: date('2026-03') }, 'sign', []],
  ['one party', { parties: 1 }, 'negotiate', ['two_parties']],
  ['an open point', { openPoints: { negotiation: 1, signature: 0 } }, 'negotiate', ['negotiation_checks']],
  ['an approval of earlier words', { approval: 'former' }, 'sign', ['approval']],
  ['a party without signatory', { signatures: 1 }, 'sign', ['signatories']],
  ['no Thai copy', { copiesMissing: ['th'] }, 'sign', ['signed_copies']],
  ['no sign-off', { signedOff: false }, 'sign_off', ['sign_off']],
  ['no effective date', { effective: undefined }, 'take_effect', ['effective_date']],
  ['ends today', { ends: date('2026-03-02') }, 'expire', ['end_passed']],
  ['ends some day this year', { ends: date('2026') }, 'expire', ['end_passed']],
  ['ended last year', { ends: date('2025') }, 'reinstate', ['end_ahead']],
  ['ends some day this year', { ends: date('2026') }, 'reinstate', []],
  ['ended yesterday', { ends: date('2026-03-01') }, 'expire', []],
  ['open-ended', { ends: undefined }, 'expire', ['end_date']],
  ['nothing in its place', { replaced: false }, 'supersede', ['successor']],
] as const)('%s', (_, given, name, missing) => {
  expect(missingFor(name, { ...complete, ...given }, today)).toEqual(missing)
})

describe('gaps are what the way to the state would have asked for', () => {
  const gaps = (state: AgreementState, given: Partial<AgreementFacts> = {}) =>
    gapsIn(state, { ...complete, ...given }, today)

  test.each([
    ['in_force', {}, []],
    ['in_force', { signed: undefined, parties: 1 }, ['two_parties', 'signatories', 'signed_date']],
    ['in_force', { approval: 'none', copiesMissing: ['zh'] }, ['approval', 'signed_copies']],
    ['expired', { ends: undefined }, ['end_date']],
    ['superseded', { replaced: false }, ['successor']],
    ['draft', { parties: 0, approval: 'none' }, []],
    ['negotiation', { openPoints: { negotiation: 2, signature: 2 } }, ['negotiation_checks']],
  ] as const)('%s %j', (state, given, expected) => {
    expect(gaps(state, given as Partial<AgreementFacts>)).toEqual(expected)
  })

  test('a correction after signature does not undo the approval before it', () => {
    expect(gaps('signed', { approval: 'former' })).toEqual([])
    expect(missingFor('sign', { ...complete, approval: 'former' }, today)).toEqual(['approval'])
  })
})
