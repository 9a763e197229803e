import { describe, expect, test } from 'vitest'
import { checkDocument, fileNameOf, languagesOffered, limits, unsignedLanguages } from '#features/documents/model.ts'
import { languageName } from '#platform/i18n/format.ts'
import { locales } from '#platform/i18n/locales.ts'
import { missingLanguages } from '#platform/i18n/same-language.ts'

const draft = (changes = {}) => ({ kind: 'draft', title: 'Draft', language: 'en', keep: [], ...changes })
const problemsOf = (changes: object) => {
  const checked = checkDocument(draft(changes), [])
  return 'problems' in checked ? checked.problems.map(({ path, code }) => `${path} ${code}`) : []
}

describe('a document’s form', () => {
  test('says what it says, in NFC and trimmed', () => {
    expect(checkDocument(draft({ title: '  Hợp đồng\u0000 ', language: 'vi' }), [])).toEqual({
      words: { kind: 'draft', title: 'Hợp đồng', language: 'vi' },
    })
    expect(checkDocument(draft({ language: '' }), [])).toMatchObject({ words: { language: undefined } })
  })

  test.each([
    [{ kind: '' }, ['kind required']],
    [{ kind: 'constructor' }, ['kind unknown_choice']],
    [{ title: ' \n ' }, ['title required']],
    [{ title: 'x'.repeat(limits.title + 1) }, ['title too_long']],
    [{ language: 'tlh' }, ['language unknown_choice']],
    [{ kind: 'signed_copy', language: '' }, ['language required']],
    [{ title: 'ေက်ာင္းသားမ်ားအတြက္' }, ['title zawgyi']],
    [{ title: 'ေက်ာင္းသားမ်ားအတြက္', keep: ['title'] }, []],
    [{ kind: 'x', title: '', language: 'y' }, ['kind unknown_choice', 'title required', 'language unknown_choice']],
  ])('%j: %j', (changes, problems) => {
    expect(problemsOf(changes)).toEqual(problems)
  })

  test('offers languages that every locale has a name for', () => {
    for (const locale of locales) {
      for (const language of languagesOffered([])) expect(languageName(language, locale), language).not.toBe(language)
    }
  })
})

describe('the languages of an agreement’s papers', () => {
  test.each([[['ar']], [['pt-BR']], [['lo-LA', 'zh']], [['sr-Latn', 'sr-Cyrl']], [['fil']]])(
    '%j are all offered, each once, and taken',
    (authentic) => {
      const offered = languagesOffered(authentic)
      expect(offered.slice(0, authentic.length)).toEqual(authentic)
      expect(new Set(offered).size).toBe(offered.length)
      const others = offered.slice(authentic.length)
      expect(missingLanguages(others, authentic)).toEqual(others)
      for (const language of authentic) {
        const checked = checkDocument(draft({ kind: 'signed_copy', language }), authentic)
        expect(checked).toMatchObject({ words: { language } })
      }
      const labels = offered.map((tag) => languageName(tag, 'en', offered))
      expect(new Set(labels).size).toBe(labels.length)
    },
  )
})

describe('a file’s name', () => {
  test.each([
    ['contract.pdf', 'contract.pdf'],
    ['合作协议（签署）.PDF', '合作协议（签署）.PDF'],
    ['สัญญา', 'สัญญา.pdf'],
    ['invoice.pdf.exe', 'invoice.pdf.exe.pdf'],
    ['page.html', 'page.html.pdf'],
    ['../..\\a:b*c?.pdf', '_.._a_b_c_.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['name. . .', 'name.pdf'],
    ['', 'file.pdf'],
    ['.pdf', 'pdf.pdf'],
    ['\u202Efdp.exe', 'fdp.exe.pdf'],
    ['line\r\nbreak.pdf', 'line break.pdf'],
    ['a\u0000b.pdf', 'ab.pdf'],
  ])('%j is kept as %j', (sent, kept) => {
    expect(fileNameOf(sent, 'pdf')).toBe(kept)
  })

  test('of any length fits, and no letter loses its marks', () => {
    const name = fileNameOf(`${'ကျွန်ုပ်'.repeat(200)}.pdf`, 'pdf')
    expect(Array.from(new Intl.Segmenter('my').segment(name)).length).toBeLessThanOrEqual(limits.fileName + 4)
    expect(name).toMatch(/\.pdf$/)
    expect('ကျွန်ုပ်'.repeat(200).startsWith(name.slice(0, -4))).toBe(true)
  })

  test('may end as the kind’s other endings', () => {
    expect(fileNameOf('scan.jpeg', 'jpg')).toBe('scan.jpeg')
    expect(fileNameOf('scan.TIFF', 'tif')).toBe('scan.TIFF')
    expect(fileNameOf('letter.docx', 'docm')).toBe('letter.docx.docm')
  })
})

describe('authentic languages without a signed copy', () => {
  test.each([
    [['zh', 'th'], ['zh'], ['th']],
    [['zh', 'th'], ['th', 'zh'], []],
    [['zh', 'th'], [], []],
    [['zh-Hans', 'en-GB'], ['zh'], ['en-GB']],
    [[], ['en'], []],
  ])('of %j with %j signed: %j', (authentic, signed, missing) => {
    expect(unsignedLanguages(authentic, signed)).toEqual(missing)
  })
})
