import { beforeEach, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { briefSelections, keptSelections } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { describeSelection, forgetSelection, keepSelection } from '#features/selections/commands.ts'
import { hashOf } from '#features/selections/cookie.ts'
import { findItem, showItems } from '#features/selections/items.ts'
import { emptyContents, limits, type SelectionItem, withItems, withMoved } from '#features/selections/model.ts'
import { changeOwn, readOwn, readShared, sweepSelections } from '#features/selections/own.ts'
import { keptSelectionsOf } from '#features/selections/queries.ts'
import { workOnSelection } from '#features/selections/selection-work.ts'
import { workOnShared } from '#features/selections/shared-work.ts'
import type { AppContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { putLab, putPartner, takeBack, writeVocabulary } from '../portal/published.ts'

const db = useDatabase()
let context: AppContext
let clock: ReturnType<typeof testContext>['clock']

beforeEach(async () => {
  const made = testContext(db)
  clock = made.clock
  context = { ...made, secretKey: made.config.secretKey } as unknown as AppContext
  await writeVocabulary(db.database)
})

const visitor: Actor = { kind: 'visitor' }
const item = (id: string): SelectionItem => ({ kind: 'partner', id })
const ids = async (secret: string) => (await readOwn(context, secret))?.items.map(({ id }) => id)

async function begin(...names: string[]): Promise<string> {
  const { secret } = await changeOwn(context, undefined, {}, (own) => ({
    ...own,
    items: withItems(own.items, names.map(item)),
  }))
  return secret
}

/** What a browser sends back of the cookies that it was given. */
const cookieOf = (cookies: readonly string[]) => cookies[0]?.split(';', 1)[0] ?? ''

async function send(form: Record<string, string | string[]>, cookie: string | null, actor = visitor) {
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) data.append(name, one)
  return workOnSelection(context, { cookie, form: data, actor, address: '192.0.2.1', locale: 'th' })
}

const open = (cookie: string | null) =>
  workOnSelection(context, { cookie, form: undefined, actor: visitor, address: '192.0.2.1', locale: 'th' })

test('nothing but a hash of the cookie is kept, and the selection is found by it alone', async () => {
  const secret = await begin('a', 'b')
  const [row] = await db.database.select().from(briefSelections)
  expect(row?.secretHash).toBe(hashOf(secret))
  expect(JSON.stringify(row)).not.toContain(secret)
  expect(await ids(secret)).toEqual(['a', 'b'])
  expect(await ids('0'.repeat(40))).toBeUndefined()
})

test('a form that is sent twice does its work once, and one that was overtaken is refused', async () => {
  const secret = await begin('a', 'b', 'c')
  const token = newId()
  const down = (step: { token: string; version: number }) =>
    changeOwn(context, secret, step, (own) => ({ ...own, items: withMoved(own.items, 'partner:a', 1) }))
  await Promise.all([down({ token, version: 1 }), down({ token, version: 1 })])
  expect(await ids(secret)).toEqual(['b', 'a', 'c'])
  await expect(down({ token: newId(), version: 1 })).rejects.toMatchObject({ code: 'stale_version' })
  await expect(down({ token: 'x', version: 2 })).rejects.toMatchObject({ code: 'bad_request' })
})

test('two people who add at the same moment both find what they added', async () => {
  const secret = await begin('a')
  const add = (id: string) =>
    changeOwn(context, secret, {}, (own) => ({ ...own, items: withItems(own.items, [item(id)]) }))
  await Promise.all(['b', 'c', 'd'].map(add))
  expect((await ids(secret))?.toSorted()).toEqual(['a', 'b', 'c', 'd'])
})

test('what nobody touches expires, and is swept away', async () => {
  const secret = await begin('a')
  clock.set('2026-03-02T01:00:00Z')
  await changeOwn(context, secret, {}, (own) => own)
  const shareCode = (await readOwn(context, secret))?.shareCode ?? ''
  clock.set(
    Temporal.Instant.from('2026-03-02T01:00:00Z')
      .add({ hours: 24 * limits.days + 1 })
      .toString(),
  )
  expect(await readOwn(context, secret)).toBeUndefined()
  await expect(readShared(context, shareCode)).rejects.toMatchObject({ code: 'selection_not_found' })
  await sweepSelections(context)
  expect(await db.database.select().from(briefSelections)).toEqual([])
})

test('what was withdrawn is shown as such, without its name', async () => {
  const { database } = db
  const lab = await putLab(database, { name: 'A laboratory' }, { slug: 'a-lab' })
  const partner = await putPartner(
    database,
    { names: { en: 'A university', th: 'มหาวิทยาลัย' } },
    { slug: 'a-university' },
  )
  const items = [
    await findItem(database, 'lab/a-lab'),
    await findItem(database, 'partner/a-university'),
    await findItem(database, 'country/th'),
  ]
  expect(items.map(({ id }) => id)).toEqual([lab, partner, 'TH'])
  await takeBack(database, 'partner', partner)
  const shown = await showItems(database, items, 'th')
  expect(shown.map((one) => one.shown?.name.value)).toEqual(['A laboratory', undefined, 'Thailand'])
  for (const wrong of ['partner/nobody', 'country/xx', 'agreement/none']) {
    await expect(findItem(database, wrong), wrong).rejects.toMatchObject({ code: 'not_found' })
  }
  await expect(findItem(database, 'partner/a-university')).rejects.toMatchObject({ code: 'gone' })
  for (const wrong of ['', 'user/x', 'partner/a/b']) {
    await expect(findItem(database, wrong), wrong).rejects.toMatchObject({ code: 'bad_request' })
  }
})

test('put together by forms alone: added, titled, ordered, passed on, made', async () => {
  const { database } = db
  await putPartner(database, { names: { en: 'One' } }, { slug: 'one' })
  await putPartner(database, { names: { en: 'Two' } }, { slug: 'two' })
  const added = await send({ do: 'add', item: ['partner/one', 'partner/two'], back: '/en/partners?country=TH' }, null)
  if (!('cookies' in added)) throw new Error('nothing was added')
  expect(added.seeOther).toBe(`/th/briefs/selection?done=added&back=${encodeURIComponent('/th/partners?country=TH')}`)
  const cookie = cookieOf(added.cookies)

  const page = await open(cookie)
  if (!('items' in page) || page.own === undefined) throw new Error('no selection')
  const [first] = page.own.items
  const form = {
    token: page.token,
    version: String(page.own.version),
    title: 'Kunming',
    startsOn: '',
    endsOn: '',
    first: 'th',
    second: 'zh',
  }
  const moved = await send({ ...form, do: `down:partner:${first?.id}` }, cookie)
  expect(moved).toMatchObject({ seeOther: '/th/briefs/selection' })
  const after = await open(cookie)
  expect(after).toMatchObject({ own: { title: 'Kunming', firstLanguage: 'th', secondLanguage: 'zh' } })
  if (!('items' in after) || after.own === undefined) throw new Error('no selection')
  expect(after.items.map((one) => one.shown?.name.value)).toEqual(['Two', 'One'])

  const wrong = await send({ ...form, token: after.token, version: '2', title: 'x'.repeat(5000), do: 'make' }, cookie)
  expect(wrong).toMatchObject({
    status: 422,
    problems: [{ path: 'title', code: 'too_long' }],
    typed: { title: 'x'.repeat(5000) },
  })
  const stale = await send({ ...form, token: newId(), version: '1', do: 'save' }, cookie)
  expect(stale).toMatchObject({ status: 409, failure: { code: 'stale_version' } })

  const request = { cookie: null, address: '192.0.2.2', locale: 'vi' } as const
  const shared = await workOnShared(context, { ...request, form: undefined }, after.own.shareCode)
  expect(shared).toMatchObject({ contents: { title: 'Kunming' }, ownCount: 0 })
  const copy = new FormData()
  copy.append('do', 'copy')
  const copied = await workOnShared(context, { ...request, form: copy }, after.own.shareCode)
  if (!('cookies' in copied)) throw new Error('nothing was copied')
  const theirs = cookieOf(copied.cookies)
  expect(theirs).not.toBe(cookie)
  expect(await open(theirs)).toMatchObject({ own: { title: 'Kunming' } })
  await send({ do: 'add', item: 'country/vn' }, theirs)
  expect(await open(cookie)).toMatchObject({ own: { items: { length: 2 } } })
  for (const code of ['', 'x', '0'.repeat(32)]) {
    await expect(workOnShared(context, { ...request, form: undefined }, code)).rejects.toMatchObject({
      code: 'selection_not_found',
    })
  }

  const made = await send({ ...form, token: newId(), version: '2', do: 'make' }, cookie)
  expect(made).toMatchObject({ make: { title: 'Kunming' } })
})

test('a cookie that is none of ours begins anew, and says that something was lost', async () => {
  expect(await open('yunqiao_brief=nonsense')).toMatchObject({ isLost: true, items: [] })
  expect(await open(`yunqiao_brief=${'0'.repeat(40)}`)).toMatchObject({ isLost: true })
  expect(await open(null)).toMatchObject({ isLost: false })
  const form = { token: newId(), version: '1', title: '', startsOn: '', endsOn: '', first: '', second: '', do: 'save' }
  expect(await send(form, 'yunqiao_brief=nonsense')).toMatchObject({
    failure: { code: 'selection_not_found' },
    status: 404,
  })
  await expect(send({ ...form, do: 'publish' }, null)).rejects.toMatchObject({ code: 'bad_request' })
  await expect(send({ ...form, other: 'x' }, null)).rejects.toMatchObject({ code: 'bad_request' })
})

test('only so many changes are taken from one network', async () => {
  let refused = 0
  for (let at = 0; at < 605; at++) {
    await send({ do: 'add' }, null).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'too_many_attempts' })
      refused++
    })
  }
  expect(refused).toBe(5)
})

