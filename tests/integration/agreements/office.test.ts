import { beforeEach, describe, expect, test } from 'vitest'
import { partners, partnerTexts } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { moveAgreement } from '#features/agreements/move-commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { readDesk } from '#features/agreements/office-queries.ts'
import { readChangesSince, readForOffice } from '#features/agreements/office-record.ts'
import { grantRelease, requestRelease } from '#features/agreements/release-commands.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { unsaidOfParty } from '#features/agreements/model.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let granter: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  granter = await sampleUser(context, 'granter@example.org', 'administrator')
})

const record = (changes: Parameters<typeof sampleWords>[0], state = 'draft') =>
  recordAgreement(context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state,
  })
const list = async (query: string, actor: Actor = officer) =>
  listForOffice(db.database, actor, readOfficeFilters(new URLSearchParams(query)), 'en', today, 'Asia/Shanghai')
const titles = async (query: string) => (await list(query)).entries.map((entry) => entry.title?.value)

describe('the list', () => {
  beforeEach(async () => {
    const partnerId = newId()
    await db.database.insert(partners).values({
      id: partnerId,
      slug: 'sample',
      state: 'published',
      kind: 'university',
      side: 'abroad',
      standing: 'listed',
      country: 'TH',
      sourceLocale: 'th',
    })
    await db.database.insert(partnerTexts).values({ partnerId, locale: 'th', name: 'มหาวิทยาลัยตัวอย่าง' })
    const party = { ...unsaidOfParty, role: 'partner', partnerId, names: null, country: null } as const
    await record({ titles: { en: 'Alpha' }, reference: 'YN-2', ends: '2030' as PartialDate })
    context.clock.advance({ seconds: 1 })
    await record({
      titles: { en: 'Beta 100% sure' },
      kind: 'technology_licence',
      parties: [party, sampleWords().parties[0]!],
      ends: '2029' as PartialDate,
    })
    context.clock.advance({ seconds: 1 })
    await record({ titles: { en: 'Gamma', zh: '伽马合作' }, reference: 'YN-1', ends: null }, 'in_force')
  })

  test.each([
    ['', ['Gamma', 'Beta 100% sure', 'Alpha']],
    ['sort=reference', ['Gamma', 'Alpha', 'Beta 100% sure']],
    ['sort=ends', ['Beta 100% sure', 'Alpha', 'Gamma']],
    ['state=draft', ['Beta 100% sure', 'Alpha']],
    ['state=draft&state=in_force&kind=technology_licence', ['Beta 100% sure']],
    ['q=alp', ['Alpha']],
    ['q=yn', ['Gamma', 'Alpha']],
    ['q=合作', ['Gamma']],
    ['q=ตัวอย่าง', ['Beta 100% sure']],
    ['q=university+alpha', ['Alpha']],
    ['q=100%25', ['Beta 100% sure']],
    ['q=%25', []],
    ['q=_', []],
    [`q=${encodeURIComponent("'; drop table agreements --")}`, []],
  ])('narrowed by “%s”', async (query, expected) => {
    expect(await titles(query)).toEqual(expected)
  })

  test('counts say how many there are in each state', async () => {
    const { total, counts } = await list('state=in_force')
    expect(total).toBe(1)
    expect(Object.fromEntries(counts)).toEqual({ draft: 2, in_force: 1 })
  })

  test('who may not read agreements sees none, in lists and counts alike', async () => {
    const translator = await sampleUser(context, 'translator@example.org', 'translator')
    for (const actor of [translator, { kind: 'visitor' } as const]) {
      expect(await list('', actor)).toMatchObject({ entries: [], total: 0, counts: new Map() })
    }
    expect(await readDesk(db.database, translator, today, 'en')).toMatchObject({ overdue: [], ending: [], mine: [] })
  })

  test('a page past the last is not found', async () => {
    await expect(list('page=2')).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('the desk shows what needs somebody, and to each their own', async () => {
  const mine = await record({ titles: { en: 'My draft' } })
  const soon = await record({ titles: { en: 'Ends soon' }, ends: '2026-05' as PartialDate }, 'in_force')
  const over = await record({ titles: { en: 'Over' }, ends: '2026-03-01' as PartialDate }, 'in_force')
  await record({ titles: { en: 'Ends this year' }, ends: '2026' as PartialDate }, 'in_force')
  const asked = await record({ titles: { en: 'Asked for' }, ends: null }, 'in_force')
  const step = (id: string) => ({
    id,
    version: 1,
    token: newId(),
    note: '',
    reviewer: 'Sample Reviewer',
    basis: 'Form 3',
  })
  await requestRelease(context, officer, step(asked))
  const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id)
  const desk = await readDesk(db.database, officer, today, 'en')
  expect({ ...desk, toGrant: ids(desk.toGrant) }).toMatchObject({ toGrant: [] })
  expect([ids(desk.waiting), ids(desk.mine), ids(desk.ending), ids(desk.overdue)]).toEqual([
    [asked],
    [mine],
    [soon],
    [over],
  ])
  const other = await readDesk(db.database, granter, today, 'en')
  expect([ids(other.toGrant), ids(other.mine), ids(other.waiting)]).toEqual([[asked], [], []])
  await grantRelease(context, granter, step(asked))
  await moveAgreement(context, officer, { ...step(asked), transition: 'complete' })
  expect(ids((await readDesk(db.database, officer, today, 'en')).changed)).toEqual([asked])
})

test('the page of an agreement says where it stands, what is missing and who did what', async () => {
  const id = await record({ signed: null }, 'signed')
  const page = await readForOffice(db.database, granter, id, today)
  expect(page.gaps).toEqual([
    ...['negotiation_checks', 'approval', 'signature_checks', 'signatories', 'signed_copies', 'signed_date'],
  ])
  expect(page.steps.map(({ name, missing }) => [name, missing])).toEqual([
    ['take_effect', []],
    ['terminate', []],
    ['supersede', ['successor']],
  ])
  expect(page.history[0]).toMatchObject({ action: 'agreement.enter', who: 'officer' })
  await expect(readForOffice(db.database, { kind: 'visitor' }, id, today)).rejects.toMatchObject({ code: 'not_found' })
  for (const odd of ['x', "'", '0190a000-0000-7000-8000-000000000001']) {
    await expect(readForOffice(db.database, officer, odd, today)).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('changes since a version name what each field said then, and who changed it', async () => {
  const id = await record({})
  const edit = (version: number, changes: Parameters<typeof sampleWords>[0]) =>
    editAgreement(context, officer, {
      id,
      version,
      token: newId(),
      words: sampleWords({ reference: null, ...changes }),
    })
  await edit(1, { titles: { en: 'Second title' } })
  await edit(2, { titles: { en: 'Third title' }, reference: 'YN-3' })
  const since = await readChangesSince(db.database, id, 1)
  expect(since.base).toEqual({
    officerId: officer.id,
    'title.en': sampleWords().titles.en,
    'title.zh': sampleWords().titles.zh,
    reference: null,
  })
  expect(since.people).toEqual(['officer'])
  expect((await readChangesSince(db.database, id, 2)).base).toEqual({ 'title.en': 'Second title', reference: null })
  expect((await readChangesSince(db.database, id, 3)).base).toEqual({})
})

test('a form that was saved, gone back to and changed is not silently dropped', async () => {
  const token = newId()
  const send = (title: string) =>
    recordAgreement(context, officer, {
      holdsNoSecrets: true,
      token,
      words: sampleWords({ reference: null, titles: { en: title } }),
      state: 'draft',
    })
  const id = await send('First')
  expect(await send('First')).toBe(id)
  await expect(send('Second')).rejects.toMatchObject({ code: 'duplicate', params: { outcome: id } })
})
