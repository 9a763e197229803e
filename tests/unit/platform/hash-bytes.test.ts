import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashOfBytes } from '#platform/hash-bytes.ts'

test('the hash of parts is that of all of them', async () => {
  const bytes = randomBytes(3 * 1024 * 1024 + 17)
  const whole = createHash('sha256').update(bytes).digest('hex')
  for (const at of [0, 5, 1024 * 1024, bytes.length]) {
    expect((await hashOfBytes(bytes.subarray(0, at), bytes.subarray(at))).toString('hex')).toBe(whole)
  }
  expect((await hashOfBytes()).toString('hex')).toBe(createHash('sha256').digest('hex'))
})
