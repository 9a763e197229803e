import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { auditEvents, visits } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { keepSelection } from '#features/selections/commands.ts'
import { emptyContents } from '#features/selections/model.ts'
import { archiveVisit, changeVisit, recordVisit, restoreVisit } from '#features/visits/commands.ts'
import {
  finishTask,
  removePerson,
  reopenTask,
  saveEntry,
  savePerson,
  saveTask,
} from '#features/visits/part-commands.ts'
import { historyOf, listVisits, requireVisit } from '#features/visits/queries.ts'
import { visitTyped } from '#features/visits/typed.ts'
import { workOnVisitForm } from '#features/visits/visit-work.ts'
import type { AppContext } from '#platform/context.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { putPartner, takeBack, writeVocabulary } from '../portal/published.ts'

type Staff = Extract<Actor, { kind: 'user' }>

const db = useDatabase()
let context: AppContext
let officer: Staff
let reader: Staff
let reviewer: Staff
let host: string
let guest: string

beforeEach(async () => {
  const made = testContext(db)
  context = { ...made, secretKey: made.config.secretKey } as unknown as AppContext
  await writeVocabulary(db.database)
  officer = await sampleUser(made, 'officer@example.org', 'agreement_officer')
  reader = await sampleUser(made, 'reader@example.org', 'reader')
  reviewer = await sampleUser(made, 'reviewer@example.org', 'reviewer')
  host = await putPartner(db.database, { names: { zh: '云南大学' }, country: 'CN', side: 'yunnan' }, { slug: 'host' })
  guest = await putPartner(db.database, { names: { th: 'มหาวิทยาลัยเชียงใหม่' } }, { slug: 'guest' })
})

const values = (more: Record<string, string> = {}) => ({
  'title.th': 'คณะผู้แทนมหาวิทยาลัยเชียงใหม่',
  startsOn: '2026-05-04',
  endsOn: '2026-05-06',
  first: 'th',
  second: 'zh',
  'host.0': host,
  'guest.0': guest,
  officer: officer.id,
  notes: 'Only for us',
  ...more,
})
const form = (more: Record<string, string> = {}) => ({ values: values(more), keep: [] })

const record = (more: Record<string, string> = {}, selections: string[] = [], token = newId()) =>
  recordVisit(context, officer, { token, typed: form(more), selections })

const person = (more: Record<string, string> = {}) => ({
  values: { side: 'guest', rank: '1', 'name.th': 'สมชาย ใจดี', 'name.zh': '颂猜', partner: guest, ...more },
  keep: [],
})

test('a visit is recorded once, however often its form is sent, with all that it says', async () => {
  const token = newId()
  const [one, two] = await Promise.all([record({}, [], token), record({}, [], token)])
  expect(one).toBe(two)
  const visit = await requireVisit(db.database, reader, one)
  expect(visit).toMatchObject({ version: 1, hostIds: [host], guestIds: [guest], notes: 'Only for us', people: [] })
  const list = await listVisits(db.database, reader, new URLSearchParams(), 'th')
  expect(list.entries).toMatchObject([{ title: { value: 'คณะผู้แทนมหาวิทยาลัยเชียงใหม่' }, officer: 'officer' }])
})

