import { expect, test } from 'vitest'
import { drawLifecycle } from '#features/agreements/lifecycle-drawing.ts'
import { agreementStates, leadsTo, transitionNames } from '#features/agreements/lifecycle.ts'

const { states, steps } = drawLifecycle()

test('the drawing has every state once, each in a place of its own', () => {
  expect(states.map(({ state }) => state).sort()).toEqual([...agreementStates].sort())
  expect(new Set(states.map(({ column, row }) => `${column} ${row}`)).size).toBe(states.length)
})

test('the drawing has every way of the table, from left to right, and no other', () => {
  const ways = agreementStates.flatMap((from) =>
    transitionNames.flatMap((name) => {
      const to = leadsTo(name, from)
      return to === undefined ? [] : [`${from} ${name} ${to}`]
    }),
  )
  expect(steps.map(({ from, name, to }) => `${from} ${name} ${to}`).sort()).toEqual(ways.sort())
  const columnOf = (state: string) => states.find((drawn) => drawn.state === state)?.column ?? -1
  for (const { from, to } of steps) expect(columnOf(to)).toBeGreaterThan(columnOf(from))
  expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1))
})
