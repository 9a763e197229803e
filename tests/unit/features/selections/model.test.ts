import { expect, test } from 'vitest'
import { isCode, newCode, newSecret, readSecret, selectionCookies } from '#features/selections/cookie.ts'
import {
  checkSettings,
  emptyContents,
  languagesOf,
  limits,
  type SelectionItem,
  withItems,
  withMoved,
  withoutItem,
} from '#features/selections/model.ts'
import { returnTo } from '#features/selections/selection-work.ts'
import { locales } from '#platform/i18n/locales.ts'
import { routes } from '#platform/http/public-routes.ts'
import { routeFinder } from '#platform/http/routes.ts'
import { paths } from '#platform/paths.ts'

const item = (id: string): SelectionItem => ({ kind: 'partner', id })
const ids = (items: readonly SelectionItem[]) => items.map(({ id }) => id).join('')

test('items stand once, in the order in which they came, and are moved by one place', () => {
  const three = withItems([item('a')], [item('b'), item('a'), item('c')])
  expect(ids(three)).toBe('abc')
  expect(ids(withMoved(three, 'partner:b', -1))).toBe('bac')
  expect(ids(withMoved(three, 'partner:b', 1))).toBe('acb')
  expect(ids(withMoved(three, 'partner:a', -1))).toBe('abc')
  expect(ids(withMoved(three, 'partner:x', 1))).toBe('abc')
  expect(ids(withoutItem(three, 'partner:b'))).toBe('ac')
})

test('a selection holds five hundred items and refuses one more', () => {
  const full = withItems(
    [],
    Array.from({ length: limits.items }, (_, at) => item(`${at}`)),
  )
  expect(full).toHaveLength(500)
  expect(withItems(full, [item('7')])).toHaveLength(500)
  expect(() => withItems(full, [item('more')])).toThrow(expect.objectContaining({ code: 'selection_full' }) as Error)
})

const typed = { title: '', startsOn: '', endsOn: '', first: '', second: '' }
const codes = (more: Partial<typeof typed>) => {
  const checked = checkSettings({ ...typed, ...more })
  return 'problems' in checked ? checked.problems.map(({ path, code }) => `${path} ${code}`) : checked.settings
}

test('what is typed is checked, in digits and titles of any script', () => {
  expect(codes({ title: 'x'.repeat(5000) })).toEqual(['title too_long'])
  expect(codes({ title: ' ᠮᠣᠩᠭᠣᠯ \u202e 𓀀 ', startsOn: '၂၀၂၆-၀၅-၀၁' })).toMatchObject({
    title: 'ᠮᠣᠩᠭᠣᠯ 𓀀',
    startsOn: '2026-05-01',
  })
  expect(codes({ startsOn: '2026-02-30' })).toEqual(['startsOn date'])
  expect(codes({ startsOn: 'tomorrow' })).toEqual(['startsOn day_form'])
  expect(codes({ startsOn: '2026-05-02', endsOn: '2026-05-01' })).toEqual(['endsOn end_before_start'])
  expect(codes({ first: 'th', second: 'th' })).toEqual(['second same_language'])
  expect(codes({ first: 'xx' })).toEqual(['first unknown_choice'])
})

test('a brief is in the languages that were chosen, else in the reader’s', () => {
  const of = (firstLanguage: 'th' | null, secondLanguage: 'my' | null) =>
    languagesOf({ ...emptyContents, firstLanguage, secondLanguage }, 'my')
  expect(of(null, null)).toEqual(['my'])
  expect(of('th', 'my')).toEqual(['th', 'my'])
  expect(of(null, 'my')).toEqual(['en', 'my'])
})

test('the cookie is for the selection’s own addresses, and its values are beyond guessing', () => {
  const secret = newSecret()
  const cookies = selectionCookies(secret, 'https://hub.example.org')
  expect(cookies).toHaveLength(locales.length)
  for (const [at, cookie] of cookies.entries()) {
    expect(cookie).toContain(`; Path=/${locales[at]}/briefs/selection;`)
    expect(cookie).toMatch(/^__Secure-.*HttpOnly; Secure$/)
  }
  const header = `a=b; yunqiao_brief=${secret}`
  expect(readSecret(header, 'http://hub.example.org')).toEqual({ isCarried: true, secret })
  expect(readSecret(header, 'https://hub.example.org')).toEqual({ isCarried: false, secret: undefined })
  for (const value of ['', 'x', `${secret}0`, '../../etc', secret.toUpperCase().replace(/\d/g, 'A')]) {
    expect(readSecret(`yunqiao_brief=${value}`, 'http://hub.example.org')).toEqual({
      isCarried: true,
      secret: undefined,
    })
  }
  expect(secret.length * 4).toBeGreaterThanOrEqual(128)
  expect(isCode(newCode())).toBe(true)
  expect(newCode().length * 4).toBeGreaterThanOrEqual(128)
})

test('no address to which the cookie is sent is one of the cached pages', () => {
  const find = routeFinder(routes.publicRoutes)
  const own = [
    paths.selection('en'),
    paths.sharedSelection('en', 'x'),
    paths.madeBrief('en', 'x'),
    paths.madeBriefFile('en', 'x'),
  ]
  for (const path of own) expect(find(path.split('/').slice(2), false), path).toBeUndefined()
})

test('one goes back to pages of the site alone, in the language that one reads', () => {
  expect(returnTo('/zh/partners?country=TH', 'th')).toBe('/th/partners?country=TH')
  for (const wrong of [
    null,
    '',
    '//evil.example/zh',
    'https://evil.example/',
    '/xx/partners',
    '/zh/office',
    '/\\evil',
  ]) {
    expect(returnTo(wrong, 'th'), String(wrong)).toBeUndefined()
  }
})
