import { describe, expect, test } from 'vitest'
import { briefOf } from '#features/briefs/queries.ts'
import { countReleased, releasedBatches } from '#features/agreements/released.ts'
import { knownSize, sizeKeyOf } from '#features/briefs/files.ts'
import { settleLater } from '#features/briefs/later.ts'
import { offerBriefs } from '#features/briefs/offer.ts'
import { publish } from '#features/publications/steps.ts'
import { newId } from '#platform/ids.ts'
import { closeDocuments } from '#platform/pdf/document.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { sourceWords } from '#tests/support/document-words.ts'
import { plainAgreement, putAgreement, putPartner, writeVocabulary } from '../portal/published.ts'

const db = useDatabase()

const context = () => testContext(db)
const english = { first: 'en', second: undefined } as const

const register = async (query = '', most?: number) => {
  const found = await briefOf(
    context(),
    { kind: 'register', slug: 'all', search: new URLSearchParams(query) },
    english,
    most,
  )
  if ('movedTo' in found) throw new Error('the register moves')
  return found.document
}

const titlesIn = (document: Awaited<ReturnType<typeof register>>) =>
  document.blocks.flatMap((block) => (block.type === 'table' ? block.rows.map((cells) => cells[1]?.[0]?.text) : []))

describe('the public register as a document', () => {
  test('has every agreement of a list longer than a batch, once, the newest first, the undated last', async () => {
    await writeVocabulary(db.database)
    const editions = Array.from({ length: 1203 }, (_, n) => ({
      kind: 'agreement' as const,
      recordId: newId(),
      slug: `a-${n}`,
      oldSlugs: [],
      countries: [],
      partnerIds: [],
      labIds: [],
      sortDate: n % 7 === 0 ? null : `20${10 + (n % 9)}-01-01`,
      position: 0,
      content: {
        ...plainAgreement,
        texts: { en: { title: { value: `Agreement ${n}`, status: 'reviewed' as const } } },
      },
    }))
    const at = Temporal.Instant.from('2026-11-23T00:00:00Z')
    await db.database.transaction((tx) => publish(tx, 'agreement', editions, { at, by: null }))
    expect(await countReleased(db.database, { chosen: {} })).toBe(1203)
    const read = []
    for await (const batch of releasedBatches(db.database, { chosen: {} })) read.push(batch)
    expect(read.map(({ length }) => length)).toEqual([500, 500, 203])
    const all = read.flat()
    expect(new Set(all.map(({ slug }) => slug)).size).toBe(1203)
    const dates = all.map(({ sortDate }) => sortDate ?? '')
    expect(dates).toEqual(dates.toSorted().toReversed())
    expect(titlesIn(await register())).toHaveLength(1203)
    await expect(register('', 1000)).rejects.toMatchObject({
      code: 'report_too_long',
      params: { most: 1000, total: 1203 },
    })
  })

  test('is filtered as the list was, and says how', async () => {
    await writeVocabulary(db.database)
    await putAgreement(db.database, { title: 'Thai one' }, { slug: 'thai', countries: ['TH', 'CN'] })
    await putAgreement(db.database, { title: 'Vietnamese one' }, { slug: 'viet', countries: ['VN', 'CN'] })
    expect(titlesIn(await register('country=TH'))).toEqual(['Thai one'])
    expect(sourceWords(await register('country=TH')).some((words) => words.includes('Country:Thailand'))).toBe(true)
    expect(titlesIn(await register('country=TH&country=VN'))).toHaveLength(2)
    await expect(register('country=XX')).rejects.toMatchObject({ code: 'bad_request' })
  })
})

test('what a page tells of its briefs is known once they were laid out, and the page is told', async () => {
  await writeVocabulary(db.database)
  await putPartner(db.database, { names: { en: 'A partner' } }, { slug: 'a-partner' })
  const subject = { kind: 'partner', slug: 'a-partner' } as const
  const first = await offerBriefs(context(), subject)
  expect([...first.sizes.keys()]).toEqual([])
  expect(first.tag).toBe('briefs:partners/a-partner')
  await expect.poll(async () => [...(await offerBriefs(context(), subject)).sizes.keys()].length).toBe(5)
  const found = await briefOf(context(), subject, english)
  if ('movedTo' in found) throw new Error('the partner moves')
  expect(knownSize(sizeKeyOf(found.document))?.pages).toBe(1)
  await settleLater()
  await closeDocuments()
})
