import { expect, test } from 'vitest'
import type { Run } from '#platform/pdf/model.ts'
import { pageCount, renderDocument, closeDocuments } from '#platform/pdf/document.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { accessibilityProblems } from './accessibility.ts'
import { structureWords } from './marked.ts'
import { documentOf, fullDocument } from './models.ts'
import { Reader } from './reader.ts'
import { pdffonts, pdftotext } from './tools.ts'

const runs: readonly Run[] = [
  { text: '昆明理工大学', lang: 'zh-Hans' },
  { text: ' (Kunming) and ' },
  { text: 'มหาวิทยาลัยเชียงใหม่ น้ำ', lang: 'th', weight: 'bold' },
  { text: ', ' },
  { text: 'Đại học Hà Nội ẹ ọ', lang: 'vi', weight: 'bold' },
  { text: ', ' },
  { text: 'အင်္ဂလိပ်စာ တက္ကသိုလ်', lang: 'my', weight: 'bold' },
  { text: ', ' },
  { text: 'ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ', lang: 'lo' },
  { text: ', ' },
  { text: 'សាកលវិទ្យាល័យភូមិន្ទភ្នំពេញ', lang: 'km', weight: 'bold' },
  { text: ', ' },
  { text: 'भारतीय विज्ञान संस्थान', lang: 'hi' },
  { text: ' & 中国—东盟 Center 2026年.' },
]

test('every script in one line comes back in order, each in its language, bold and regular', async () => {
  const pdf = await renderInThread(documentOf('en', [{ type: 'paragraph', style: 'body', runs }]))
  expect(accessibilityProblems(pdf)).toEqual([])
  const source = runs.map(({ text }) => text).join('')
  expect(pdftotext(pdf).replaceAll(/\s+/gu, '')).toBe(source.replaceAll(/\s+/gu, ''))
  const read = structureWords(new Reader(pdf))
  expect(read.map(({ text }) => text).join('')).toBe(source)
  for (const { text, lang = 'en' } of runs) {
    const own = read.filter((word) => word.lang === lang).map((word) => word.text)
    expect(own.join('')).toContain(text)
  }
  const fonts = pdffonts(pdf).map((line) => /\+(\S+)/u.exec(line)?.[1])
  expect(fonts.toSorted()).toEqual([
    'NotoSans-Bold',
    'NotoSans-Regular',
    'NotoSansKhmer-Bold',
    'NotoSansLao-Regular',
    'NotoSansMyanmar-Bold',
    'NotoSansSC-Regular',
    'NotoSansThai-Bold',
  ])
})

test('a file says how many pages it has', async () => {
  const document = fullDocument('en')
  const pdf = await renderDocument(document)
  expect(pageCount(pdf)).toBe(new Reader(pdf).pages.length)
  expect(pageCount(pdf)).toBeGreaterThan(2)
  await closeDocuments()
})
