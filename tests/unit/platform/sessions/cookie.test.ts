import { expect, test } from 'vitest'
import { readSessionId, sessionCookie } from '#platform/sessions/cookie.ts'

const id = 'a'.repeat(40)

test('protection follows the scheme of the public address', () => {
  expect(sessionCookie('https://hub.example')).toEqual({ name: '__Host-yunqiao_session', secure: true })
  expect(sessionCookie('http://127.0.0.1:4321')).toEqual({ name: 'yunqiao_session', secure: false })
})

test.each([
  [`yunqiao_session=${id}`, id],
  [`locale=th; yunqiao_session=${id};other=%E0%A4`, id],
  [`x_yunqiao_session=${id}`, undefined],
  [`yunqiao_session=${id}x`, undefined],
  ['yunqiao_session=%E0%A4%A', undefined],
  ['', undefined],
  [null, undefined],
])('the session in %s', (header, expected) => {
  expect(readSessionId('yunqiao_session', header)).toBe(expected)
})
