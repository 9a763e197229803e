import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '#db/client.ts'
import { reminderDeliveries, reminders, users } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { type AgreementWords, unsaidOfParty } from '#features/agreements/model.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { acknowledgeFailure, markReminder, setOfficeRules, setOwnRules } from '#features/reminders/commands.ts'
import { deliver } from '#features/reminders/deliver.ts'
import { defaultRules } from '#features/reminders/model.ts'
import { listFailures, listReminders } from '#features/reminders/queries.ts'
import { newId } from '#platform/ids.ts'
import { MailError } from '#platform/mail/mailer.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
const system = { kind: 'system' } as const
type Staff = Extract<Actor, { kind: 'user' }>
let context: ReturnType<typeof testContext>
let officer: Staff
let administrator: Staff

let owner: ReturnType<typeof connect>

beforeAll(() => {
  owner = connect(db.target, { as: 'owner', max: 1 })
})
afterAll(() => owner.end())

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  administrator = await sampleUser(context, 'administrator@example.org', 'administrator')
})

const date = (text: string) => text as PartialDate
/** Its term ends on 31 May 2026; the clock stands on 2 March. */
const term = { effective: date('2024-06-01'), ends: date('2026-05-31') } as const
const party = (n: number, country: string, email: string | null) => ({
  ...unsaidOfParty,
  role: 'partner' as const,
  partnerId: null,
  names: { en: `Sample Institute ${n}` },
  country,
  contact: email === null ? null : { name: null, email, phone: null },
})
const record = (words: Partial<AgreementWords> = {}, state = 'in_force', who: Actor = officer) =>
  recordAgreement(context, who, {
    holdsNoSecrets: true,
    token: newId(),
    state,
    words: sampleWords({ reference: null, officerId: officer.id, ...term, ...words }),
  })
const run = () => beginRegisterDay(context, system, {})
const at = (instant: string) => context.clock.set(instant)
const made = async () =>
  (await db.database.select().from(reminders).orderBy(reminders.id))
    .filter(({ overtaken }) => !overtaken)
    .map(({ kind, due, days }) => [kind, due, days])
const waiting = () => db.database.select().from(reminderDeliveries).orderBy(reminderDeliveries.id)
const sendAll = async (chat?: { send(text: string): Promise<void> }) => {
  for (const { id } of await waiting()) {
    await deliver({ ...context, chat }, id).catch((error: unknown) => {
      if (!(error instanceof MailError)) throw error
    })
  }
}
const list = (who: Staff, filter = {}) =>
  listReminders(db.database, who, { mine: true, settled: false, ...filter }, 'en')

