import { expect, test } from 'vitest'
import { briefKinds } from '#features/briefs/model.ts'
import { locales } from '#platform/i18n/locales.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { differences } from '#tests/support/document-words.ts'
import { packBrief } from '#tests/support/pack-briefs.ts'

const pairs = locales.flatMap((first) => locales.filter((second) => second !== first).map((second) => [first, second]))

test.each(briefKinds.flatMap((kind) => pairs.map((pair) => [kind, pair] as const)))(
  'a brief of kind %s in %j gives its words back',
  async (kind, pair) => {
    const document = packBrief(kind, pair)
    expect(differences(document, await renderInThread(document))).toEqual({ lost: [], letters: [] })
  },
)

const countries = [
  'af',
  'bd',
  'bn',
  'bt',
  'cn',
  'id',
  'in',
  'kh',
  'lk',
  'mm',
  'mv',
  'my',
  'np',
  'ph',
  'pk',
  'sg',
  'th',
  'tl',
  'vn',
]

test.each(countries)('a brief of the country %s gives its words back in every language', async (slug) => {
  for (const locale of locales) {
    const document = packBrief('country', [locale], slug)
    expect(differences(document, await renderInThread(document)), locale).toEqual({ lost: [], letters: [] })
  }
})
