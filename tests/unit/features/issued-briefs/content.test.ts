import { expect, test } from 'vitest'
import { contentKey, issuedOn } from '#features/issued-briefs/content.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { Block, DocumentModel } from '#platform/pdf/model.ts'
import { documentOf } from '#tests/unit/platform/pdf/models.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)

function made(iso: string, blocks: readonly Block[] = []): DocumentModel {
  const text = formatDate(iso, 'en')
  const document = documentOf('en', blocks)
  return { ...document, issued: { iso, text }, foot: { ...document.foot, issued: `Issued ${text}` } }
}

const content = (document: DocumentModel) =>
  ({ kind: 'partner', languages: ['en'], isInternal: false, document }) as const
const keyOf = (document: DocumentModel) => contentKey(content(document))
const says = (text: string): Block => ({ type: 'paragraph', style: 'body', runs: [{ text }] })

test('the day of issue is no part of what a brief says', async () => {
  expect(await keyOf(made('2026-11-29'))).toBe(await keyOf(made('2027-01-01')))
  expect(await keyOf(made('2026-11-29', [says('a')]))).not.toBe(await keyOf(made('2026-11-29', [says('b')])))
})

test('the same day in its words is one', async () => {
  const signed = (iso: string) => says(`Signed ${formatDate(iso, 'en')}`)
  expect(await keyOf(made('2026-11-29', [signed('2026-11-29')]))).not.toBe(
    await keyOf(made('2026-11-30', [signed('2026-11-30')])),
  )
  expect(await keyOf(made('2026-11-29', [signed('2026-11-29')]))).toBe(
    await keyOf(made('2026-11-30', [signed('2026-11-29')])),
  )
})

test('kind, languages and sight make it another brief', async () => {
  const document = made('2026-11-29')
  const contents = [
    content(document),
    { ...content(document), kind: 'lab' },
    { ...content(document), languages: ['en', 'my'] as const },
    { ...content(document), isInternal: true },
  ]
  const keys = await Promise.all(contents.map(contentKey))
  expect(new Set(keys).size).toBe(4)
})

test('another day stands in the places of the day of issue, in every language, and nowhere else', () => {
  const thai = formatDate('2026-11-29', 'th')
  const both = made('2026-11-29', [
    says(`Signed ${formatDate('2026-11-29', 'en')}`),
    { type: 'cover', lines: [[{ text: `Issued ${formatDate('2026-11-29', 'en')} · ${thai}` }]] } as unknown as Block,
  ])
  const document = { ...both, foot: { ...both.foot, issued: `${both.foot.issued} · ${thai}` } }
  const earlier = issuedOn(document, ['en', 'th'], day('2026-05-06'))
  const words = `${formatDate('2026-05-06', 'en')} · ${formatDate('2026-05-06', 'th')}`
  expect(earlier.issued).toEqual({ iso: '2026-05-06', text: formatDate('2026-05-06', 'en') })
  expect(earlier.foot.issued).toBe(`Issued ${words}`)
  expect(JSON.stringify(earlier.blocks[0])).toContain(formatDate('2026-11-29', 'en'))
  expect(JSON.stringify(earlier.blocks[1])).toContain(`Issued ${words}`)
})
