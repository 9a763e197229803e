import { beforeEach, describe, expect, test } from 'vitest'
import { agreementAmendments, agreementLinks, agreements, partners, partnerTexts } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { agreementStates } from '#features/agreements/lifecycle.ts'
import { type AgreementWords, unsaidOfParty } from '#features/agreements/model.ts'
import { grantRelease, requestRelease } from '#features/agreements/release-commands.ts'
import { addMilestone } from '#features/milestones/commands.ts'
import { settleOccurrence } from '#features/milestones/outcome-commands.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { officeDay } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { exported, type Wanted } from '#tests/support/exports.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'
import { problemsOfPackage } from '#tests/support/ocds/validator.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

interface Release extends Record<string, unknown> {
  readonly id: string
  readonly ocid: string
  readonly contracts: readonly Record<string, unknown>[]
}

/** The package, which the official schema finds nothing wrong with. */
async function read(wanted: Wanted = {}, actor: Actor = officer) {
  const text = (await exported(context, actor, 'ocds', wanted)).toString('utf8')
  const value = JSON.parse(text) as Record<string, unknown> & { releases: readonly Release[] }
  expect(problemsOfPackage(value)).toEqual([])
  return { ...value, text }
}

const record = (changes: Partial<AgreementWords> = {}, state = 'in_force') =>
  recordAgreement(context, officer, {
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state,
    holdsNoSecrets: true,
  })

test('the validator knows a package that is wrong', async () => {
  await record()
  const { releases, ...head } = await read()
  expect(problemsOfPackage({ ...head, releases: [{ ...releases[0], tag: ['nothing'] }] })).not.toEqual([])
  expect(problemsOfPackage({ ...head, releases: [{ ...releases[0], ocid: undefined }] })).not.toEqual([])
  expect(problemsOfPackage({ ...head, uri: 'no address', releases })).not.toEqual([])
})

test('a package says who publishes it; of nothing there is none, as the standard wants one release at least', async () => {
  await expect(read()).rejects.toMatchObject({ code: 'export_empty' })
  await record()
  expect(await read()).toMatchObject({
    uri: expect.stringMatching(/^urn:uuid:/) as string,
    version: '1.1',
    publisher: { uri: 'http://127.0.0.1:4321' },
    releases: [{ language: 'en' }],
  })
})

/** Who signed, in the agreement that `whole` makes. */
async function sign(id: string, positions: readonly number[]): Promise<void> {
  const seen = markOfSignatures(await readSignedParties(db.database, id))
  const others = [{ language: 'th', value: 'สมชาย ใจดี', address: 'ศ.', title: 'อธิการบดี', official: 'yes' }]
  const somchai = { name: 'Somchai Jaidee', language: 'en', address: 'Prof.', title: 'President', others }
  const signatures = positions.map((position) => ({ ...somchai, position, signedOn: '2026-01-15' }))
  await recordSignatures(context, officer, { id, version: 1, token: newId(), seen, signatures })
}

/** An agreement with a partner of ours, and everything that can hang on it. */
async function whole() {
  const partnerId = newId()
  await db.database.insert(partners).values({
    ...{ id: partnerId, slug: 'sample', state: 'published', kind: 'university', side: 'abroad', standing: 'listed' },
    ...{ country: 'TH', ror: 'https://ror.org/00example0', sourceLocale: 'th' },
  })
  await db.database.insert(partnerTexts).values([
    { partnerId, locale: 'en', name: 'Sample University of Profiles' },
    { partnerId, locale: 'th', name: 'มหาวิทยาลัยตัวอย่าง' },
  ])
  const contact = { name: 'Sample Person', address: 'Dr', email: 'person@example.org', phone: '+66 0 0000 0000' }
  const id = await record({
    titles: { en: 'Sample agreement', th: 'ข้อตกลงตัวอย่าง' },
    summaries: { en: 'About nothing' },
    signed: '2026-01-15' as PartialDate,
    parties: [
      { ...unsaidOfParty, role: 'funder', partnerId, names: null, country: null, contact },
      { ...unsaidOfParty, role: 'partner', partnerId: null, names: { lo: 'ຕົວຢ່າງ' }, country: 'LA' },
    ],
  })
  const today = officeDay(context.clock, context.config.officeTimeZone)
  const payment = await addMilestone(context, officer, {
    agreementId: id,
    token: newId(),
    words: {
      ...{ kind: 'payment', title: 'First payment', partyPosition: 0, firstDue: today.subtract({ days: 3 }) },
      ...{ rule: null, money: { amount: '1000.5', currency: 'CNY' } },
    },
  })
  await settleOccurrence(context, officer, {
    ...{ id: payment, version: 1, due: today.subtract({ days: 3 }), token: newId() },
    outcome: { state: 'met', metOn: today, paid: '1000.5', note: null, documentId: null },
  })
  await db.database.insert(agreementAmendments).values({
    ...{ id: newId(), agreementId: id, number: 1, kind: 'scope', summary: 'More of nothing' },
    ...{ signedOn: '2026-02-01', effectiveOn: '2026-03-01', changes: [], recordedAt: context.clock.now().toString() },
  })
  const life = lifecycleOf(context, officer)
  await life.file(id, 'signed_copy', 'th')
  await life.file(id, 'other')
  await life.archive(await life.file(id, 'draft'))
  return { id, partnerId, today }
}

