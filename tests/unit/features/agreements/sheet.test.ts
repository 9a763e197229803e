import { describe, expect, it } from 'vitest'
import { choiceKeys, choiceWord, codesOf, readChoice } from '#features/agreements/sheet-choices.ts'
import { headingOf, sheetColumns } from '#features/agreements/sheet-columns.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'

describe('the columns of the register as a spreadsheet', () => {
  it.each(locales)('have a heading each, no two the same, in %s', (locale) => {
    const headings = sheetColumns.map(({ key }) => headingOf(translator(locale), key))
    expect(new Set(headings).size).toBe(sheetColumns.length)
    expect(headings).not.toContain('')
  })

  it('have no heading that means one column in one language and another in another', () => {
    const keys = new Map<string, string>()
    for (const locale of locales) {
      for (const { key } of sheetColumns) {
        const heading = headingOf(translator(locale), key)
        expect(keys.get(heading) ?? key, heading).toBe(key)
        keys.set(heading, key)
      }
    }
  })
})

describe('words of a column', () => {
  it.each(choiceKeys)('tell their code in every language: %s', (key) => {
    for (const locale of locales) {
      for (const code of codesOf(key)) expect(readChoice(key, choiceWord(translator(locale), key, code))).toBe(code)
    }
  })

  it('are read as codes too, and without regard to case, width and white space', () => {
    expect(readChoice('kind', 'memorandum_of_understanding')).toBe('memorandum_of_understanding')
    expect(readChoice('state', ' IN   Ｆorce ')).toBe('in_force')
  })

  it('are nothing else', () => {
    for (const cell of ['', 'signed off', '=1+1', 'constructor'])
      expect(readChoice('state', cell), cell).toBeUndefined()
  })
})
