import { setImmediate } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { Queryable } from '#db/client.ts'
import { sharedRead } from '#db/shared-read.ts'

const database = {} as Queryable

test('those who ask in one turn share a read that begins after all of them; others have their own', async () => {
  let truth = 1
  const read = vi.fn(() => Promise.resolve(truth))
  const shared = sharedRead(read)
  const early = shared(database)
  truth = 2
  const late = shared(database)
  const elsewhere = shared({} as Queryable)
  expect(read).not.toHaveBeenCalled()
  expect(await Promise.all([early, late, elsewhere])).toEqual([2, 2, 2])
  expect(read).toHaveBeenCalledTimes(2)
  truth = 3
  expect(await shared(database)).toBe(3)
})

test('who asks while a read is under way gets another', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const read = vi.fn(() => (read.mock.calls.length === 1 ? promise : Promise.resolve('new')))
  const shared = sharedRead<string>(read)
  const first = shared(database)
  await setImmediate()
  await setImmediate()
  expect(read).toHaveBeenCalledTimes(1)
  expect(await shared(database)).toBe('new')
  resolve('old')
  expect(await first).toBe('old')
})

test('a failure is told to all who shared it, and not to the next', async () => {
  const read = vi.fn(() => Promise.resolve('fine')).mockRejectedValueOnce(new Error('lost'))
  const shared = sharedRead<string>(read)
  const results = await Promise.allSettled([shared(database), shared(database)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await shared(database)).toBe('fine')
})
