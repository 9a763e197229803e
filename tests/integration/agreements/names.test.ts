import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { emptyAmendment } from '#features/amendments/draft.ts'
import { checkAmendment } from '#features/amendments/check.ts'
import { agreedOf, changesTo } from '#features/amendments/model.ts'
import { recordAmendment } from '#features/amendments/commands.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { typedNames } from '#features/agreements/names.ts'
import { linesOf } from '#features/agreements/history-words.ts'
import { type AgreementWords, unsaidOfParty } from '#features/agreements/model.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { readForOffice } from '#features/agreements/office-record.ts'
import { showAgreement } from '#features/agreements/queries.ts'
import { grantRelease, requestRelease } from '#features/agreements/release-commands.ts'
import { releaseLines } from '#features/agreements/release-lines.ts'
import { vocabularyFor } from '#features/agreements/vocabulary.ts'
import { loadHub } from '#features/hub/queries.ts'
import { currentHash } from '#features/reviews/substance.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import type { TypedSignature } from '#features/signatures/model.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { exported, readCsv } from '#tests/support/exports.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
const lao = 'ສັນຍາການຮ່ວມມືຕົວຢ່າງ'
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let life: ReturnType<typeof lifecycleOf>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  life = lifecycleOf(context, officer)
})

const thai: AgreementWords['parties'][number] = {
  ...unsaidOfParty,
  role: 'partner',
  partnerId: null,
  names: { th: 'มหาวิทยาลัยตัวอย่าง', en: 'Sample University', 'zh-Hant': '範例大學' },
  officialNames: ['en', 'th'],
  country: null,
}
const words = (changes: Partial<AgreementWords> = {}) =>
  sampleWords({
    titles: { en: 'Sample cooperation', lo: lao, km: 'កិច្ចព្រមព្រៀង' },
    officialTitles: ['en', 'lo'],
    parties: [sampleWords().parties[0]!, thai],
    ...changes,
  })
const record = (changes: Partial<AgreementWords> = {}, state = 'negotiation') =>
  recordAgreement(context, officer, { token: newId(), words: words(changes), state, holdsNoSecrets: true })
const edit = async (id: string, changes: Partial<AgreementWords>) =>
  editAgreement(context, officer, { id, version: (await life.read(id)).version, token: newId(), words: words(changes) })
const sign = async (id: string, changes: Partial<TypedSignature>) => {
  const parties = await readSignedParties(db.database, id)
  const { version } = await life.read(id)
  const somchai = { position: 1, name: 'สมชาย ใจดี', language: 'th', title: 'อธิการบดี', signedOn: '2026-01-15' }
  const signatures = [{ ...somchai, ...changes }]
  await recordSignatures(context, officer, { id, version, token: newId(), seen: markOfSignatures(parties), signatures })
}
const found = async (query: string) => {
  const filters = readOfficeFilters(new URLSearchParams({ q: query }))
  return (await listForOffice(db.database, officer, filters, 'en', today, 'Asia/Shanghai')).entries.length
}
const daw = { name: 'သီတာ', address: 'ဒေါက်တာ', email: 'daw@example.org', phone: null }
const inEnglish = { name: 'Somchai Jaidee', others: [{ language: 'lo', value: 'ສົມໃຈ', title: '', official: '' }] }

test('titles and names come back in every language, whole and marked', async () => {
  const id = await record()
  expect((await life.read(id)).words).toEqual(words({ officerId: officer.id }))
  await edit(id, { titles: { en: 'Sample cooperation', lo: 'ສັນຍາ' }, officialTitles: ['lo'] })
  const { titles, officialTitles } = (await life.read(id)).words
  expect({ titles, officialTitles }).toEqual({
    titles: { en: 'Sample cooperation', lo: 'ສັນຍາ' },
    officialTitles: ['lo'],
  })
})

test('an agreement is found by any of its names', async () => {
  const id = await record()
  await sign(id, inEnglish)
  for (const query of ['ສັນຍາການ', 'កិច្ចព្រម', '範例', 'มหาวิทยาลัย', 'Somchai', 'ສົມໃຈ']) {
    expect(await found(query), query).toBe(1)
  }
  expect(await found('ນະຄອນ')).toBe(0)
})

