import { expect, it } from 'vitest'
import { comesFromSite, isSafeMethod } from '#platform/http/origin.ts'

const site = 'https://hub.example.org'

it.each([
  [{ origin: site }],
  [{ origin: site, 'sec-fetch-site': 'same-origin' }],
  [{ 'sec-fetch-site': 'same-origin' }],
  [{ referer: `${site}/en/office/sign-in?next=1` }],
])('takes a form with %j', (headers) => {
  expect(comesFromSite(headers, site)).toBe(true)
})

it.each([
  [{}],
  [{ origin: 'null' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'http://hub.example.org' }],
  [{ origin: 'https://hub.example.org:8443' }],
  [{ origin: 'https://hub.example.org.evil.example' }],
  [{ origin: site, 'sec-fetch-site': 'cross-site' }],
  [{ origin: site, 'sec-fetch-site': 'same-site' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ origin: 'https://evil.example', referer: `${site}/en` }],
  [{ referer: 'https://hub.example.org.evil.example/' }],
  [{ referer: 'https://evil.example/https://hub.example.org/' }],
  [{ referer: 'not an address' }],
])('refuses a form with %j', (headers) => {
  expect(comesFromSite(headers, site)).toBe(false)
})

it('counts as safe what only reads', () => {
  expect(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'get'].filter(isSafeMethod)).toEqual(['GET', 'HEAD'])
})