describe('making', () => {
  test('an agreement that ends soon is told of at once, then on each day, and never twice', async () => {
    await record()
    expect((await run()).reminded).toBe(1)
    expect(await made()).toEqual([['end', '2026-05-31', 90]])
    expect((await run()).reminded).toBe(0)
    at('2026-04-30T16:00:00Z')
    expect((await run()).reminded).toBe(1)
    expect(await made()).toEqual([
      ['end', '2026-05-31', 90],
      ['end', '2026-05-31', 30],
    ])
  })

  test('what is recorded during a day is told of on that day', async () => {
    await run()
    context.clock.advance({ hours: 3 })
    await record()
    expect((await run()).reminded).toBe(1)
  })

  test('several processes make each once', async () => {
    for (let n = 0; n < 20; n += 1) await record()
    const reports = await Promise.all([run(), run(), run(), run()])
    expect(reports.reduce((sum, { reminded }) => sum + reminded, 0)).toBe(20)
    expect(await waiting()).toHaveLength(20)
  })

  test('an agreement that stands in the way holds up no other, and is looked at again', async () => {
    const [broken, sound] = [await record(), await record()]
    await owner.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger refuse before insert on reminders for each row when (new.agreement_id = '${broken}') execute function refuse()`)
    expect(await run()).toMatchObject({ reminded: 1, failed: 1 })
    const about = async () => (await db.database.select().from(reminders)).map(({ agreementId }) => agreementId)
    expect(new Set(await about())).toEqual(new Set([sound]))
    await owner.unsafe('drop trigger refuse on reminders; drop function refuse')
    expect(await run()).toMatchObject({ reminded: 1, failed: 0 })
    expect(new Set(await about())).toEqual(new Set([sound, broken]))
  })

  test('approvals and signatures are told of when they have waited; nothing of a draft', async () => {
    const life = lifecycleOf(context, officer)
    const reviewer = await sampleUser(context, 'reviewer@example.org', 'reviewer')
    const id = await record({}, 'draft')
    await life.clear(id, 'negotiation')
    await life.move(id, 'negotiate')
    await run()
    expect(await made()).toEqual([])
    await life.send(id, { legal: reviewer })
    at('2026-03-05T01:00:00Z')
    await run()
    expect(await made()).toEqual([['approval', '2026-03-02', -3]])
    expect((await waiting()).map(({ userId }) => userId).sort()).toEqual([officer.id, reviewer.id].sort())
    await life.decide(id, reviewer)
    at('2026-03-12T01:00:00Z')
    await run()
    expect((await made()).at(-1)).toEqual(['signature', '2026-03-05', -7])
  })
})

describe('rules', () => {
  test('of the office, and of an agreement for itself', async () => {
    const [one, other] = [await record(), await record()]
    const rules = { ...defaultRules, end: [95] }
    await setOfficeRules(context, administrator, { token: newId(), rules })
    await setOwnRules(context, officer, {
      agreementId: other,
      token: newId(),
      version: 0,
      rules: { end: [] },
      toPartners: false,
    })
    await run()
    const rows = await db.database.select().from(reminders)
    expect(rows.map(({ agreementId, days }) => [agreementId, days])).toEqual([[one, 95]])
  })

  test('take hold on the same day for all', async () => {
    await record()
    expect((await run()).reminded).toBe(1)
    await setOfficeRules(context, administrator, { token: newId(), rules: { ...defaultRules, end: [100, 90] } })
    expect((await run()).reminded).toBe(0)
    await setOfficeRules(context, administrator, {
      token: newId(),
      rules: { ...defaultRules, end: [100, 90], lead: [0] },
    })
    await record({ leadDays: 89 })
    await setOfficeRules(context, administrator, { token: newId(), rules: { ...defaultRules, end: [89], lead: [1] } })
    expect((await run()).reminded).toBe(1)
    at('2026-03-03T01:00:00Z')
    expect((await run()).reminded).toBe(2)
  })

  test('are refused where they are none, stale, or somebody else’s', async () => {
    const id = await record()
    const rules = { ...defaultRules, end: undefined }
    await expect(setOfficeRules(context, administrator, { token: newId(), rules })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'rules.end', code: 'reminder_days' }],
    })
    const own = { agreementId: id, version: 0, rules: {}, toPartners: true }
    await setOwnRules(context, officer, { ...own, token: newId() })
    await expect(setOwnRules(context, officer, { ...own, token: newId() })).rejects.toMatchObject({
      code: 'stale_version',
    })
    const stranger = await sampleUser(context, 'stranger@example.org', 'agreement_officer')
    await expect(setOwnRules(context, stranger, { ...own, version: 1, token: newId() })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(setOfficeRules(context, officer, { token: newId(), rules: defaultRules })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('sending', () => {
  test('goes to the responsible officer in his language, from eight in the morning, with a stable Message-ID', async () => {
    await db.database.update(users).set({ locale: 'th' }).where(eq(users.id, officer.id))
    at('2026-03-01T17:00:00Z')
    await record()
    await run()
    const [delivery] = await waiting()
    expect(Temporal.Instant.from(delivery!.notBefore).toString()).toBe('2026-03-02T00:00:00Z')
    await sendAll()
    await sendAll()
    expect(context.mailer.sent).toHaveLength(1)
    const [mail] = context.mailer.sent
    expect(mail).toMatchObject({
      messageId: `<reminder-${delivery!.id}@127.0.0.1>`,
      to: { address: 'officer@example.org' },
      locale: 'th',
    })
    expect(mail?.subject).toContain('ระยะเวลาสิ้นสุดวันที่')
    expect(mail?.text).toContain('/th/office/agreements/')
    expect((await waiting())[0]).toMatchObject({ state: 'sent', attempts: 1 })
  })

  test('goes to the parties’ contacts in their language where the agreement says so, each address once', async () => {
    const named = { name: '示例联系人', address: '教授', email: 'a@example.org', phone: null }
    const parties = [
      { ...party(1, 'CN', null), contact: named },
      party(2, 'MM', 'b@example.org'),
      party(3, 'LA', 'C@example.org'),
      party(4, 'VN', 'a@example.org'),
      party(5, 'TH', null),
    ]
    const id = await record({ parties })
    await setOwnRules(context, officer, { agreementId: id, token: newId(), version: 0, rules: {}, toPartners: true })
    await record({ parties })
    await run()
    await sendAll()
    expect(context.mailer.sent.map(({ to, locale }) => [to.address, locale]).sort()).toEqual([
      ['a@example.org', 'zh'],
      ['b@example.org', 'my'],
      ['c@example.org', 'en'],
      ['officer@example.org', 'zh'],
      ['officer@example.org', 'zh'],
    ])
    const burmese = context.mailer.sent.find(({ locale }) => locale === 'my')
    expect(burmese?.text).toContain('Sample Institute 2')
    expect(burmese?.text).not.toContain('/office/')
    const chinese = context.mailer.sent.find(({ to }) => to.address === 'a@example.org')
    expect(chinese?.text).toContain('尊敬的示例联系人教授：')
    expect(chinese?.text).not.toContain('Sample Institute 1：')
  })

  test('goes to the chat, but not of a confidential agreement', async () => {
    context = { ...context, config: { ...context.config, chatWebhook: 'https://chat.example.org/robot?key=x' } }
    await record()
    await record({ visibility: 'confidential' })
    await run()
    const said: string[] = []
    await sendAll({ send: (text) => Promise.resolve(void said.push(text)) })
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('期限于2026年5月31日届满')
    expect((await waiting()).map(({ channel, state }) => [channel, state]).sort()).toEqual([
      ['chat', 'sent'],
      ['mail', 'sent'],
      ['mail', 'sent'],
    ])
  })

  test('is dropped where it has no point any more: settled, disabled, no longer theirs to see', async () => {
    const [ended, moved] = [await record(), await record()]
    await run()
    await lifecycleOf(context, officer).move(ended, 'terminate', 'Both agreed')
    await db.sql`update agreements set ends = '2030-05-31' where id = ${moved}`
    await sendAll()
    expect(context.mailer.sent).toEqual([])
    expect((await waiting()).map(({ state }) => state)).toEqual(['dropped', 'dropped'])
    const third = await record({ visibility: 'confidential' })
    await run()
    await db.sql`update agreements set officer_id = null, created_by = null where id = ${third}`
    await sendAll()
    expect(context.mailer.sent).toEqual([])
  })

  test('without anybody responsible the administrators are told', async () => {
    await db.database.update(users).set({ state: 'disabled' }).where(eq(users.id, officer.id))
    await record()
    await run()
    expect((await waiting()).map(({ userId }) => userId)).toEqual([administrator.id])
  })
})

describe('a mail server in trouble', () => {
  const down = { error: new MailError('down', { temporary: true, response: '421 busy' }) }

  test('that is down is tried for two days; then a person is told', async () => {
    await record()
    await run()
    const [delivery] = await waiting()
    for (let hours = 0; hours < 48; hours += 6) {
      context.mailer.next.push(down)
      await expect(deliver({ ...context, chat: undefined }, delivery!.id)).rejects.toThrow('down')
      context.clock.advance({ hours: 6 })
    }
    expect((await waiting())[0]).toMatchObject({ state: 'waiting', attempts: 8, problem: '421 busy' })
    expect(await listFailures(db.database, officer, 'en')).toEqual([])
    context.mailer.next.push(down)
    await deliver({ ...context, chat: undefined }, delivery!.id)
    expect((await waiting())[0]).toMatchObject({ state: 'failed', attempts: 9, problem: '421 busy' })
    const failures = await listFailures(db.database, administrator, 'en')
    expect(failures.map(({ delivery: { to } }) => to)).toEqual([officer.name])
    await acknowledgeFailure(context, administrator, { deliveryId: delivery!.id })
    expect(await listFailures(db.database, administrator, 'en')).toEqual([])
  })

  test('is not needed for giving up: what cannot be written down is told after two days as well', async () => {
    await record()
    await run()
    const [delivery] = await waiting()
    const broken = { ...context, chat: undefined, config: { ...context.config, baseUrl: 'nowhere' } }
    await expect(deliver(broken, delivery!.id)).rejects.toThrow()
    context.clock.advance({ hours: 48 })
    await deliver(broken, delivery!.id)
    expect((await waiting())[0]).toMatchObject({ state: 'failed', attempts: 2, problem: 'internal error' })
  })

  test('that refuses an address for good is believed at once', async () => {
    await record()
    await run()
    context.mailer.next.push({ error: new MailError('no', { temporary: false, response: '550 no such user' }) })
    await sendAll()
    expect((await waiting())[0]).toMatchObject({ state: 'failed', attempts: 1, problem: '550 no such user' })
  })

  test('that takes the letter and breaks gets the same letter again', async () => {
    await record()
    await run()
    context.mailer.next.push({ error: new MailError('broke', { temporary: true }), isTaken: true })
    await sendAll()
    context.clock.advance({ minutes: 5 })
    await sendAll()
    const [first, second, ...more] = context.mailer.sent
    expect(more).toEqual([])
    expect(second).toEqual(first)
    expect((await waiting())[0]).toMatchObject({ state: 'sent', attempts: 2 })
  })
})

describe('the list', () => {
  test('shows what is mine, until I am done with it; to others it stays', async () => {
    const id = await record()
    await run()
    const [entry] = (await list(officer)).entries
    expect(entry).toMatchObject({ told: { agreementId: id, kind: 'end' }, done: false })
    expect((await list(administrator)).entries).toEqual([])
    await markReminder(context, officer, { reminderId: entry!.id, done: true })
    await markReminder(context, officer, { reminderId: entry!.id, done: true })
    expect((await list(officer)).entries).toEqual([])
    expect((await list(officer, { settled: true })).entries).toMatchObject([{ done: true }])
    expect((await list(administrator, { mine: false })).entries).toMatchObject([{ done: false }])
    await markReminder(context, officer, { reminderId: entry!.id, done: false })
    expect((await list(officer)).entries).toHaveLength(1)
  })

  test('hides what one may not see, in the list, the failures and the buttons', async () => {
    await record({ visibility: 'confidential' })
    await run()
    context.mailer.next.push({ error: new MailError('no', { temporary: false }) })
    await sendAll()
    const [entry] = (await list(officer)).entries
    expect(entry).toBeDefined()
    expect((await list(administrator, { mine: false, settled: true })).entries).toEqual([])
    expect(await listFailures(db.database, administrator, 'en')).toEqual([])
    const [delivery] = await waiting()
    await expect(markReminder(context, administrator, { reminderId: entry!.id, done: true })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(acknowledgeFailure(context, administrator, { deliveryId: delivery!.id })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('comes in pages', async () => {
    for (let n = 0; n < 53; n += 1) await record()
    await run()
    const first = await list(officer)
    expect(first.entries).toHaveLength(50)
    const second = await list(officer, { after: first.next })
    expect(second).toMatchObject({ entries: [{}, {}, {}], next: undefined })
    expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(53)
  })
})
