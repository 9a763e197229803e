import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { vocabularies } from '#db/schema/index.ts'
import { loadHub } from '#features/hub/queries.ts'
import { listPartners, showPartner } from '#features/partners/queries.ts'
import { useDatabase } from '#tests/support/database.ts'
import { putAgreement, putLab, putPartner, takeBack, writeVocabulary } from './published.ts'

const open = useDatabase()

const list = (query = '') => listPartners(open.database, 'en', new URLSearchParams(query))
const namesOf = async (query = '') => (await list(query)).entries.map(({ name }) => name.value)
const countsOf = async (facet: string, query = '') => {
  const { facets } = await list(query)
  return Object.fromEntries(
    facets.find(({ name }) => name === facet)?.options.map(({ label, count }) => [label, count]) ?? [],
  )
}

beforeEach(() => writeVocabulary(open.database))

describe('the list of partners', () => {
  beforeEach(async () => {
    const { database } = open
    await putPartner(database, { names: { en: 'Mae Fah', th: 'แม่ฟ้า' }, fields: ['food'] }, { slug: 'mae-fah' })
    await putPartner(database, { names: { en: 'Assay Office' }, kind: 'agency' }, { slug: 'assay' })
    await putPartner(
      database,
      { names: { vi: 'Hà Nội' }, country: 'VN', fields: ['food', 'energy'] },
      { slug: 'ha-noi' },
    )
    const yunnan = { country: 'CN', side: 'yunnan', kind: 'university', acronyms: ['YNU'] } as const
    await putPartner(database, { names: { en: 'Yunnan', zh: '云南大学' }, ...yunnan }, { slug: 'yunnan' })
  })

  it('is in the order of the names that the reader sees', async () => {
    expect(await namesOf()).toEqual(['Assay Office', 'Hà Nội', 'Mae Fah', 'Yunnan'])
  })

  it('is narrowed by country, kind, field and side together, and by words of any language', async () => {
    expect(await namesOf('country=TH&kind=university')).toEqual(['Mae Fah'])
    expect(await namesOf('country=TH&country=VN&field=food')).toEqual(['Hà Nội', 'Mae Fah'])
    expect(await namesOf('side=yunnan')).toEqual(['Yunnan'])
    expect(await namesOf('q=ha%20noi')).toEqual(['Hà Nội'])
    expect(await namesOf('q=云南')).toEqual(['Yunnan'])
    expect(await namesOf('q=ynu&country=TH')).toEqual([])
  })

  it('counts what each value would show', async () => {
    expect(await countsOf('country', 'kind=university&country=TH')).toEqual({ China: 1, Thailand: 1, Vietnam: 1 })
    expect(await countsOf('kind', 'country=TH')).toEqual({ University: 1, 'Government agency': 1 })
    expect(await countsOf('field')).toEqual({ Food: 2, Energy: 1 })
  })

  it('marks a name in another language with that language', async () => {
    const { entries } = await list('country=VN')
    expect(entries[0]?.name).toMatchObject({ value: 'Hà Nội', lang: 'vi' })
  })

  it('shows a change at once, whichever process made it', async () => {
    expect(await namesOf('country=VN')).toEqual(['Hà Nội'])
    const id = await putPartner(open.database, { names: { en: 'New' }, country: 'VN' }, { slug: 'new' })
    expect(await namesOf('country=VN')).toEqual(['Hà Nội', 'New'])
    await putPartner(open.database, { names: { en: 'Renamed' }, country: 'VN' }, { slug: 'new', recordId: id })
    expect(await namesOf('country=VN')).toEqual(['Hà Nội', 'Renamed'])
    await takeBack(open.database, 'partner', id)
    expect(await namesOf('country=VN')).toEqual(['Hà Nội'])
  })

  it.each(['country=XX', 'kind=none', 'field=none', 'side=none', 'page=x'])('refuses %s', async (query) => {
    await expect(list(query)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it.each(['page=0', 'page=2', 'page=1000000000'])('has no %s', async (query) => {
    await expect(list(query)).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('shows a renamed term at once', async () => {
  expect((await loadHub(open.database)).countries.get('TH')).toEqual({ zh: '泰国', en: 'Thailand' })
  const content = { zh: '泰国', en: 'Siam' }
  await open.database.update(vocabularies).set({ content }).where(eq(vocabularies.code, 'TH'))
  expect((await loadHub(open.database)).countries.get('TH')).toEqual(content)
})

describe('a partner’s profile', () => {
  const show = async (slug: string) => {
    const page = await showPartner(open.database, 'en', slug)
    if ('movedTo' in page) throw new Error(`moved to ${page.movedTo}`)
    return page
  }

  it('has its names, labs, agreements, and what it is part of', async () => {
    const { database } = open
    const academy = await putPartner(database, { names: { en: 'Academy', zh: '科学院' } }, { slug: 'academy' })
    const names = { en: 'Institute', zh: '研究所', lo: 'ສະຖາບັນ' }
    const institute = await putPartner(database, { names, parentId: academy }, { slug: 'institute' })
    await putLab(database, { name: 'Lab' }, { slug: 'lab', partnerIds: [institute] })
    await putLab(database, { name: 'Other lab' }, { slug: 'other', partnerIds: [academy] })
    const parties = [{ partnerId: institute, names: { en: 'Former name' }, country: 'TH', role: 'partner' }]
    await putAgreement(database, { title: 'Memorandum', parties }, { slug: 'memorandum', partnerIds: [institute] })
    const page = await show('institute')
    expect(page.names.map(({ lang }) => lang)).toEqual(['zh-Hans', 'lo'])
    expect(page.parent).toMatchObject({ href: '/en/partners/academy' })
    expect(page.labs.map(({ name }) => name.value)).toEqual(['Lab'])
    expect(page.agreements).toMatchObject([{ title: { value: 'Memorandum' }, parties: [{ value: 'Institute' }] }])
    expect((await show('academy')).children.map(({ href }) => href)).toEqual(['/en/partners/institute'])
  })

  it('is found by a former slug, is gone once withdrawn, and is not found where it never was', async () => {
    const { database } = open
    const id = await putPartner(database, { names: { en: 'A' } }, { slug: 'a', oldSlugs: ['old-a'] })
    expect(await showPartner(database, 'en', 'old-a')).toEqual({ movedTo: 'a' })
    await takeBack(database, 'partner', id)
    await expect(showPartner(database, 'en', 'a')).rejects.toMatchObject({ code: 'gone' })
    await expect(showPartner(database, 'en', 'old-a')).rejects.toMatchObject({ code: 'not_found' })
    await expect(showPartner(database, 'en', "x' or 1=1")).rejects.toMatchObject({ code: 'not_found' })
    await expect(showPartner(database, 'en', 'nul\u0000')).rejects.toMatchObject({ code: 'not_found' })
  })
})
