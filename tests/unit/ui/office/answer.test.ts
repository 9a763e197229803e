import { expect, it } from 'vitest'
import { isFormPage, sameEntries } from '#ui/office/answer.ts'

const page = { type: 'basic', status: 200, redirected: false, contentType: 'text/html; charset=utf-8' }

it('draws a form anew from its own page, also where something is wrong with what was typed', () => {
  expect(isFormPage(page)).toBe(true)
  expect(isFormPage({ ...page, status: 422 })).toBe(true)
})

it.each([
  ['a redirect that was not followed', { type: 'opaqueredirect', status: 0, contentType: null }],
  ['another page', { redirected: true }],
  ['an ended session', { status: 401 }],
  ['what somebody else saved first', { status: 409 }],
  ['an error', { status: 500 }],
  ['something else than a page', { contentType: 'application/json' }],
  ['nothing', { contentType: null }],
])('leaves %s to the browser', (_, part) => {
  expect(isFormPage({ ...page, ...part })).toBe(false)
})

it('sees what was typed in the meantime', () => {
  const sent = [
    ['title', 'a'],
    ['do', 'add-party'],
  ] as const
  expect(sameEntries(sent, new URLSearchParams('title=a&do=add-party'))).toBe(true)
  expect(sameEntries(sent, new URLSearchParams('title=ab&do=add-party'))).toBe(false)
  expect(sameEntries(sent, new URLSearchParams('title=a&do=add-party&field=x'))).toBe(false)
  expect(sameEntries(sent, new URLSearchParams('do=add-party&title=a'))).toBe(false)
})
