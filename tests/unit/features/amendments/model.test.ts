import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Agreed,
  agreedFirst,
  agreedOn,
  type AmendmentEffect,
  changesTo,
  compareEffects,
  consolidated,
  contradictions,
  heldBefore,
  takenOver,
  withoutAmendment,
} from '#features/amendments/model.ts'

const today = Temporal.PlainDate.from('2026-06-15')
const fields = ['ends', 'value', 'renewal', 'openEnded'] as const
const values = fc.constantFrom<string | null>('2027', '2028', '2030-05', null)
const base = fc.record(Object.fromEntries(fields.map((field) => [field, values]))).map((agreed) => agreed as Agreed)
const near = fc.integer({ min: -20, max: 20 }).map((offset) => today.add({ days: offset }))

/** Amendments that follow from one another, as the form makes them, in any order of entry. */
const chains = fc
  .record({
    first: base,
    effects: fc.uniqueArray(
      fc.record({
        number: fc.integer({ min: 1, max: 9 }),
        effectiveOn: near,
        after: fc.dictionary(fc.constantFrom(...fields), values),
      }),
      { selector: ({ number }) => number, maxLength: 6 },
    ),
    entered: fc.infiniteStream(fc.integer()),
  })
  .map(({ first, effects, entered }) => {
    let held: Agreed = first
    const made = effects.toSorted(compareEffects).map(({ number, effectiveOn, after }): AmendmentEffect => {
      const changes = changesTo(held, { ...held, ...after })
      held = { ...held, ...after }
      return { number, effectiveOn, changes, applied: Temporal.PlainDate.compare(effectiveOn, today) <= 0 }
    })
    const shuffled = made
      .map((effect) => ({ effect, key: entered.next().value as number }))
      .sort((a, b) => a.key - b.key)
    return { first, made, shuffled: shuffled.map(({ effect }) => effect), row: consolidated(first, made, today) }
  })

describe('what holds on a day', () => {
  test('applying none gives what was agreed first', () => {
    fc.assert(
      fc.property(base, near, (first, day) => {
        expect(consolidated(first, [], day)).toEqual(first)
      }),
    )
    fc.assert(
      fc.property(chains, ({ first, made }) => {
        expect(consolidated(first, made, today.subtract({ days: 30 }))).toEqual(first)
      }),
    )
  })

  test('the order of entry does not matter', () => {
    fc.assert(
      fc.property(chains, near, ({ first, made, shuffled, row }, day) => {
        expect(consolidated(first, shuffled, day)).toEqual(consolidated(first, made, day))
        expect(agreedOn(row, shuffled, day)).toEqual(agreedOn(row, made, day))
      }),
    )
  })

  test('is rebuilt from the row of today for any day, earlier or later', () => {
    fc.assert(
      fc.property(chains, near, ({ first, shuffled, row }, day) => {
        expect(agreedOn(row, shuffled, day)).toEqual(consolidated(first, shuffled, day))
        expect(agreedFirst(row, shuffled)).toEqual(first)
        expect(contradictions(row, shuffled)).toEqual([])
      }),
    )
  })

  test('each amendment says what held just before it', () => {
    fc.assert(
      fc.property(chains, ({ shuffled, row }) => {
        for (const amendment of shuffled) {
          const held = heldBefore(row, shuffled, amendment)
          for (const { field, before } of amendment.changes) expect(held[field]).toEqual(before)
        }
      }),
    )
  })

  test('taken over one by one in any order of entry, the row ends as it would have in order of effect', () => {
    fc.assert(
      fc.property(chains, ({ first, shuffled, row }) => {
        let now: Agreed = first
        const done: AmendmentEffect[] = []
        for (const amendment of shuffled.filter(({ applied }) => applied)) {
          for (const { field, after } of takenOver(amendment, done)) now = { ...now, [field]: after }
          done.push(amendment)
        }
        expect(now).toEqual(row)
      }),
    )
  })
})

describe('what a person is told', () => {
  const effect = (number: number, on: string, before: string, after: string): AmendmentEffect => ({
    number,
    effectiveOn: Temporal.PlainDate.from(on),
    changes: [{ field: 'ends', before, after }],
    applied: true,
  })

  test('an amendment from what did not hold before it', () => {
    const both = [effect(2, '2026-05-01', '2028', '2030'), effect(1, '2026-01-01', '2028', '2029')]
    expect(contradictions({ ends: '2030' }, both)).toEqual([{ field: 'ends', number: 2, said: '2028', held: '2029' }])
  })

  test('an agreement that was edited beside its amendments: the edit holds for the stretch of today', () => {
    const both = [effect(1, '2026-01-01', '2027', '2028'), effect(2, '2026-05-01', '2028', '2030')]
    const row = { ends: '2031' }
    expect(contradictions(row, both)).toEqual([{ field: 'ends', number: undefined, said: '2030', held: '2031' }])
    const ends = (on: string) => agreedOn(row, both, Temporal.PlainDate.from(on))['ends']
    expect([ends('2025-12-31'), ends('2026-01-01'), ends('2026-05-01'), ends('2026-12-01')]).toEqual([
      '2027',
      '2028',
      '2031',
      '2031',
    ])
  })
})

describe('an amendment that is annulled', () => {
  const without = (row: Agreed, amendments: readonly AmendmentEffect[], annulled: AmendmentEffect) => {
    const annulment = withoutAmendment(row, amendments, annulled)
    return {
      row: { ...row, ...Object.fromEntries(annulment.row.map(({ field, after }) => [field, after])) },
      rest: amendments
        .filter(({ number }) => number !== annulled.number)
        .map((other) => ({ ...other, changes: annulment.later.get(other.number) ?? other.changes })),
    }
  }

  test('leaves everything as if it had never been recorded, on every day and without contradictions', () => {
    fc.assert(
      fc.property(chains, fc.nat(), near, ({ first, shuffled, row }, pick, day) => {
        fc.pre(shuffled.length > 0)
        const annulled = shuffled[pick % shuffled.length]!
        const others = shuffled.filter((other) => other !== annulled)
        const after = without(row, shuffled, annulled)
        expect(agreedOn(after.row, after.rest, day)).toEqual(consolidated(first, others, day))
        expect(after.row).toEqual(consolidated(first, others, today))
        expect(contradictions(after.row, after.rest)).toEqual([])
      }),
    )
  })

  test('takes nothing back that a person has put right since', () => {
    const wrong: AmendmentEffect = {
      number: 1,
      effectiveOn: today,
      changes: [{ field: 'ends', before: '2027', after: '2072' }],
      applied: true,
    }
    const after = without({ ends: '2027' }, [wrong], wrong)
    expect(after.row).toEqual({ ends: '2027' })
    expect(contradictions(after.row, after.rest)).toEqual([])
  })
})