test('what is official is substance, a translation for readers is not', async () => {
  const id = await record()
  const hash = await currentHash(db.database, id)
  await edit(id, { titles: { ...words().titles, km: 'អនុស្សរណៈ' } })
  await edit(id, { parties: [words().parties[0]!, { ...thai, names: { ...thai.names, 'zh-Hant': '範例大学' } }] })
  expect(await currentHash(db.database, id)).toBe(hash)
  await edit(id, { titles: { ...words().titles, lo: 'ສັນຍາ' } })
  expect(await currentHash(db.database, id)).not.toBe(hash)
  await edit(id, {})
  expect(await currentHash(db.database, id)).toBe(hash)
  await edit(id, { parties: [words().parties[0]!, { ...thai, names: { ...thai.names, en: 'Sample Institute' } }] })
  expect(await currentHash(db.database, id)).not.toBe(hash)
})

test('who signed is kept by language, and stays with a party that moves and gets another name', async () => {
  const id = await record()
  const others = [{ language: 'en', value: 'Somchai Jaidee', address: 'Prof.', title: 'President', official: 'yes' }]
  await sign(id, { official: 'yes', address: 'ศาสตราจารย์', others })
  const kept = {
    names: { th: 'สมชาย ใจดี', en: 'Somchai Jaidee' },
    addresses: { th: 'ศาสตราจารย์', en: 'Prof.' },
    titles: { th: 'อธิการบดี', en: 'President' },
    official: ['en', 'th'],
    signedOn: '2026-01-15',
  }
  expect((await readSignedParties(db.database, id))[1]?.signed).toEqual(kept)
  await edit(id, { parties: [{ ...thai, names: { ...thai.names, my: 'နမူနာ' } }, words().parties[0]!] })
  expect((await readSignedParties(db.database, id))[0]?.signed).toEqual(kept)
  const { history } = await readForOffice(db.database, officer, id, today)
  const hub = await loadHub(db.database)
  const view = { t: translator('en'), locale: 'en', hub, partnerNames: new Map() } as const
  const told = history.flatMap(({ changes }) => linesOf(changes, view))
  expect(told.find(({ label }) => label === 'Signatory of party 2')?.after).toBe(
    'English (official): Somchai Jaidee · Prof. · President · Thai (official): สมชาย ใจดี · ศาสตราจารย์ · อธิการบดี · 15 January 2026',
  )
  expect(told.find(({ label }) => label === 'Title (Lao)')).toMatchObject({ lang: 'lo', before: undefined, after: lao })
  expect(told.find(({ label }) => label === 'Parties')?.after).toContain('Thai (official): มหาวิทยาลัยตัวอย่าง')
})

test('a form of address is no substance, is marked by the version that somebody saw, and stands beside a contact', async () => {
  const id = await record({ parties: [{ ...words().parties[0]!, contact: daw }, thai] })
  expect((await life.read(id)).words.parties[0]?.contact).toEqual(daw)
  const hash = await currentHash(db.database, id)
  const seen = markOfSignatures(await readSignedParties(db.database, id))
  await sign(id, { address: 'นาย' })
  expect(await currentHash(db.database, id)).toBe(hash)
  const once = markOfSignatures(await readSignedParties(db.database, id))
  await sign(id, { address: 'ดร.' })
  expect(new Set([seen, once, markOfSignatures(await readSignedParties(db.database, id))]).size).toBe(3)
  await edit(id, { parties: [{ ...words().parties[0]!, contact: { ...daw, address: 'ဒေါ်' } }, thai] })
  const { history } = await readForOffice(db.database, officer, id, today)
  const hub = await loadHub(db.database)
  const view = { t: translator('en'), locale: 'en', hub, partnerNames: new Map() } as const
  const contacts = history
    .flatMap(({ changes }) => linesOf(changes, view))
    .find(({ label, before }) => label === 'Contacts' && before !== undefined)
  expect(contacts?.before).toContain('သီတာ · ဒေါက်တာ, daw@example.org')
  expect(contacts?.after).toContain('သီတာ · ဒေါ်, daw@example.org')
})

