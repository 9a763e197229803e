import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { publications } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { readForOffice } from '#features/agreements/office-record.ts'
import { openAgreement, showAgreement } from '#features/agreements/queries.ts'
import { readRecord } from '#features/agreements/record.ts'
import { declineRelease, grantRelease, requestRelease, withdrawRelease } from '#features/agreements/release-commands.ts'
import { releaseLines } from '#features/agreements/release-lines.ts'
import { publishState } from '#features/agreements/steps.ts'
import { loadHub } from '#features/hub/queries.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let asker: Extract<Actor, { kind: 'user' }>
let granter: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  asker = await sampleUser(context, 'asker@example.org', 'agreement_officer')
  granter = await sampleUser(context, 'granter@example.org', 'administrator')
})

const record = (changes = {}, state = 'in_force') =>
  recordAgreement(context, asker, { holdsNoSecrets: true, token: newId(), words: sampleWords(changes), state })
const step = (id: string, note = '', version = 1) => ({
  ...{ id, version, token: newId(), note },
  ...{ reviewer: 'Sample Reviewer', basis: 'Form 3' },
})
const current = async () =>
  (await db.database.select().from(publications)).filter((row) => row.supersededAt === null && row.withdrawnAt === null)

test('asked for by one, granted by another: the register shows what was seen, and no value', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await expect(grantRelease(context, asker, step(id))).rejects.toMatchObject({ code: 'release_same_person' })
  expect(await current()).toEqual([])
  await grantRelease(context, granter, step(id))
  const [shown] = await current()
  expect(shown).toMatchObject({
    recordId: id,
    slug: 'sample-cooperation-on-nothing-at-all',
    edition: 1,
    publishedBy: granter.id,
  })
  expect(shown?.content).toMatchObject({ reference: '云科合〔2026〕12号', state: 'in_force', origin: 'office' })
  expect(JSON.stringify(shown)).not.toContain('1200000')
})

test('edits do not leak; a second release replaces the first and keeps the address', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await grantRelease(context, granter, step(id))
  const words = sampleWords({ titles: { en: 'A quite different title' } })
  await editAgreement(context, asker, { id, version: 1, token: newId(), words })
  expect(JSON.stringify(await current())).not.toContain('different')
  await requestRelease(context, asker, step(id, '', 2))
  await grantRelease(context, granter, step(id, '', 2))
  const shown = await current()
  expect(shown).toHaveLength(1)
  expect(shown[0]).toMatchObject({ edition: 2, slug: 'sample-cooperation-on-nothing-at-all' })
  expect(JSON.stringify(shown)).toContain('different')
})

test('what is granted is what was seen', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await editAgreement(context, asker, { id, version: 1, token: newId(), words: sampleWords({ reference: 'NEW' }) })
  await expect(grantRelease(context, granter, step(id, '', 1))).rejects.toMatchObject({ code: 'stale_version' })
  expect(await current()).toEqual([])
})

test('of two who grant at once, one does; sent twice, granted once', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  const second = await sampleUser(context, 'second@example.org', 'reviewer')
  const twice = step(id)
  const results = await Promise.allSettled([
    grantRelease(context, granter, twice),
    grantRelease(context, granter, twice),
    grantRelease(context, second, step(id)),
  ])
  expect(results.filter((result) => result.status === 'fulfilled').length).toBeLessThanOrEqual(2)
  expect(await db.database.select().from(publications).where(eq(publications.recordId, id))).toHaveLength(1)
  expect(await db.sql`select 1 from agreement_releases where decision = 'granted'`).toHaveLength(1)
})

test('two who ask at once leave one request', async () => {
  const id = await record()
  const results = await Promise.allSettled([
    requestRelease(context, asker, step(id)),
    requestRelease(context, asker, step(id)),
  ])
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await db.sql`select 1 from agreement_releases`).toHaveLength(1)
})

test('withdrawn with a reason, and released again', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await grantRelease(context, granter, step(id))
  await expect(withdrawRelease(context, asker, step(id))).rejects.toMatchObject({ problems: [{ path: 'note' }] })
  await withdrawRelease(context, asker, step(id, 'Asked for by the partner'))
  expect(await current()).toEqual([])
  await expect(withdrawRelease(context, asker, step(id, 'again'))).rejects.toMatchObject({
    code: 'transition_not_allowed',
  })
  await requestRelease(context, asker, step(id))
  await grantRelease(context, granter, step(id))
  expect(await current()).toMatchObject([{ edition: 2 }])
})

test('declined with a reason; the one who asked may take it back', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await declineRelease(context, granter, step(id, 'Not yet'))
  await requestRelease(context, asker, step(id))
  await declineRelease(context, asker, step(id, 'A mistake'))
  const rows = await db.sql<{ decision: string }[]>`select decision from agreement_releases order by id`
  expect(rows.map(({ decision }) => decision)).toEqual(['declined', 'cancelled'])
})

test.each([
  ['internal', { visibility: 'internal' as const }, 'in_force'],
  ['a draft', {}, 'draft'],
  ['with one party', { parties: sampleWords().parties.slice(0, 1) }, 'in_force'],
])('an agreement that is %s is not released', async (_, changes, state) => {
  const id = await record(changes, state)
  await expect(requestRelease(context, asker, step(id))).rejects.toMatchObject({ code: 'transition_not_allowed' })
  await expect(grantRelease(context, granter, step(id))).rejects.toMatchObject({ code: 'transition_not_allowed' })
})

