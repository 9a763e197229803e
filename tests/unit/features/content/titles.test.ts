import { expect, test } from 'vitest'
import { agreementFile } from '#features/content/model.ts'
import { problemsOf } from '#features/content/problems.ts'
import { fileTitles, titleRows } from '#features/content/texts.ts'

const file = {
  kind: 'memorandum_of_understanding',
  parties: [
    { name: { en: 'Sample Ministry', lo: 'ກະຊວງຕົວຢ່າງ' }, country: 'LA', official: ['lo'] },
    { partner: 'sample-university' },
  ],
  sourceLocale: 'en',
  texts: { en: { title: 'Sample memorandum', status: 'reviewed' } },
  otherTitles: { lo: 'ບົດບັນທຶກຕົວຢ່າງ', km: 'អនុស្សរណៈ' },
  officialTitles: ['en', 'lo'],
  sources: ['https://example.org/'],
}
const problems = (changes: object) => {
  const { error } = agreementFile.safeParse({ ...file, ...changes })
  return problemsOf('a.yaml', error?.issues ?? []).map(({ key, code }) => `${key} ${code}`)
}

test('a reported agreement has titles in any language, and says which are official', () => {
  const read = agreementFile.parse(file)
  expect(read.parties[0]).toMatchObject({ names: { lo: 'ກະຊວງຕົວຢ່າງ' }, official: ['lo'] })
  const rows = titleRows(read)
  expect(rows.map(({ locale, titleOfficial }) => `${locale} ${String(titleOfficial)}`)).toEqual([
    'en true',
    'lo true',
    'km false',
  ])
  expect(fileTitles(rows)).toEqual({ otherTitles: file.otherTitles, officialTitles: ['en', 'lo'] })
  expect(fileTitles([])).toEqual({ otherTitles: undefined, officialTitles: undefined })
})

test.each([
  ['nothing of it', { otherTitles: undefined, officialTitles: undefined }, []],
  ['one of the five', { otherTitles: { th: 'A' } }, ['otherTitles.th bad_language_tag']],
  ['what is no tag', { otherTitles: { 'lo_LA': 'A' } }, ['otherTitles.lo_LA bad_language_tag']],
  ['what is not NFC', { otherTitles: { lo: 'ກ', fr: 'e\u0301' } }, ['otherTitles.fr not_nfc']],
  ['an official one that is not there', { officialTitles: ['th'] }, ['officialTitles official_unnamed']],
  [
    'an official name that is not there',
    { parties: [{ name: { en: 'A' }, official: ['lo'] }, file.parties[1]] },
    ['parties.0.official official_unnamed'],
  ],
])('%s', (_, changes, expected) => {
  expect(problems(changes)).toEqual(expected)
})