describe('everything', () => {
  test('has parties, contract, milestones, payments, amendments, documents and languages', async () => {
    const { id, partnerId, today } = await whole()
    const { releases, text } = await read()
    const ocid = `ocds-000000-${id}`
    expect(releases).toMatchObject([
      {
        ocid,
        language: 'en',
        initiationType: 'tender',
        tag: ['award', 'contract', 'contractAmendment', 'implementation'],
        parties: [
          {
            id: `partner-${partnerId}`,
            name: 'Sample University of Profiles',
            name_th: 'มหาวิทยาลัยตัวอย่าง',
            identifier: { scheme: 'XI-ROR', id: '00example0', uri: 'https://ror.org/00example0' },
            contactPoint: {
              ...{ name: 'Sample Person', honorificPrefix: 'Dr', email: 'person@example.org' },
              telephone: '+66 0 0000 0000',
            },
            roles: ['funder'],
            details: { country: 'TH' },
          },
          { id: `${id}-party-2`, name: 'ຕົວຢ່າງ', roles: ['cooperationParty'] },
        ],
        awards: [{ id, status: 'active' }],
        contracts: [
          {
            id,
            awardID: id,
            title: 'Sample agreement',
            title_th: 'ข้อตกลงตัวอย่าง',
            description: 'About nothing',
            status: 'active',
            period: { startDate: '2026-02-01T00:00:00+08:00', endDate: '2028-12-31T23:59:59+08:00' },
            dateSigned: '2026-01-15T00:00:00+08:00',
            value: { amount: 1200000.5, currency: 'CNY' },
            milestones: [
              { title: 'First payment', type: 'payment', status: 'met', dateMet: `${today.toString()}T00:00:00+08:00` },
            ],
            amendments: [{ id: '1', date: '2026-02-01T00:00:00+08:00', description: 'More of nothing' }],
            documents: [
              { documentType: 'contractSigned', title: 'A signed_copy', language: 'th', format: 'application/pdf' },
              { title: 'A other' },
            ],
            implementation: {
              transactions: [{ value: { amount: 1000.5, currency: 'CNY' }, payer: { id: `partner-${partnerId}` } }],
            },
          },
        ],
      },
    ])
    expect(releases[0]?.id).toMatch(new RegExp(`^${ocid}-[0-9a-f]{16}$`))
    expect(text).not.toContain('A draft')
  })

  test('has who signed for each party, and names those that have signed where there are two', async () => {
    const { id, partnerId } = await whole()
    await sign(id, [0])
    const [alone] = (await read()).releases
    expect(alone?.['parties']).toMatchObject([
      {
        signatory: {
          ...{ name: 'Somchai Jaidee', name_th: 'สมชาย ใจดี', honorificPrefix: 'Prof.', honorificPrefix_th: 'ศ.' },
          ...{ jobTitle: 'President', jobTitle_th: 'อธิการบดี', dateSigned: '2026-01-15T00:00:00+08:00' },
        },
      },
      {},
    ])
    expect(alone?.contracts[0]).not.toHaveProperty('signatories')
    await sign(id, [1])
    const found = await read()
    const extensions = [expect.stringContaining('ocds_contract_signatories_extension') as string]
    expect(found).toMatchObject({ extensions })
    expect(found.releases[0]?.contracts[0]?.['signatories']).toEqual([
      { id: `partner-${partnerId}`, name: 'Sample University of Profiles' },
      { id: `${id}-party-2`, name: 'ຕົວຢ່າງ' },
    ])
  })

  test.each(agreementStates)('is valid in every state: %s', async (state) => {
    const id = newId()
    await db.database.insert(agreements).values({
      ...{ id, slug: `in-${state}`, origin: 'office', state, kind: 'cooperation_agreement', sourceLocale: 'my' },
    })
    const { releases } = await read()
    expect(releases).toMatchObject([{ contracts: [{ status: expect.any(String) as string }] }])
  })

  test('writes an amount with all its digits, and leaves out one in a currency that OCDS does not know', async () => {
    await record({ value: { amount: '123456789012345.1234', currency: 'CNY' } })
    expect((await read()).text).toContain('"amount":123456789012345.1234,')
    const leone = await record({ value: { amount: '5', currency: 'SLE' } })
    const { releases } = await read()
    expect(releases.find(({ ocid }) => ocid.endsWith(leone))?.contracts[0]).not.toHaveProperty('value')
  })

  test('half-known days: none where one moment is meant, the whole of them for a period', async () => {
    await record({
      signed: '2026-01' as PartialDate,
      effective: '2026' as PartialDate,
      ends: '2027-02' as PartialDate,
    })
    const [contract] = (await read()).releases[0]?.contracts ?? []
    expect(contract).not.toHaveProperty('dateSigned')
    expect(contract).toMatchObject({
      period: { startDate: '2026-01-01T00:00:00+08:00', endDate: '2027-02-28T23:59:59+08:00' },
    })
  })

  test('links only to agreements that the person may see', async () => {
    const later = await record({ visibility: 'internal' })
    const framework = await record({ visibility: 'confidential' })
    const earlier = await record({ visibility: 'internal' })
    await db.database.insert(agreementLinks).values([
      { agreementId: later, otherId: framework, kind: 'implements' },
      { agreementId: later, otherId: earlier, kind: 'follows' },
    ])
    const related = async (actor: Actor) => {
      const { releases } = await read({}, actor)
      const release = releases.find(({ ocid }) => ocid.endsWith(later))
      return ((release?.['relatedProcesses'] ?? []) as { identifier: string; relationship: string[] }[]).map((one) => [
        one.identifier.slice('ocds-000000-'.length),
        ...one.relationship,
      ])
    }
    expect((await related(officer)).sort()).toEqual(
      [
        [earlier, 'prior'],
        [framework, 'framework'],
      ].sort(),
    )
    const reader = await sampleUser(context, 'reader@example.org', 'reader')
    expect(await related(reader)).toEqual([[earlier, 'prior']])
  })

  test('has the id of a release by what it says', async () => {
    await record()
    const [first] = (await read()).releases
    expect((await read()).releases[0]?.id).toBe(first?.id)
    await db.database.update(agreements).set({ state: 'suspended' })
    expect((await read()).releases[0]?.id).toBe(first?.id)
    await db.database.update(agreements).set({ state: 'terminated' })
    expect((await read()).releases[0]?.id).not.toBe(first?.id)
  })
})

test('what is public leads to the public page and its briefs, and holds nothing of the office', async () => {
  const { id } = await whole()
  await sign(id, [0, 1])
  const granter = await sampleUser(context, 'granter@example.org', 'administrator')
  const step = () => ({
    ...{ id, version: 1, token: newId(), note: '' },
    ...{ reviewer: 'Sample Reviewer', basis: 'Form 3' },
  })
  await requestRelease(context, officer, step())
  await grantRelease(context, granter, step())
  const { releases, text } = await read({ contents: 'public' })
  expect(releases).toHaveLength(1)
  expect(releases[0]?.contracts[0]?.['documents']).toMatchObject([
    { id: 'page-en', url: 'http://127.0.0.1:4321/en/agreements/sample-agreement', format: 'text/html' },
    { id: 'brief-en', url: 'http://127.0.0.1:4321/en/briefs/agreements/sample-agreement.pdf' },
    { id: 'page-th', language: 'th' },
    { id: 'brief-th', language: 'th' },
  ])
  for (const hidden of [
    'person@example.org',
    'First payment',
    'More of nothing',
    'signed_copy',
    '1200000',
    '/office/',
    'Somchai',
    'Prof.',
    'signator',
  ])
    expect(text, hidden).not.toContain(hidden)
})
