import { describe, expect, test } from 'vitest'
import { documentIn } from '#features/briefs/in-languages.ts'
import type { Issue } from '#features/briefs/document.ts'
import { countryBrief } from '#features/countries/brief.ts'
import { countryPage } from '#features/countries/queries.ts'
import { catalogueBooklet } from '#features/facilities/booklet.ts'
import { noSums, registerReport } from '#features/agreements/register-report.ts'
import { partnerBrief } from '#features/partners/brief.ts'
import { partnerPage } from '#features/partners/profile.ts'
import type { PublishedPartner } from '#features/publications/model.ts'
import { type Published, shelfOf } from '#features/publications/shelf.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { canPrint } from '#platform/pdf/document.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { differences, sourceWords } from '#tests/support/document-words.ts'
import { packHub, packShelves } from '#tests/support/pack-shelves.ts'

const hub = packHub()
const shelves = packShelves()

const issueIn = (locale: Locale, languages: readonly Locale[] = [locale]): Issue => ({
  locale,
  languages,
  hub,
  day: Temporal.PlainDate.from('2026-11-29'),
  baseUrl: 'https://yunqiao.example',
})

const empty: PublishedPartner = {
  kind: 'university',
  fields: [],
  sourceLocale: 'en',
  sources: [],
  texts: {},
  country: 'LA',
  side: 'abroad',
  standing: 'listed',
  city: null,
  website: null,
  established: null,
  location: null,
  locationPrecision: null,
  ror: null,
  acronyms: [],
  parentId: null,
}

/** A partner's brief with these texts in every language. */
function briefWith(name: string | undefined, summary: string | undefined, languages: readonly Locale[]) {
  const field = (value: string | undefined) =>
    value === undefined ? undefined : { value, status: 'reviewed' as const }
  const words = { ...(name && { name: field(name) }), ...(summary && { summary: field(summary) }) }
  const texts: Record<string, unknown> = {}
  for (const locale of locales) texts[locale] = words
  const [model] = shelves.partner.records
  if (model === undefined) throw new Error('no partners')
  const record: Published<'partner'> = {
    ...model,
    slug: 'a-slug',
    recordId: 'id',
    content: { ...empty, texts: texts as PublishedPartner['texts'] },
    fields: [],
    countries: ['LA'],
  }
  const own = { ...shelves, partner: shelfOf<'partner'>([record]) }
  return documentIn(
    languages.map((locale) =>
      partnerBrief(partnerPage(hub, own, record, [], locale), issueIn(locale, languages), canPrint),
    ),
  )
}

const languagesOf: readonly (readonly [string, readonly Locale[]])[] = [
  ['one language', ['my']],
  ['two languages', ['th', 'zh']],
]

describe.each(languagesOf)('a brief in %s', (_, languages) => {
  test('of an empty profile has its slug and what is known', async () => {
    const document = briefWith(undefined, undefined, languages)
    expect(sourceWords(document)).toContain('a-slug')
    expect(differences(document, await renderInThread(document))).toEqual({ lost: [], letters: [] })
  })

  test('has a name of 300 characters whole', async () => {
    const document = briefWith('ကူမင်းသိပ္ပံနှင့်နည်းပညာတက္ကသိုလ်'.repeat(10).slice(0, 300), 'x', languages)
    expect(differences(document, await renderInThread(document)).lost).toEqual([])
  })

  test('has a summary of 50,000 characters whole', async () => {
    const document = briefWith('Long', '云南与南亚东南亚的技术转移。'.repeat(3572).slice(0, 50_000), languages)
    const pdf = await renderInThread(document)
    expect(differences(document, pdf).letters).toEqual([])
  })

  test.each(['Smile 😀 here', 'שלום and سلام', 'unassigned \u{10FFFE}', 'control \u0007 and \u0000 here'])(
    'with %j is right, or says which characters it has no form for',
    async (summary) => {
      const pdf = await renderInThread(briefWith('Name', summary, languages))
      expect(pdf.length).toBeGreaterThan(1000)
    },
  )
})

describe.each(locales)('where there is nothing, a document in %s says so', (locale) => {
  const none = translator(locale)('briefs:none').replaceAll(/\s+/gu, '')

  test('of a country without partners', async () => {
    const nothing = { ...shelves, partner: shelfOf<'partner'>([]), lab: shelfOf<'lab'>([]) }
    const page = countryPage(hub, nothing, { code: 'LA', released: { entries: [], total: 0 } }, locale)
    const document = documentIn([countryBrief(page, issueIn(locale))])
    expect(sourceWords(document).filter((word) => word === none)).toHaveLength(3)
    expect(differences(document, await renderInThread(document))).toEqual({ lost: [], letters: [] })
  })

  test('of an empty catalogue and an empty register', async () => {
    const booklet = documentIn([catalogueBooklet([], issueIn(locale), canPrint)])
    expect(sourceWords(booklet)).toContain(none)
    const empty = { sums: noSums(), narrowed: ['a: b'], path: '/x', isInternal: false }
    const report = documentIn([registerReport(empty, issueIn(locale))])
    expect(sourceWords(report)).toContain(translator(locale)('briefs:register.none').replaceAll(/\s+/gu, ''))
    for (const document of [booklet, report]) {
      expect(differences(document, await renderInThread(document))).toEqual({ lost: [], letters: [] })
    }
  })
})
