import { expect, test, vi } from 'vitest'
import { remembered } from '#platform/i18n/remembered.ts'

test('each result is made once, until there are too many', () => {
  const make = vi.fn((key: string, end: string) => `${key}${end}`)
  const said = remembered(2, make)
  expect([said('a', '!'), said('a', '!'), said('b', '!'), said('a', '!')]).toEqual(['a!', 'a!', 'b!', 'a!'])
  expect(make).toHaveBeenCalledTimes(2)
  expect(said('c', '!')).toBe('c!')
  expect([said('a', '!'), said('c', '!')]).toEqual(['a!', 'c!'])
  expect(make).toHaveBeenCalledTimes(4)
})

test('long keys are not kept', () => {
  const make = vi.fn((key: string) => key.length)
  const length = remembered(10, make)
  const long = 'x'.repeat(301)
  expect([length(long), length(long)]).toEqual([301, 301])
  expect(make).toHaveBeenCalledTimes(2)
})
