import { expect, test } from 'vitest'
import type { Draft, Part } from '#features/briefs/draft.ts'
import { heading, paragraph } from '#features/briefs/parts.ts'
import { glossaryLanguages, glossarySection } from '#features/delegations/glossary.ts'
import { assembled, within } from '#features/delegations/parts.ts'
import { packHub } from '#tests/support/pack-shelves.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'

const draft = (locale: Draft['locale'], blocks: readonly Part[]): Draft => ({
  locale,
  title: 'x',
  subject: 'x',
  author: 'x',
  issued: { iso: '2026-05-04', text: 'x' },
  head: { site: 'x', kind: 'x' },
  foot: { label: 'x', address: 'https://hub.example.org/', issued: 'x' },
  pageLabel: '{page}',
  blocks,
})

test('a brief within another has no title, and headings a level lower', () => {
  const notice: Part = { type: 'notice', runs: [{ text: translator('en')('common:notice.demonstration') }] }
  const own = draft('en', [heading(1, 'Title'), notice, heading(2, 'Two'), heading(3, 'Three'), paragraph('words')])
  expect(within(own)).toEqual([
    heading(3, 'Two'),
    { type: 'paragraph', style: 'body', runs: [{ text: 'Three', weight: 'bold' }] },
    paragraph('words'),
  ])
})

test('sections of two languages stand side by side, each beside its own', () => {
  const frame = (locale: Draft['locale']) => draft(locale, [])
  const { blocks, otherLocale } = assembled([
    { frame: frame('en'), sections: [[heading(2, 'One')], [], [heading(2, 'Three'), paragraph('a note')]] },
    { frame: frame('th'), sections: [[heading(2, 'หนึ่ง')], [], [heading(2, 'สาม')]] },
  ])
  expect(otherLocale).toBe('th')
  expect(blocks.map(({ type }) => type)).toEqual(['pair', 'pair', 'paragraph'])
})

test('a long document in two languages is put together in no time worth speaking of', () => {
  const sections = Array.from({ length: 600 }, (_, at) => [heading(2, `${at}`), paragraph(`${at}`), paragraph('x')])
  const one = { frame: draft('en', []), sections }
  expect(assembled([one, { frame: draft('th', []), sections }]).blocks).toHaveLength(1800)
})

test('the glossary has the terms that are known in all its languages, and marks those that nobody has checked', () => {
  const { glossary } = packHub()
  expect(glossary.length).toBeGreaterThan(60)
  expect(glossaryLanguages(['my'])).toEqual(['my', 'zh', 'en'])
  expect(glossaryLanguages(['zh'])).toEqual(['zh', 'en'])
  expect(glossaryLanguages(['vi', 'th'])).toEqual(['vi', 'th'])
  for (const locale of locales) {
    const languages = [locale, locale === 'zh' ? 'th' : 'zh'] as const
    const issue = { locale, languages } as unknown as Parameters<typeof glossarySection>[1]
    const table = glossarySection(glossary, issue).find((part) => part.type === 'table')
    if (table?.type !== 'table') throw new Error('no table')
    expect(table.rows.length).toBeGreaterThan(40)
    expect(table.rows.flat(2).every(({ text, lang }) => text.trim() !== '' && lang !== undefined)).toBe(true)
  }
})
