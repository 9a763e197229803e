import { expect, it } from 'vitest'
import { chosenLocale, localeFor, localeSwitch } from '#platform/http/locale-choice.ts'

const site = 'http://127.0.0.1:4321'

it('takes what the reader chose before what the browser asks for', () => {
  expect(localeFor({ cookie: 'a=b; locale=my', 'accept-language': 'zh' })).toBe('my')
  expect(localeFor({ 'accept-language': 'zh' })).toBe('zh')
  expect(localeFor({})).toBe('en')
})

it.each(['locale=xx', 'locale=', 'xlocale=th', 'locale="th"', 'other=1', '', ';;;', 'locale=th%00'])(
  'takes no choice from %j',
  (cookie) => {
    expect(chosenLocale(cookie)).toBeUndefined()
  },
)

it('remembers the locale of a reader who followed a link from another one', () => {
  expect(localeSwitch({ referer: `${site}/en/partners?page=2` }, '/th/partners?page=2', site)).toBe(
    'locale=th; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly',
  )
  expect(localeSwitch({ referer: 'https://hub.example.org/en' }, '/my', 'https://hub.example.org')).toMatch(
    /^locale=my;.*; Secure$/,
  )
  expect(localeSwitch({ referer: `${site}/en`, cookie: 'locale=vi' }, '/zh', site)).toMatch(/^locale=zh;/)
})

it.each([
  ['within a locale', { referer: `${site}/th/partners` }, '/th/labs'],
  ['from another site', { referer: 'https://evil.example/en' }, '/th'],
  ['from another port', { referer: `${site}0/en` }, '/th'],
  ['from nowhere', {}, '/th'],
  ['from a page without a locale', { referer: `${site}/sitemap.xml` }, '/th'],
  ['to a file', { referer: `${site}/en` }, '/_astro/site.css'],
  ['to what was chosen already', { referer: `${site}/en`, cookie: 'locale=th' }, '/th'],
])('sets no cookie for a step %s', (_, headers, path) => {
  expect(localeSwitch(headers, path, site)).toBeUndefined()
})
