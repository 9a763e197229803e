import { beforeEach, describe, expect, it } from 'vitest'
import { listAgreements, showAgreement } from '#features/agreements/queries.ts'
import { parsePartialDate } from '#platform/partial-date.ts'
import { useDatabase } from '#tests/support/database.ts'
import { putAgreement, putPartner, takeBack, writeVocabulary } from './published.ts'

const open = useDatabase()
const list = (query = '') => listAgreements(open.database, 'en', new URLSearchParams(query))
const titlesOf = async (query = '') => (await list(query)).entries.map(({ title }) => title.value)

beforeEach(() => writeVocabulary(open.database))

describe('the public register', () => {
  beforeEach(async () => {
    const { database } = open
    const older = { sortDate: '2019-01-01', countries: ['CN', 'TH'] }
    await putAgreement(database, { title: 'Older', fields: ['food'] }, { slug: 'older', ...older })
    const newer = { sortDate: '2025-05-30', countries: ['CN', 'VN'] }
    await putAgreement(database, { title: 'Newer', kind: 'letter_of_intent' }, { slug: 'newer', ...newer })
    await putAgreement(database, { title: 'Undated', origin: 'office', state: 'in_force' }, { slug: 'undated' })
  })

  it('has the newest first, and what has no date last', async () => {
    expect(await titlesOf()).toEqual(['Newer', 'Older', 'Undated'])
  })

  it('is narrowed by kind, country and field together', async () => {
    expect(await titlesOf('country=CN')).toEqual(['Newer', 'Older'])
    expect(await titlesOf('country=CN&kind=letter_of_intent')).toEqual(['Newer'])
    expect(await titlesOf('country=TH&country=VN&field=food')).toEqual(['Older'])
    expect(await titlesOf('country=VN&field=food')).toEqual([])
  })

  it('counts what each value would show', async () => {
    const { facets, total } = await list('kind=letter_of_intent')
    const counts = Object.fromEntries(
      facets.map(({ name, options }) => [name, options.map(({ label, count }) => `${label} ${count}`)]),
    )
    expect(total).toBe(1)
    expect(counts['country']).toEqual(['China 1', 'Vietnam 1'])
    expect(counts['kind']).toEqual(['Memorandum of understanding (MoU) 2', 'Letter of intent 1'])
  })

  it('pages, and has none after the last', async () => {
    for (let at = 0; at < 24; at += 1) await putAgreement(open.database, { title: `A ${at}` }, { slug: `a-${at}` })
    expect((await list('page=2')).entries).toHaveLength(3)
    await expect(list('page=3')).rejects.toMatchObject({ code: 'not_found' })
    await expect(list('page=x')).rejects.toMatchObject({ code: 'bad_request' })
    await expect(list('country=XX')).rejects.toMatchObject({ code: 'bad_request' })
  })
})

describe('a public agreement', () => {
  it('names its parties by their profiles, or as they were named', async () => {
    const { database } = open
    const id = await putPartner(database, { names: { en: 'University' } }, { slug: 'university' })
    const parties = [
      { partnerId: id, names: { en: 'University as it was' }, country: 'TH', role: 'lead' },
      { partnerId: null, names: { zh: '某部' }, country: null, role: 'partner' },
    ]
    const signed = parsePartialDate('2025-05') ?? null
    await putAgreement(database, { title: 'A', parties, signed }, { slug: 'a', partnerIds: [id], oldSlugs: ['was-a'] })
    const page = await showAgreement(database, 'en', 'a')
    expect(page).toMatchObject({
      entry: { reported: true, state: null, date: '2025-05' },
      parties: [
        { name: { value: 'University' }, href: '/en/partners/university', country: 'Thailand', role: 'lead' },
        { name: { value: '某部', lang: 'zh-Hans' }, href: undefined },
      ],
    })
    await takeBack(database, 'partner', id)
    expect(await showAgreement(database, 'en', 'a')).toMatchObject({
      parties: [{ name: { value: 'University as it was' }, href: undefined }, {}],
    })
    expect(await showAgreement(database, 'en', 'was-a')).toEqual({ movedTo: 'a' })
  })

  it('is gone once it was taken back', async () => {
    const id = await putAgreement(open.database, { title: 'A' }, { slug: 'a' })
    await takeBack(open.database, 'agreement', id)
    await expect(showAgreement(open.database, 'en', 'a')).rejects.toMatchObject({ code: 'gone' })
    await expect(showAgreement(open.database, 'en', 'b')).rejects.toMatchObject({ code: 'not_found' })
  })
})
