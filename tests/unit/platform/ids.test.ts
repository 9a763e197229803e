import { expect, test, vi } from 'vitest'
import { newId } from '#platform/ids.ts'

test('keys are UUIDs of version 7 that ascend, however many are made within a millisecond', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

test('they ascend while the clock goes back', () => {
  const before = newId()
  vi.setSystemTime(new Date('2001-01-01T00:00:00Z'))
  expect(newId() > before).toBe(true)
  vi.useRealTimers()
  expect(newId() > before).toBe(true)
})