test('exports hold every name, and a sheet those in other languages', async () => {
  const id = await record()
  await sign(id, { ...inEnglish, address: 'Mr' })
  const [row] = readCsv(await exported(context, officer, 'csv'))
  expect(row).toMatchObject({
    'Titles in other languages': `km: កិច្ចព្រមព្រៀង\nlo: ${lao}`,
    'Names of the parties by language': '–\nen*: Sample University | th*: มหาวิทยาลัยตัวอย่าง | zh-Hant: 範例大學',
  })
  expect(row).toMatchObject({
    Signatories: '–\nSomchai Jaidee',
    'Signatories: form of address': '–\nMr',
    'Signatories: title or office': '–\nอธิการบดี',
    'Signatories: date of signature': '–\n2026-01-15',
    'Names of the signatories by language': '–\nth: Somchai Jaidee | lo: ສົມໃຈ',
  })
  const json = (await exported(context, officer, 'json')).toString()
  expect(json).toContain(`"lo":"${lao}"`)
  expect(json).toContain('"officialNames":["en","th"]')
  expect(json).toContain('ສົມໃຈ')
  const ocds = (await exported(context, officer, 'ocds')).toString()
  expect(ocds).toContain(`"title_lo":"${lao}"`)
  expect(ocds).toContain('"name_zh-Hant":"範例大學"')
})

test('what is released shows each name with its mark, and no signatory', async () => {
  const granter = await sampleUser(context, 'granter@example.org', 'administrator')
  const id = await record({}, 'in_force')
  await sign(id, inEnglish)
  const { version } = await life.read(id)
  const step = { id, version, note: '', reviewer: 'Sample Reviewer', basis: 'Form 3' }
  await requestRelease(context, officer, { ...step, token: newId() })
  await grantRelease(context, granter, { ...step, token: newId() })
  const [edition] = await db.database.select().from(publications).where(eq(publications.recordId, id))
  expect(edition?.content).toMatchObject({
    officialTitles: ['en', 'lo'],
    parties: [{}, { officialNames: ['en', 'th'] }],
  })
  expect(JSON.stringify(edition)).not.toContain('Somchai')
  const page = await showAgreement(db.database, 'th', edition?.slug ?? '')
  if ('movedTo' in page) throw new Error('moved')
  expect(page.titles).toContainEqual({ value: lao, lang: 'lo', language: 'lo', official: true })
  expect(page.parties[1]).toMatchObject({ name: { value: 'มหาวิทยาลัยตัวอย่าง' }, official: true })
  expect(page.parties[1]?.otherNames.map(({ language, official }) => `${language} ${String(official)}`)).toEqual([
    'en true',
    'zh-Hant false',
  ])
  const hub = await loadHub(db.database)
  const view = { t: translator('en'), locale: 'en', hub, partnerNames: new Map() } as const
  const lines = releaseLines(page.record.content, view).map(({ label, value }) => `${label}: ${value}`)
  expect(lines).toContain(`Title (Lao): ${lao}`)
  expect(lines).toContain('Official titles: English and Lao')
})

test('an amendment changes titles and names in any language, and leaves contacts alone', async () => {
  const contact = { name: 'Sample person', email: null, phone: null }
  const first = {
    ...unsaidOfParty,
    role: 'lead',
    partnerId: null,
    names: { en: 'Sample A' },
    country: null,
    contact,
  } as const
  const id = await record({ parties: [first, thai], fields: [] }, 'in_force')
  const before = await life.read(id)
  const held = agreedOf(before.words)
  const draft = emptyAmendment(before.words, held, { number: 1, kind: 'scope', effectiveOn: today })
  const sent = {
    ...draft,
    summary: 'Another title',
    words: {
      ...draft.words,
      otherTitles: typedNames({ lo: 'ສັນຍາໃໝ່' }, [], () => false),
      parties: draft.words.parties.map((party) => ({
        ...party,
        contactName: '',
        contactAddress: '',
        contactEmail: '',
        contactPhone: '',
      })),
    },
  }
  const rules = {
    words: before.words,
    vocabulary: await vocabularyFor(db.database, sent.words),
    documentIds: [],
    languages: [],
    today,
  }
  const result = checkAmendment(sent, rules)
  if (!('checked' in result)) throw new Error(JSON.stringify(result.problems))
  const { agreed, ...own } = result.checked
  const changes = changesTo(held, agreed)
  expect(changes).toEqual([{ field: 'otherTitles', before: { lo: lao, km: 'កិច្ចព្រមព្រៀង' }, after: { lo: 'ສັນຍາໃໝ່' } }])
  await recordAmendment(context, officer, {
    agreementId: id,
    version: before.version,
    token: newId(),
    words: { ...own, effectiveOn: Temporal.PlainDate.from('2026-01-20'), changes },
  })
  expect((await life.read(id)).words).toMatchObject({
    titles: { en: 'Sample cooperation', lo: 'ສັນຍາໃໝ່' },
    officialTitles: ['en', 'lo'],
    parties: [{ contact }, { officialNames: ['en', 'th'] }],
  })
})
