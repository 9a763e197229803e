import { describe, expect, it } from 'vitest'
import { locales } from '#platform/i18n/locales.ts'
import { inLocale, paths, withQuery } from '#platform/paths.ts'

describe('addresses', () => {
  it('stand under their locale, without a slash at the end', () => {
    expect(paths.home('zh')).toBe('/zh')
    expect(paths.partner('th', 'chiang-mai-university')).toBe('/th/partners/chiang-mai-university')
    expect(paths.brief('my', 'facilities', 'x')).toBe('/my/briefs/facilities/x.pdf')
  })

  it('encode what comes from data', () => {
    expect(paths.lab('en', '../a b')).toBe('/en/labs/..%2Fa%20b')
  })
})

describe('a query', () => {
  it('repeats lists, and leaves out what is empty', () => {
    expect(withQuery('/en/partners', { q: '', country: ['TH', 'VN'], page: 2, side: [] })).toBe(
      '/en/partners?country=TH&country=VN&page=2',
    )
    expect(withQuery('/en/partners', { page: undefined })).toBe('/en/partners')
  })
})

describe('another locale', () => {
  it.each(locales)('keeps page and query in %s', (locale) => {
    expect(inLocale('/en/partners?country=TH&page=2', locale)).toBe(`/${locale}/partners?country=TH&page=2`)
    expect(inLocale('/en', locale)).toBe(`/${locale}`)
    expect(inLocale('/en?x=1', locale)).toBe(`/${locale}?x=1`)
  })

  it('has only its home for an address outside every locale', () => {
    expect(inLocale('/problem', 'th')).toBe('/th')
    expect(inLocale('//evil.example/x', 'th')).toBe('/th')
  })
})