test('only those who read visits see them, and only those who record them change them', async () => {
  const id = await record()
  for (const nobody of [reviewer, { kind: 'visitor' } as const]) {
    await expect(requireVisit(db.database, nobody, id)).rejects.toMatchObject({ code: /forbidden|sign_in_required/ })
    await expect(listVisits(db.database, nobody, new URLSearchParams(), 'en')).rejects.toThrow()
    await expect(historyOf(db.database, nobody, id)).rejects.toThrow()
  }
  const change = { id, token: newId(), version: 1, typed: form(), selections: [] }
  await expect(changeVisit(context, reader, change)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(
    savePerson(context, reader, { visitId: id, id: undefined, version: 0, token: newId(), typed: person() }),
  ).rejects.toMatchObject({ code: 'forbidden' })
  for (const wrong of [newId(), 'x', '']) {
    await expect(requireVisit(db.database, officer, wrong)).rejects.toMatchObject({ code: 'not_found' })
  }
})

test('who saves second sees both states, and loses nothing', async () => {
  const id = await record()
  const visit = await requireVisit(db.database, officer, id)
  const theirs = { ...form(), values: { ...visitTyped(visit).values, 'title.th': 'ชื่อใหม่' } }
  await changeVisit(context, officer, { id, token: newId(), version: 1, typed: theirs, selections: [] })
  const data = new FormData()
  for (const [name, value] of Object.entries({ ...visitTyped(visit).values, 'title.zh': '清迈大学代表团' }))
    data.append(name, value)
  for (const [name, value] of Object.entries({ do: 'save', token: newId(), version: '1' })) data.append(name, value)
  const work = await workOnVisitForm(context, { actor: officer, form: data, resumed: false }, id)
  expect(work).toMatchObject({
    notice: 'stale',
    status: 409,
    version: 2,
    typed: { values: { 'title.zh': '清迈大学代表团' } },
    theirs: expect.arrayContaining([{ field: 'title.th', value: 'ชื่อใหม่' }]) as unknown,
  })
  data.set('version', '2')
  data.set('token', newId())
  expect(await workOnVisitForm(context, { actor: officer, form: data, resumed: false }, id)).toEqual({ saved: id })
  expect(await requireVisit(db.database, officer, id)).toMatchObject({ titles: { zh: '清迈大学代表团' }, version: 3 })
})

test('people, programme and tasks, each with its trail', async () => {
  const id = await record()
  const part = { visitId: id, id: undefined, version: 0 }
  const first = await savePerson(context, officer, { ...part, token: newId(), typed: person({ rank: '2' }) })
  await savePerson(context, officer, { ...part, token: newId(), typed: person({ rank: '1', 'name.th': 'มาลี' }) })
  await savePerson(context, officer, { ...part, token: newId(), typed: person({ side: 'host', 'name.zh': '王芳' }) })
  await saveEntry(context, officer, {
    ...part,
    token: newId(),
    typed: { values: { day: '2026-05-05', startsAt: '09:30', 'what.th': 'ประชุม' }, keep: [] },
  })
  const task = await saveTask(context, officer, {
    ...part,
    token: newId(),
    typed: { values: { what: 'Minutes' }, keep: [] },
  })
  let visit = await requireVisit(db.database, reader, id)
  expect(visit.people.map(({ names }) => names['th'] ?? names['zh'])).toEqual(['สมชาย ใจดี', 'มาลี', 'สมชาย ใจดี'])
  expect(visit.people.map(({ side }) => side)).toEqual(['host', 'guest', 'guest'])
  expect(visit.entries).toMatchObject([{ startsAt: '09:30' }])

  const again = { visitId: id, id: first, version: 1, token: newId(), typed: person({ rank: '3' }) }
  await savePerson(context, officer, again)
  await expect(savePerson(context, officer, { ...again, token: newId() })).rejects.toMatchObject({
    code: 'stale_version',
  })
  await removePerson(context, officer, { visitId: id, id: first, token: newId() })
  await finishTask(context, officer, { visitId: id, id: task, token: newId() })
  await finishTask(context, officer, { visitId: id, id: task, token: newId() })
  visit = await requireVisit(db.database, reader, id)
  expect(visit.people).toHaveLength(2)
  expect(visit.tasks).toMatchObject([{ what: 'Minutes', doneBy: officer.id }])
  await reopenTask(context, officer, { visitId: id, id: task, token: newId() })
  const history = await historyOf(db.database, reader, id)
  expect(history.map(({ action }) => action.replace('visit.', '')).toReversed()).toEqual([
    'record',
    ...['save_person', 'save_person', 'save_person', 'save_entry', 'save_task', 'save_person', 'remove_person'],
    ...['finish_task', 'reopen_task'],
  ])
  expect(history.every(({ who }) => who === 'officer')).toBe(true)

  const other = await record()
  await expect(
    removePerson(context, officer, { visitId: other, id: visit.people[0]?.id ?? '', token: newId() }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('a partner who was withdrawn stays on the visit until somebody takes it off', async () => {
  const id = await record()
  await takeBack(db.database, 'partner', guest)
  await changeVisit(context, officer, { id, token: newId(), version: 1, typed: form({ notes: 'x' }), selections: [] })
  await expect(record()).rejects.toMatchObject({ problems: [{ path: 'guest.0', code: 'unknown_choice' }] })
})

test('kept selections are attached; an archived visit is not changed', async () => {
  const contents = { ...emptyContents, items: [{ kind: 'partner', id: guest }] as const }
  const kept = await keepSelection(context, officer, { token: newId(), name: 'Thai universities', contents })
  const id = await record({}, [kept])
  expect(await requireVisit(db.database, officer, id)).toMatchObject({ selectionIds: [kept] })
  await archiveVisit(context, officer, { id, token: newId() })
  await archiveVisit(context, officer, { id, token: newId() })
  const change = { id, version: 2, typed: form(), selections: [] }
  await expect(changeVisit(context, officer, { ...change, token: newId() })).rejects.toMatchObject({
    code: 'visit_archived',
  })
  const archived = await listVisits(db.database, officer, new URLSearchParams('archived=yes'), 'en')
  expect(archived.entries).toHaveLength(1)
  await restoreVisit(context, officer, { id, token: newId() })
  await changeVisit(context, officer, { ...change, version: 3, token: newId() })
  expect(await db.database.select({ id: visits.id }).from(visits)).toHaveLength(1)
  const events = await db.database.select().from(auditEvents).where(eq(auditEvents.subjectId, id))
  expect(events.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['visit.record', 'visit.archive', 'visit.restore', 'visit.change']),
  )
})