test('what is released stays public until it is withdrawn', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  const internal = { id, version: 1, words: sampleWords({ visibility: 'internal' as const }) }
  await expect(editAgreement(context, asker, { ...internal, token: newId() })).rejects.toMatchObject({
    problems: [{ path: 'visibility', code: 'release_in_effect' }],
  })
  expect((await readRecord(db.database, asker, id))?.words.visibility).toBe('public')
})

test('the database itself refuses one person in both roles', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await expect(
    db.sql`update agreement_releases set decision = 'granted', decided_by = requested_by, decided_at = now()`,
  ).rejects.toMatchObject({ code: '23514' })
})

test('a release is granted with a record of its confidentiality review, or not at all', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await expect(
    grantRelease(context, granter, { ...step(id), reviewer: ' ', basis: 'x'.repeat(501) }),
  ).rejects.toMatchObject({
    problems: [
      { path: 'reviewer', code: 'required' },
      { path: 'basis', code: 'too_long' },
    ],
  })
  expect(await current()).toEqual([])
  await grantRelease(context, granter, step(id))
  const rows = await db.sql`select confidentiality_reviewer, confidentiality_basis from agreement_releases`
  expect(rows).toMatchObject([{ confidentiality_reviewer: 'Sample Reviewer', confidentiality_basis: 'Form 3' }])
})

test('the public page tells when it was released, corrected, withdrawn and released again', async () => {
  const id = await record()
  const release = async (version: number) => {
    await requestRelease(context, asker, step(id, '', version))
    await grantRelease(context, granter, step(id, '', version))
  }
  const slug = 'sample-cooperation-on-nothing-at-all'
  const kinds = async () => {
    const page = await showAgreement(db.database, 'en', slug)
    return 'movedTo' in page ? [] : page.publicHistory.map(({ kind }) => kind)
  }
  await release(1)
  expect(await kinds()).toEqual(['released'])
  const words = sampleWords({ titles: { en: 'Corrected' } })
  await editAgreement(context, asker, { id, version: 1, token: newId(), words })
  await release(2)
  expect(await kinds()).toEqual(['released', 'corrected'])
  await withdrawRelease(context, asker, step(id, 'Asked for by the partner', 2))
  await expect(kinds()).rejects.toMatchObject({ code: 'gone' })
  const gone = await openAgreement(db.database, 'en', slug)
  const left = 'withdrawn' in gone ? gone.withdrawn.publicHistory.map(({ kind }) => kind) : []
  expect(left).toEqual(['released', 'corrected', 'withdrawn'])
  await expect(openAgreement(db.database, 'en', 'nothing-at-all')).rejects.toMatchObject({ code: 'not_found' })
  await release(2)
  expect(await kinds()).toEqual(['released', 'corrected', 'withdrawn', 'again'])
})

test('a state that follows from its dates is no correction', async () => {
  const id = await record()
  await requestRelease(context, asker, step(id))
  await grantRelease(context, granter, step(id))
  context.clock.advance({ minutes: 1 })
  await db.database.transaction((tx) =>
    publishState(tx, id, { from: 'in_force', to: 'expired' }, { at: context.clock.now(), by: null }),
  )
  const page = await openAgreement(db.database, 'en', 'sample-cooperation-on-nothing-at-all')
  expect('publicHistory' in page ? page.publicHistory : []).toMatchObject([
    { kind: 'released' },
    { kind: 'state', state: 'expired' },
  ])
})

test('whoever grants sees exactly what will be published, value by value', async () => {
  const today = Temporal.PlainDate.from('2026-03-02')
  const secret = { name: 'Contact Nobody', email: 'nobody@example.org', phone: null }
  const id = await record({
    titles: { en: 'Sample cooperation on nothing at all', zh: '示例合作协议' },
    summaries: { en: 'A summary' },
    parties: sampleWords().parties.map((party) => ({ ...party, contact: secret })),
  })
  expect((await readForOffice(db.database, granter, id, today)).release.preview).toBeUndefined()
  await requestRelease(context, asker, step(id))
  const { release, partnerNames } = await readForOffice(db.database, granter, id, today)
  const preview = release.preview!
  const hub = await loadHub(db.database)
  const lines = releaseLines(preview, { t: translator('en'), locale: 'en', hub, partnerNames })
  const said = lines.map(({ label, value }) => `${label}: ${value}`)
  expect(said).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/: 云科合〔2026〕12号$/),
      'State: In force',
      'Title (English): Sample cooperation on nothing at all',
      'Title (Chinese): 示例合作协议',
      'Summary (English): A summary',
      expect.stringMatching(/^Party 2: Sample University B · Partner · /),
      'Effective date: February 2026',
    ]),
  )
  expect(said.join()).not.toMatch(/Contact Nobody|1200000|example\.org/)
  await grantRelease(context, granter, step(id))
  expect((await current())[0]?.content).toEqual(JSON.parse(JSON.stringify(preview)))
})
