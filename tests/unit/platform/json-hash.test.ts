import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { hashOfJson } from '#platform/json-hash.ts'
import { fullDocument } from './pdf/models.ts'

const whole = (value: unknown, replace?: (name: string, value: unknown) => unknown) =>
  createHash('sha256').update(JSON.stringify(value, replace)).digest('hex')

const rows = Array.from({ length: 1001 }, (_, n) => [[{ text: `协议 ${n}`, lang: undefined }], [], null, n, 'ကျ\n"'])

test.each([
  ['a document', fullDocument('my')],
  ['a long list', rows],
  ['a long table deep in a document', ['register', false, ['en'], { title: 'x', blocks: [{ type: 'table', rows }] }]],
  ['fields that are not there', { a: undefined, b: null, c: { d: undefined }, e: [] }],
  ['nothing', null],
  ['words', 'ก่อน'],
])('the hash of %s is that of its text', async (_, value) => {
  expect(await hashOfJson(value)).toBe(whole(value))
})

test('what is replaced is replaced wherever it stands', async () => {
  const replace = (name: string, value: unknown) => (name === 'shapes' ? ['words'] : value)
  const value = [{ shapes: [1, 2] }, { deep: { deeper: { figures: [{ shapes: [1] }] } } }, { deep: [{ shapes: 3 }] }]
  expect(await hashOfJson(value, replace)).toBe(whole(value, replace))
  expect(await hashOfJson(value, replace)).not.toBe(await hashOfJson(value))
})
