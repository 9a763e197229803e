import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  agreementParties,
  agreementReviewers,
  agreementReviews,
  agreements,
  agreementShares,
  partners,
} from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { moveAgreement } from '#features/agreements/move-commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { readDesk } from '#features/agreements/office-queries.ts'
import { linesOf } from '#features/agreements/history-words.ts'
import { readForOffice } from '#features/agreements/office-record.ts'
import { readParts } from '#features/agreements/parts.ts'
import { nameReaders } from '#features/agreements/people-commands.ts'
import { readRecord } from '#features/agreements/record.ts'
import { sharedWith } from '#features/agreements/scope.ts'
import { loadHub } from '#features/hub/queries.ts'
import { linkAgreements } from '#features/links/commands.ts'
import { mentionsFor, notesOf } from '#features/notes/queries.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
type Staff = Extract<Actor, { kind: 'user' }>
let context: ReturnType<typeof testContext>
let owner: Staff
let others: Record<'administrator' | 'officer' | 'reader' | 'reviewer', Staff>

beforeEach(async () => {
  context = testContext(db)
  owner = await sampleUser(context, 'owner@example.org', 'agreement_officer')
  others = {
    administrator: await sampleUser(context, 'administrator@example.org', 'administrator'),
    officer: await sampleUser(context, 'officer@example.org', 'agreement_officer'),
    reader: await sampleUser(context, 'reader@example.org', 'reader'),
    reviewer: await sampleUser(context, 'reviewer@example.org', 'reviewer'),
  }
})

const record = (changes = {}, state = 'in_force') =>
  recordAgreement(context, owner, {
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state,
    holdsNoSecrets: true,
  })
const secret = (changes = {}) => record({ visibility: 'confidential', reference: 'SECRET-7', ...changes })
const list = (actor: Actor, query = '') =>
  listForOffice(db.database, actor, readOfficeFilters(new URLSearchParams(query)), 'en', today, 'Asia/Shanghai')
const name = (id: string, version: number, readers: readonly string[], actor: Actor = owner) =>
  nameReaders(context, actor, { id, version, token: newId(), readers })

/** Everything that somebody can find of an agreement, each by its own way. */
async function seen(actor: Actor, id: string) {
  const whole = await list(actor)
  const desk = await readDesk(db.database, actor as Staff, today, 'en')
  return {
    list: whole.entries.some((entry) => entry.id === id),
    total: whole.total,
    counts: [...whole.counts.values()].reduce((sum, n) => sum + n, 0),
    searched: (await list(actor, 'q=SECRET')).total,
    filtered: (await list(actor, 'state=in_force&kind=cooperation_agreement&year=2026&sort=title')).total,
    record: (await readRecord(db.database, actor, id)) !== undefined,
    notes: (await notesOf(db.database, actor, id)).length + (await mentionsFor(db.database, actor)).length,
    desk: Object.values(desk).flat().length,
  }
}

const nothing = { list: false, total: 0, counts: 0, searched: 0, filtered: 0, record: false, notes: 0, desk: 0 }

