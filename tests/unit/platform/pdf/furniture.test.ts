import { expect, test } from 'vitest'
import { renderInThread } from '#platform/pdf/render.ts'
import { documentOf, words } from './models.ts'
import { pdftotextWhole } from './tools.ts'

const blocks = [{ type: 'paragraph', style: 'body', runs: [{ text: words.my.lead }] }] as const

test('pages are counted in the digits of the document', async () => {
  expect(pdftotextWhole(await renderInThread(documentOf('my', blocks)))).toMatch(/၁ ?\/ ?၁/u)
  expect(pdftotextWhole(await renderInThread(documentOf('th', blocks)))).toMatch(/1 ?\/ ?1/u)
})

test('an address that is longer than a line is printed to its end', async () => {
  const document = documentOf('en', blocks)
  const address = `https://yunqiao.example/en/labs/${'joint-laboratory-'.repeat(6)}end`
  const text = pdftotextWhole(await renderInThread({ ...document, foot: { ...document.foot, address } }))
  expect(text.replaceAll(/\s/gu, '')).toContain(address)
})
