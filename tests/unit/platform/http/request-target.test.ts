import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxTargetLength, parseTarget } from '#platform/http/request-target.ts'

const refusal = (raw: string) => {
  const result = parseTarget(raw)
  return result.kind === 'refused' ? result.code : result.kind
}

describe('what is refused', () => {
  it.each([
    ['', 'an empty target'],
    ['*', 'the asterisk form'],
    ['http://evil.example/', 'the absolute form'],
    ['en/partners', 'a relative path'],
    ['/en/%', 'a percent sign alone'],
    ['/en/%zz', 'a percent sign before other letters'],
    ['/en/%E0%A4%A', 'a sequence that is cut off'],
    ['/%E0%A4%A/', 'the same as a locale'],
    ['/en/%C0%AF', 'an overlong slash'],
    ['/en/%ED%A0%80', 'half a surrogate pair'],
    ['/en/%00', 'a null'],
    ['/en/a%0Db', 'a line end'],
    ['/en/a%7Fb', 'a delete'],
    ['/en/a%C2%85b', 'a C1 control'],
    ['/en/..', 'two dots'],
    ['/en/../etc/passwd', 'two dots within'],
    ['/en/%2e%2E/x', 'two dots, encoded'],
    ['/en/./x', 'one dot'],
    ['/en/a%2Fb', 'a slash, encoded'],
    ['/en/a%5cb', 'a backslash, encoded'],
    ['/en\\partners', 'a backslash'],
    ['/en#top', 'a fragment'],
    ['/en/a b', 'a space'],
    ['/en/ü', 'a letter outside ASCII'],
    ['/en?q=%', 'a broken query'],
    ['/en?q=%E0%A4%A', 'a query cut off'],
    ['/en?q=%00', 'a null in the query'],
  ])('%j (%s) is a bad request', (raw) => {
    expect(refusal(raw)).toBe('bad_request')
  })

  it.each(['//evil.example/', '///', '/en//partners', '/en/partners//', '/en/%2500', '/en/%252e%252e/x', '//'])(
    '%j is no page',
    (raw) => {
      expect(refusal(raw)).toBe('not_found')
    },
  )

  it('an address beyond the limit is too long', () => {
    expect(refusal(`/en?q=${'a'.repeat(100_000)}`)).toBe('address_too_long')
    expect(refusal(`/${'a'.repeat(maxTargetLength - 1)}`)).toBe('target')
    expect(refusal(`/${'a'.repeat(maxTargetLength)}`)).toBe('address_too_long')
  })
})

it('reads paths and queries', () => {
  expect(parseTarget('/')).toEqual({ kind: 'target', target: { path: '/', segments: [], query: '' } })
  expect(parseTarget('/?utm_source=x')).toEqual({
    kind: 'target',
    target: { path: '/', segments: [], query: 'utm_source=x' },
  })
  expect(parseTarget('/my/partners/%E1%80%80?q=%E1%80%80+a&page=2')).toEqual({
    kind: 'target',
    target: { path: '/my/partners/%E1%80%80', segments: ['my', 'partners', 'က'], query: 'q=%E1%80%80+a&page=2' },
  })
})

it('sends addresses with a slash at their end to the one without', () => {
  expect(parseTarget('/en/')).toEqual({ kind: 'redirect', location: '/en' })
  expect(parseTarget('/en/partners/?page=2')).toEqual({ kind: 'redirect', location: '/en/partners?page=2' })
})

it('never lets through what a page has to fear, nor redirects to another site', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '%2f',
    '%5C',
    '\\',
    '.',
    '..',
    '%2e',
    '%00',
    '%',
    'en',
    'a',
    '?',
    '=',
    '&',
    '%25',
    '%E1%80%80',
    '@',
    ':',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const result = parseTarget(`/${pieces.join('')}`)
      if (result.kind === 'redirect') expect(result.location).toMatch(/^\/[^/\\]/)
      if (result.kind !== 'target') return
      const { path, segments } = result.target
      expect(path === '/' || !path.endsWith('/')).toBe(true)
      for (const segment of segments) {
        expect(segment).not.toMatch(/^\.{0,2}$|[\p{Cc}/\\%]/u)
      }
    }),
  )
})
