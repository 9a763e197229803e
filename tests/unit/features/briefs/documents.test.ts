import { describe, expect, test } from 'vitest'
import { briefKinds } from '#features/briefs/model.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { differences, sourceWords } from '#tests/support/document-words.ts'
import { packBrief, sampleSlugs } from '#tests/support/pack-briefs.ts'
import { packRecord } from '#tests/integration/briefs/pack.ts'

/** All pairs are laid out in `tests/long`. */
const pairs = [
  ['my', 'zh'],
  ['th', 'vi'],
  ['zh', 'en'],
  ['en', 'my'],
] as const satisfies readonly (readonly Locale[])[]

const languages: readonly (readonly Locale[])[] = [...locales.map((locale) => [locale]), ...pairs]

describe.each(briefKinds)('a brief of kind %s', (kind) => {
  test.each(languages)('gives all its words back in %s %s, and no other', async (...given) => {
    const chosen = given.filter((locale) => locale !== undefined)
    const document = packBrief(kind, chosen)
    expect(differences(document, await renderInThread(document))).toEqual({ lost: [], letters: [] })
  })
})

test.each(locales)('the name and the summary of a record stand in its brief in %s', (locale) => {
  for (const [kind, folder] of [
    ['partner', 'partners'],
    ['lab', 'labs'],
    ['facility', 'facilities'],
    ['agreement', 'agreements'],
  ] as const) {
    const { name, summary } = packRecord(folder, sampleSlugs[kind])
    const words = sourceWords(packBrief(kind, [locale])).join('\n')
    for (const said of [name[locale], summary[locale]]) expect(words).toContain(said?.replaceAll(/\s+/gu, ''))
  }
})
