import { describe, expect, test } from 'vitest'
import { briefLanguages, languagesAsked } from '#features/briefs/languages.ts'

describe('the languages of a brief', () => {
  test('are one, or two in the order in which they were asked for', () => {
    expect(briefLanguages(['my'])).toEqual({ first: 'my', second: undefined })
    expect(briefLanguages(['my', 'zh'])).toEqual({ first: 'my', second: 'zh' })
  })

  test.each([[], [''], ['lo'], ['EN'], ['en', 'en'], ['en', 'lo'], ['en', ''], ['en', 'zh', 'my'], ['zh-Hans']])(
    '%j is refused',
    (...given: string[]) => {
      expect(() => briefLanguages(given)).toThrow(expect.objectContaining({ code: 'brief_languages', status: 400 }))
    },
  )

  const asked = (query: string) => languagesAsked('th', new URLSearchParams(query))

  test('are those of the address, unless it names another', () => {
    expect(asked('')).toEqual({ first: 'th', second: undefined })
    expect(asked('with=my')).toEqual({ first: 'th', second: 'my' })
    expect(asked('in=vi&with=zh&kind=x')).toEqual({ first: 'vi', second: 'zh' })
    // A form sends fields that were left alone.
    expect(asked('in=vi&with=')).toEqual({ first: 'vi', second: undefined })
  })

  test.each(['with=th', 'in=my&with=my', 'with=xx', 'in=xx', 'with=my&with=zh', 'in=my&in=zh', 'with=%00'])(
    '%s is refused',
    (query) => {
      expect(() => asked(query)).toThrow(expect.objectContaining({ code: 'brief_languages' }))
    },
  )
})
