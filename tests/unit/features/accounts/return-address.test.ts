import { expect, test } from 'vitest'
import { returnAddress } from '#features/accounts/return-address.ts'

test.each([
  ['/en/office/agreements?sort=ends&q=%E4%BA%91', '/th/office/agreements?sort=ends&q=%E4%BA%91'],
  ['/zh/office', '/th/office'],
  ['//evil.example/en/office', '/th/office'],
  ['/\\evil.example/en/office', '/th/office'],
  ['https://evil.example/en/office', '/th/office'],
  ['/en/office/../../evil', '/th/office'],
  ['/en/officers', '/th/office'],
  ['/en/partners', '/th/office'],
  ['/en/office/sign-out', '/th/office'],
  ['/en/office/sign-in?next=/en/office', '/th/office'],
  ['javascript:alert(1)', '/th/office'],
  ['', '/th/office'],
  [null, '/th/office'],
])('from %s one goes to %s', (wanted, expected) => {
  expect(returnAddress(wanted, 'th')).toBe(expected)
})
