import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { expectConsole, outsideConnections } from '#tests/support/rules.ts'

test('console output that a test declares is accepted', () => {
  console.warn('The lake is full:', 42)
  expectConsole('warn', /lake is full: 42/)
})

test('console output that never came is missed', () => {
  expect(() => expectConsole('error', 'anything')).toThrow(/nothing like anything/)
})

describe('other machines', () => {
  test.each([
    ['fetch', () => fetch('http://192.0.2.1/')],
    ['a socket', () => Promise.resolve(connect({ host: 'example.org', port: 443 }))],
    ['a socket by port and host', () => Promise.resolve(connect(443, 'example.org'))],
  ])('are out of reach by %s', async (_, reach) => {
    await expect((async () => reach())()).rejects.toThrow()
    expect(outsideConnections()).toHaveLength(1)
  })
})
