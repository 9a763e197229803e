import { text } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import ICAL from 'ical.js'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { agreements, auditChanges, auditEvents, calendarFeeds, users } from '#db/schema/index.ts'
import { chooseLocale } from '#features/accounts/commands.ts'
import { type Actor, type Role } from '#features/accounts/model.ts'
import { windowMinutes } from '#features/accounts/throttle.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { calendarChanged, writeCalendar, writeYear } from '#features/workdays/steps.ts'
import { chooseHolding, makeFeed, revokeFeed } from '#features/feeds/commands.ts'
import { hashOfToken, readsAllowed } from '#features/feeds/model.ts'
import { openFeed } from '#features/feeds/open.ts'
import { feedOf } from '#features/feeds/queries.ts'
import { addMilestone } from '#features/milestones/commands.ts'
import { settleOccurrence } from '#features/milestones/outcome-commands.ts'
import type { MilestoneWords } from '#features/milestones/model.ts'
import { fillWithSample } from '#features/sample/commands.ts'
import { DomainError } from '#platform/errors.ts'
import { locales } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
type Staff = Extract<Actor, { kind: 'user' }>
let context: ReturnType<typeof testContext>
let officer: Staff

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

const date = (day: string) => day as PartialDate
let entered = 0
const enter = (words: Partial<AgreementWords>, by: Staff = officer, state = 'in_force') =>
  recordAgreement(context, by, {
    holdsNoSecrets: true,
    token: newId(),
    state,
    words: sampleWords({
      reference: `${(entered += 1)}`,
      signed: date('2026-01-15'),
      effective: date('2026-01-20'),
      ends: date('2026-12-31'),
      notice: { amount: 3, unit: 'months' },
      leadDays: 30,
      ...words,
    }),
  })
const make = async (actor: Staff = officer, holds = 'own') =>
  (await makeFeed(context, actor, { token: newId(), holds, locale: 'en' })) ?? ''

async function read(token: string): Promise<string> {
  const feed = await openFeed(context, token)
  if (feed === undefined) throw new Error('there is no such feed')
  return text(await feed.open())
}

async function eventsIn(token: string) {
  const calendar = new ICAL.Component(ICAL.parse(await read(token)) as unknown[])
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    return {
      uid: event.uid,
      kind: String(component.getFirstPropertyValue('categories')),
      day: event.startDate.toString(),
      wholeDay: event.startDate.isDate,
      summary: event.summary,
      description: event.description,
      sequence: event.sequence,
      url: String(component.getFirstPropertyValue('url')),
      class: String(component.getFirstPropertyValue('class')),
      stamp: String(component.getFirstPropertyValue('dtstamp')),
    }
  })
}
const daysIn = async (token: string) => (await eventsIn(token)).map(({ kind, day }) => `${kind} ${day}`).sort()

const milestone = (words: Partial<MilestoneWords>): MilestoneWords => ({
  kind: 'milestone',
  title: 'Interim report',
  partyPosition: null,
  firstDue: Temporal.PlainDate.from('2026-06-30'),
  rule: null,
  money: null,
  ...words,
})

