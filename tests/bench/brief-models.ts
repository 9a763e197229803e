import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'
import type { Block, DocumentModel } from '#platform/pdf/model.ts'

/** Documents of real words from the content pack, for measuring. */

interface Texts {
  readonly texts?: Readonly<Record<string, { readonly name?: string; readonly summary?: string }>>
}

interface Entry {
  readonly name: string
  readonly summary: string
}

const partners = new URL('../../content/partners/', import.meta.url)

/** Names and summaries of partners that have both in all of these languages, in a fixed order. */
function entries(...locales: readonly Locale[]): Entry[][] {
  return readdirSync(partners)
    .sort()
    .map((file) => parse(readFileSync(new URL(file, partners), 'utf8')) as Texts)
    .map(({ texts }) => locales.map((locale) => ({ name: texts?.[locale]?.name, summary: texts?.[locale]?.summary })))
    .filter((own): own is Entry[] => own.every(({ name, summary }) => name !== undefined && summary !== undefined))
}

function documentOf(locale: Locale, blocks: readonly Block[]): DocumentModel {
  return {
    locale,
    title: 'Bench',
    subject: 'Bench',
    author: 'Yunqiao',
    issued: { iso: '2026-05-06', text: '2026-05-06' },
    head: { site: 'Yunqiao', kind: 'Bench' },
    foot: { label: 'Page', address: 'https://yunqiao.example/bench', issued: '2026-05-06' },
    pageLabel: '{page} / {pages}',
    blocks,
  }
}

/** The first `count` partners, each in every one of the languages. */
export function profiles(locales: readonly [Locale, ...Locale[]], count: number): DocumentModel {
  const blocks = entries(...locales)
    .slice(0, count)
    .flatMap((own) =>
      own.flatMap(({ name, summary }, index): Block[] => {
        const lang = languageTags[locales[index] ?? locales[0]]
        return [
          { type: 'heading', level: 2, runs: [{ text: name, lang }] },
          { type: 'paragraph', style: 'body', runs: [{ text: summary, lang }] },
        ]
      }),
    )
  return documentOf(locales[0], [{ type: 'heading', level: 1, runs: [{ text: 'Yunqiao' }] }, ...blocks])
}

/** A register of `count` rows in a table. */
export function register(count: number): DocumentModel {
  const names = entries('zh', 'en')
  const rows = Array.from({ length: count }, (_, index) => {
    const [zh, en] = names[index % names.length] ?? []
    return [
      [{ text: `YQ-${index + 1}` }],
      [{ text: zh?.name ?? '' }],
      [{ text: en?.name ?? '', lang: 'en' }],
      [{ text: String(1990 + (index % 37)) }],
    ]
  })
  return documentOf('zh', [
    { type: 'heading', level: 1, runs: [{ text: '协议登记册' }] },
    {
      type: 'table',
      columns: [
        { header: [{ text: '编号' }], align: 'start', share: 1 },
        { header: [{ text: '中文' }], align: 'start', share: 2 },
        { header: [{ text: '英文' }], align: 'start', share: 3 },
        { header: [{ text: '年份' }], align: 'end', share: 1 },
      ],
      rows,
    },
  ])
}
