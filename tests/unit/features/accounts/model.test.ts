import { expect, test } from 'vitest'
import { type Actor, authorise, command, may, parseEmail, permissions, roles } from '#features/accounts/model.ts'
import { generatePassword, passwordProblem } from '#features/accounts/passwords.ts'
import { networkOf } from '#features/accounts/throttle.ts'

const someone = (...held: (typeof roles)[number][]): Actor => ({
  kind: 'user',
  id: 'u',
  email: 'a@example.org',
  name: null,
  roles: held,
})

test('a visitor may nothing, the operator everything, staff what their roles say', () => {
  for (const permission of Object.keys(permissions) as (keyof typeof permissions)[]) {
    expect(may({ kind: 'visitor' }, permission)).toBe(false)
    expect(may({ kind: 'command_line' }, permission)).toBe(true)
    for (const role of roles) {
      expect(may(someone(role), permission)).toBe((permissions[permission] as readonly string[]).includes(role))
    }
  }
  expect(may(someone(), 'office.enter')).toBe(false)
})

test('several roles add up', () => {
  expect(may(someone('translator', 'agreement_officer'), 'agreements.record')).toBe(true)
})

test('a command asks before it does anything', async () => {
  let runs = 0
  const record = command('agreements.record', () => Promise.resolve((runs += 1)))
  await expect(record({}, { kind: 'visitor' }, undefined)).rejects.toMatchObject({ code: 'sign_in_required' })
  await expect(record({}, someone('reader'), undefined)).rejects.toMatchObject({ code: 'forbidden' })
  expect(runs).toBe(0)
  await record({}, someone('administrator'), undefined)
  expect(runs).toBe(1)
  expect(record.permission).toBe('agreements.record')
  expect(() => authorise({ kind: 'visitor' }, 'office.enter')).toThrow('sign_in_required')
})

test.each([
  [' Officer@Example.ORG ', 'officer@example.org'],
  ['no-at-sign', undefined],
  ['a@b', undefined],
  ['a b@example.org', undefined],
  [`${'a'.repeat(250)}@example.org`, undefined],
])('the address %s', (typed, expected) => {
  expect(parseEmail(typed)).toBe(expected)
})

test('passwords are long rather than odd', () => {
  expect(passwordProblem('short')).toBe('password_short')
  expect(passwordProblem('云南云南云南云南云南云南')).toBeUndefined()
  expect(passwordProblem('x'.repeat(201))).toBe('too_long')
  const made = generatePassword()
  expect(passwordProblem(made)).toBeUndefined()
  expect(generatePassword()).not.toBe(made)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('attempts from %s count for %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