describe('what a feed holds', () => {
  it('is every deadline of the term and whatever is scheduled, each a whole day with its reasons', async () => {
    const id = await enter({})
    const payment = milestone({
      kind: 'payment',
      title: 'First instalment',
      partyPosition: 1,
      rule: 'FREQ=MONTHLY;INTERVAL=6;COUNT=2',
      money: { amount: '5000.5', currency: 'CNY' },
    })
    const paid = await addMilestone(context, officer, { agreementId: id, token: newId(), words: payment })
    const token = await make()
    const events = await eventsIn(token)
    expect(events.map(({ kind, day }) => `${kind} ${day}`)).toEqual([
      // 31 August 2026 is a Monday: 30 days before the last day for notice, which is 30 September.
      'LEAD 2026-08-31',
      'NOTICE 2026-09-30',
      'END 2026-12-31',
      'PAYMENT 2026-06-30',
      'PAYMENT 2026-12-30',
    ])
    expect(events.every(({ wholeDay }) => wholeDay)).toBe(true)
    expect(events.map(({ uid }) => uid)).toEqual([
      `${id}-lead`,
      `${id}-notice`,
      `${id}-end`,
      `${paid}-2026-06-30`,
      `${paid}-2026-12-30`,
    ])
    expect(events[1]).toMatchObject({
      summary: 'Last day for notice: Sample cooperation on nothing at all',
      url: `${context.config.baseUrl}/en/office/agreements/${id}`,
      class: 'PRIVATE',
    })
    expect(events[1]?.description.split('\n')).toEqual([
      'Agreed end: 31 December 2026',
      'Notice 3 months before that: 30 September 2026',
      '',
      'Agreement: Sample cooperation on nothing at all',
      `Reference number: ${entered}`,
      'Parties: Sample University A and Sample University B',
      events[1]?.url,
    ])
    expect(events[3]?.description.split('\n').slice(0, 2)).toEqual([
      'Owed by: Sample University B',
      'Amount: CNY\u00a05,000.50',
    ])
    expect(events[3]?.url).toBe(`${context.config.baseUrl}/en/office/agreements/${id}/milestones/${paid}`)
  })

  it('goes by the calendar of working days, and says that a day off moved it', async () => {
    await enter({ ends: date('2026-10-31'), notice: null, leadDays: 28 })
    const token = await make()
    const before = (await eventsIn(token)).find(({ kind }) => kind === 'LEAD')
    expect(before?.day).toBe('2026-10-02')
    const days = ['2026-10-01', '2026-10-02', '2026-10-03'].map((day) => ({
      day: Temporal.PlainDate.from(day),
      kind: 'off' as const,
      names: { en: 'Sample Day' },
    }))
    context.clock.advance({ hours: 1 })
    await db.database.transaction(async (tx) => {
      const at = context.clock.now()
      await writeCalendar(tx, { country: 'CN', weekend: [6, 7] }, at)
      await writeYear(tx, 'CN', { year: 2026, notice: 'A sample', sources: [], days })
      await calendarChanged(tx, 'CN', at)
    })
    const after = (await eventsIn(token)).find(({ kind }) => kind === 'LEAD')
    expect(after).toMatchObject({ uid: before?.uid, day: '2026-09-30', stamp: '2026-03-02T02:00:00Z' })
    expect(after!.sequence).toBeGreaterThan(before!.sequence)
    expect(after?.description).toContain('(Sample Day)')
  })

  it('is nothing that was settled, ended or never signed', async () => {
    const id = await enter({ openEnded: true, ends: null, notice: null, leadDays: null })
    await enter({}, officer, 'draft')
    const words = milestone({})
    const milestoneId = await addMilestone(context, officer, { agreementId: id, token: newId(), words })
    const token = await make()
    expect(await daysIn(token)).toEqual(['MILESTONE 2026-06-30'])
    const outcome = { state: 'not_met', metOn: null, paid: null, note: 'Given up', documentId: null } as const
    const due = Temporal.PlainDate.from('2026-06-30')
    await settleOccurrence(context, officer, { id: milestoneId, due, version: 1, token: newId(), outcome })
    expect(await daysIn(token)).toEqual([])
    const ended = await enter({})
    await db.database.update(agreements).set({ state: 'terminated' }).where(eq(agreements.id, ended))
    expect(await daysIn(token)).toEqual([])
  })

  it('stays the same to the byte while nothing changes, and tells a change by sequence and stamp', async () => {
    await enter({})
    const token = await make()
    const first = await read(token)
    context.clock.advance({ minutes: 20 })
    expect(await read(token)).toBe(first)
    await db.database.update(agreements).set({ version: 2, ends: '2026-11-30' })
    const [lead] = await eventsIn(token)
    expect(lead).toMatchObject({ day: '2026-07-31', sequence: 2 })
  })

  it.each(locales)('speaks %s where its owner works in it', async (locale) => {
    await enter({})
    await chooseLocale(context, officer, locale)
    const token = await make()
    const whole = await read(token)
    expect(whole).not.toMatch(/\{\{|feeds:|undefined/)
    for (const line of whole.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    const words = {
      zh: '通知截止日',
      en: 'Last day for notice',
      th: 'วันสุดท้ายที่แจ้งล่วงหน้าได้',
      vi: 'Hạn thông báo',
      my: 'အကြောင်းကြားရန် နောက်ဆုံးရက်',
    }
    const notice = (await eventsIn(token)).find(({ kind }) => kind === 'NOTICE')
    expect(notice?.summary).toContain(words[locale])
    expect(notice?.url).toContain(`/${locale}/office/`)
  })
})

describe('who sees what', () => {
  const person = (name: string, ...roles: Role[]) => sampleUser(context, `${name}@example.org`, ...roles)

  it('what one is responsible for or recorded, or all that one may see: never what is confidential to others', async () => {
    const other = await person('other', 'agreement_officer')
    const mine = await enter({ officerId: other.id, titles: { en: 'Recorded by me' } })
    const given = await enter({ officerId: officer.id, titles: { en: 'Given to me' } }, other)
    const theirs = await enter({ officerId: other.id, titles: { en: 'Theirs' } }, other)
    const secret = await enter({ officerId: other.id, visibility: 'confidential', titles: { en: 'Secret' } }, other)
    const idsIn = async (token: string) => {
      const ends = (await eventsIn(token)).filter(({ kind }) => kind === 'END')
      return new Set(ends.map(({ uid }) => uid.slice(0, -'-end'.length)))
    }
    const token = await make()
    expect(await idsIn(token)).toEqual(new Set([mine, given]))
    await chooseHolding(context, officer, { token: newId(), holds: 'all' })
    expect(await idsIn(token)).toEqual(new Set([mine, given, theirs]))
    const ofOther = await make(other, 'all')
    expect(await idsIn(ofOther)).toEqual(new Set([mine, given, theirs, secret]))
    const named = (await eventsIn(ofOther)).filter(({ uid }) => uid.startsWith(secret))
    expect(named.every((event) => event.class === 'CONFIDENTIAL')).toBe(true)
    // A reviewer sees what is assigned, which is nothing.
    expect(await idsIn(await make(await person('reviewer', 'reviewer'), 'all'))).toEqual(new Set())
    expect(await idsIn(await make(await person('reader', 'reader'), 'all'))).toEqual(new Set([mine, given, theirs]))
    await expect(make(await person('translator', 'translator'))).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('follows the account: who is deactivated, or may read agreements no more, has a feed no more', async () => {
    await enter({})
    const token = await make()
    await db.database.update(users).set({ state: 'disabled' }).where(eq(users.id, officer.id))
    expect(await openFeed(context, token)).toBeUndefined()
    await db.database.update(users).set({ state: 'active' }).where(eq(users.id, officer.id))
    expect(await daysIn(token)).toHaveLength(3)
  })
})

describe('an address', () => {
  it('is shown once and kept as a hash, also in the history', async () => {
    const form = { token: newId(), holds: 'own', locale: 'en' } as const
    const token = (await makeFeed(context, officer, form)) ?? ''
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(await makeFeed(context, officer, form)).toBeUndefined()
    expect(await daysIn(token)).toEqual([])
    const [row] = await db.database.select().from(calendarFeeds)
    expect(row).toMatchObject({ userId: officer.id, tokenHash: hashOfToken(token) })
    const kept = JSON.stringify([
      row,
      await db.database
        .select()
        .from(auditEvents)
        .then((rows) => rows.map(({ action }) => action)),
      await db.database.select().from(auditChanges),
    ])
    expect(kept).toContain('feed.make')
    expect(kept).not.toContain(token)
  })

  it('ends with a new one, and when it is revoked', async () => {
    const first = await make()
    const second = await make()
    expect(await openFeed(context, first)).toBeUndefined()
    expect(await openFeed(context, second)).toBeDefined()
    await revokeFeed(context, officer, { token: newId() })
    expect(await openFeed(context, second)).toBeUndefined()
    expect(await feedOf(db.database, officer.id)).toBeUndefined()
    await revokeFeed(context, officer, { token: newId() })
    const actions = (await db.database.select().from(auditEvents)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('feed.')).toSorted()).toEqual([
      'feed.make',
      'feed.renew',
      'feed.revoke',
    ])
  })

  it('of two made at the same moment one is in effect', async () => {
    const made = await Promise.all([make(), make(), make()])
    const open = await Promise.all(made.map((token) => openFeed(context, token)))
    expect(open.filter((feed) => feed !== undefined)).toHaveLength(1)
  })

  it('that is wrong leads nowhere, whatever it looks like', async () => {
    await make()
    for (const wrong of ['', 'x', 'A'.repeat(43), '\u0000', "' or true --", 'က'.repeat(1000)]) {
      expect(await openFeed(context, wrong)).toBeUndefined()
    }
  })

  it('may be read so often, and then again', async () => {
    const token = await make()
    for (let n = 0; n < readsAllowed; n += 1) await openFeed(context, token)
    await expect(openFeed(context, token)).rejects.toMatchObject({ code: 'too_many_attempts' })
    context.clock.advance({ minutes: windowMinutes + 1 })
    expect(await openFeed(context, token)).toBeDefined()
  })

  it('says when it was read, to the hour', async () => {
    const token = await make()
    expect(await feedOf(db.database, officer.id)).toMatchObject({ holds: 'own', lastReadAt: undefined })
    const readAt = async () => {
      await openFeed(context, token)
      return (await feedOf(db.database, officer.id))?.lastReadAt?.toString()
    }
    expect(await readAt()).toBe('2026-03-02T01:00:00Z')
    context.clock.advance({ minutes: 30 })
    expect(await readAt()).toBe('2026-03-02T01:00:00Z')
    context.clock.advance({ minutes: 31 })
    expect(await readAt()).toBe('2026-03-02T02:01:00Z')
  })
})

test('a feed of thousands of entries is sent as it is read, piece by piece', async () => {
  await fillWithSample(context, { kind: 'command_line' }, { agreements: 800, seed: 7 })
  const reader = await sampleUser(context, 'reader@example.org', 'reader')
  const feed = await openFeed(context, await make(reader, 'all'))
  const pieces = (await (await feed!.open()).toArray()) as Buffer[]
  const whole = Buffer.concat(pieces).toString()
  const calendar = new ICAL.Component(ICAL.parse(whole) as unknown[])
  const uids = calendar.getAllSubcomponents('vevent').map((event) => String(event.getFirstPropertyValue('uid')))
  expect(uids.length).toBeGreaterThan(1000)
  expect(new Set(uids).size).toBe(uids.length)
  expect(pieces.length).toBeGreaterThan(5)
  for (const piece of pieces) expect(piece.length).toBeLessThan(512 * 1024)
  for (const line of whole.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
})

test('what nobody offers is no choice', async () => {
  await expect(makeFeed(context, officer, { token: newId(), holds: 'theirs', locale: 'en' })).rejects.toSatisfy(
    (error) => error instanceof DomainError && error.problems[0]?.path === 'holds',
  )
  await expect(chooseHolding(context, officer, { token: newId(), holds: 'all' })).rejects.toMatchObject({
    code: 'not_found',
  })
  const system = { kind: 'system' } as const
  await expect(revokeFeed(context, system, { token: newId() })).rejects.toMatchObject({ code: 'forbidden' })
})