describe('a confidential agreement', () => {
  test.each(['administrator', 'officer', 'reader', 'reviewer'] as const)('is nowhere for an %s', async (role) => {
    const id = await secret({ ends: '2026-03-20' })
    expect(await seen(others[role], id)).toEqual(nothing)
    expect(await seen(owner, id)).toMatchObject({
      list: true,
      total: 1,
      counts: 1,
      searched: 1,
      filtered: 1,
      record: true,
    })
  })

  test('and one that does not exist answer alike', async () => {
    const id = await secret()
    for (const which of [id, newId()]) {
      await expect(readForOffice(db.database, others.officer, which, today)).rejects.toMatchObject({
        code: 'not_found',
      })
      const edit = { id: which, version: 1, token: newId(), words: sampleWords() }
      await expect(editAgreement(context, others.officer, edit)).rejects.toMatchObject({ code: 'not_found' })
      await expect(name(which, 1, [], others.officer)).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  test('is seen by who is named, and no longer when the name is taken away', async () => {
    const id = await secret()
    await name(id, 1, [others.reader.id, others.reviewer.id])
    expect(await seen(others.reader, id)).toMatchObject({ list: true, total: 1, counts: 1, searched: 1, record: true })
    expect(await seen(others.reviewer, id)).toMatchObject({ list: true, total: 1, record: true })
    expect(await seen(others.officer, id)).toEqual(nothing)
    await name(id, 2, [others.reviewer.id])
    expect(await seen(others.reader, id)).toEqual(nothing)
  })

  test('leaves the counts of others when it becomes confidential', async () => {
    const id = await record()
    expect((await list(others.reader)).counts.get('in_force')).toBe(1)
    context.clock.advance({ minutes: 1 })
    const words = sampleWords({ reference: null, visibility: 'confidential', officerId: owner.id })
    await editAgreement(context, owner, { id, version: 1, token: newId(), words })
    expect((await list(others.reader)).counts.get('in_force')).toBeUndefined()
  })
})

describe('links to a confidential agreement', () => {
  const link = (agreementId: string, otherId: string) =>
    linkAgreements(context, owner, { agreementId, otherId, kind: 'follows', token: newId() })
  const hide = (id: string) =>
    db.database.update(agreements).set({ visibility: 'confidential' }).where(eq(agreements.id, id))
  /** What the page says: of the links in the history, and how many links its navigation counts. */
  const told = async (actor: Actor, id: string) => {
    const { history, partnerNames } = await readForOffice(db.database, actor, id, today)
    const view = { t: translator('en'), locale: 'en' as const, hub: await loadHub(db.database), partnerNames }
    const words = history
      .filter(({ action }) => action.startsWith('link.'))
      .flatMap(({ changes }) => linesOf(changes, view).map(({ after }) => after))
    return { words, links: (await readParts(db.database, actor, id, today)).links, all: JSON.stringify(history) }
  }

  test('are not counted, and their history names it to those alone who may see it', async () => {
    const [open, hidden] = [await record(), await secret({ titles: { en: 'Secret title' } })]
    await link(open, hidden)
    expect(await told(owner, open)).toMatchObject({ words: ['Follows SECRET-7'], links: 1 })
    for (const actor of Object.values(others).filter(({ roles }) => !roles.includes('reviewer'))) {
      const { words, links, all } = await told(actor, open)
      expect(words).toEqual(['Follows an agreement that you may not see'])
      expect(links).toBe(0)
      expect(all).not.toMatch(/SECRET|Secret/)
    }
    await name(hidden, 1, [others.reader.id])
    expect(await told(others.reader, open)).toMatchObject({ words: ['Follows SECRET-7'], links: 1 })
  })

  test('stop naming it when it becomes confidential, from the other side as well', async () => {
    const [open, later] = [await record(), await record({ titles: { en: 'Open for now' } })]
    await link(later, open)
    expect(await told(others.reader, open)).toMatchObject({ words: ['Followed by Open for now'], links: 1 })
    await hide(later)
    expect(await told(others.reader, open)).toMatchObject({
      words: ['Followed by an agreement that you may not see'],
      links: 0,
    })
  })

  test('hide a name that the trail keeps from before', async () => {
    const id = await record()
    await db.database.transaction((tx) =>
      recordAudit(tx, owner, {
        action: 'link.add',
        subject: { kind: 'agreement', id },
        at: context.clock.now(),
        changes: [{ field: 'link.earlier', before: null, after: { kind: 'replaces', name: 'SECRET-7' } }],
      }),
    )
    const { words, all } = await told(others.reader, id)
    expect(words).toEqual(['Replaces an agreement that you may not see'])
    expect(all).not.toContain('SECRET-7')
  })
})

test('readers who do not exist are refused, and naming is told in the history', async () => {
  const id = await secret()
  await expect(name(id, 1, ['nobody'])).rejects.toMatchObject({ problems: [{ path: 'readers' }] })
  await expect(name(id, 1, [newId()])).rejects.toMatchObject({ problems: [{ path: 'readers' }] })
  await name(id, 1, [others.reader.id])
  await expect(name(id, 1, [])).rejects.toMatchObject({ code: 'stale_version' })
  const { history } = await readForOffice(db.database, owner, id, today)
  expect(history[0]).toMatchObject({ action: 'agreement.name_readers', who: 'owner' })
})

test('a reviewer sees what is or was assigned, and nothing else', async () => {
  const [assigned] = [await record(), await record()]
  expect((await list(others.reviewer)).total).toBe(0)
  const reviewId = newId()
  const at = context.clock.now().toString()
  await db.database.insert(agreementReviews).values({
    id: reviewId,
    agreementId: assigned,
    round: 1,
    contentHash: '',
    mode: 'parallel',
    startedAt: at,
    outcome: 'approved',
    endedAt: at,
  })
  await db.database
    .insert(agreementReviewers)
    .values({ reviewId, position: 0, aspect: 'legal', userId: others.reviewer.id })
  const { entries, counts } = await list(others.reviewer)
  expect(entries.map(({ id }) => id)).toEqual([assigned])
  expect([...counts.values()]).toEqual([1])
  expect((await list(others.reader)).total).toBe(2)
})

test('an officer changes their own, an administrator everybody’s, nobody else any', async () => {
  const id = await record({}, 'draft')
  const edit = (actor: Actor, version: number, title: string) =>
    editAgreement(context, actor, {
      id,
      version,
      token: newId(),
      words: sampleWords({ reference: null, titles: { en: title } }),
    })
  await expect(edit(others.officer, 1, 'Mine now')).rejects.toMatchObject({ code: 'forbidden' })
  const step = { id, version: 1, token: newId(), transition: 'withdraw', note: 'a reason' }
  await expect(moveAgreement(context, others.officer, step)).rejects.toMatchObject({ code: 'forbidden' })
  await edit(others.administrator, 1, 'Put right')
  await edit(owner, 2, 'Once more')
  expect((await readRecord(db.database, owner, id))?.words.titles.en).toBe('Once more')
})

test('a partner’s account would see what is shared with the partner and what it is party to', async () => {
  const partnerId = newId()
  await db.database.insert(partners).values({
    id: partnerId,
    slug: 'sample',
    state: 'published',
    kind: 'university',
    side: 'abroad',
    standing: 'listed',
    country: 'TH',
    sourceLocale: 'en',
  })
  const id = await record()
  const visible = () => db.database.select({ id: agreements.id }).from(agreements).where(sharedWith(partnerId))
  await db.database
    .insert(agreementShares)
    .values({ agreementId: id, partnerId, sharedAt: context.clock.now().toString() })
  expect(await visible()).toEqual([])
  await db.database
    .update(agreementParties)
    .set({ partnerId, names: null })
    .where(and(eq(agreementParties.agreementId, id), eq(agreementParties.position, 1)))
  expect(await visible()).toEqual([{ id }])
  await db.database.update(agreements).set({ visibility: 'confidential' })
  expect(await visible()).toEqual([])
})