test('staff keep a selection under a name, describe it, open it again and forget it', async () => {
  const officer = await sampleUser(testContext(db), 'officer@example.org', 'agreement_officer')
  const reader = await sampleUser(testContext(db), 'reader@example.org', 'reader')
  const contents = { ...emptyContents, items: [item('a')] }
  const keep = (actor: Actor, name = 'Thai universities', more = contents) =>
    keepSelection(context, actor, { token: newId(), name, contents: more })
  await expect(keep(visitor)).rejects.toMatchObject({ code: 'sign_in_required' })
  await expect(keep(reader)).rejects.toMatchObject({ code: 'forbidden' })
  const id = await keep(officer)
  expect(await keep(officer, 'Thai universities', { ...contents, items: [item('b')] })).toBe(id)
  await keep(officer, 'Another')
  const describe = (version: number, name: string) =>
    describeSelection(context, officer, { token: newId(), id, version, name, notes: 'For May' })
  await expect(describe(1, 'x')).rejects.toMatchObject({ code: 'stale_version' })
  await expect(describe(2, 'Another')).rejects.toMatchObject({ problems: [{ code: 'name_taken' }] })
  await describe(2, 'Universities')
  expect(await keptSelectionsOf(db.database)).toMatchObject([
    { name: 'Another' },
    { name: 'Universities', notes: 'For May', items: [{ id: 'b' }], version: 3 },
  ])
  await expect(send({ do: 'load', kept: id }, null)).rejects.toMatchObject({ code: 'forbidden' })
  const loaded = await send({ do: 'load', kept: id }, null, officer)
  if (!('cookies' in loaded)) throw new Error('nothing was opened')
  expect(await open(cookieOf(loaded.cookies))).toMatchObject({ own: { items: [{ id: 'b' }] } })
  await forgetSelection(context, officer, { id, token: newId() })
  expect(await db.database.select().from(keptSelections).where(eq(keptSelections.id, id))).toEqual([])
})
