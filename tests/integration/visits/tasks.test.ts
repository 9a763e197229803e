import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { dueKinds, readCalendarFilters } from '#features/calendar/model.ts'
import { countDue, readAgenda, readMonth } from '#features/calendar/queries.ts'
import { archiveVisit, recordVisit, restoreVisit } from '#features/visits/commands.ts'
import { finishTask, saveTask } from '#features/visits/part-commands.ts'
import { listTasks, readDeskTasks } from '#features/visits/task-queries.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { writeVocabulary } from '../portal/published.ts'

type Staff = Extract<Actor, { kind: 'user' }>

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-05-10')
let context: ReturnType<typeof testContext>
let officer: Staff
let colleague: Staff
let reader: Staff
let reviewer: Staff
let visitId: string

beforeEach(async () => {
  context = testContext(db)
  await writeVocabulary(db.database)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  colleague = await sampleUser(context, 'colleague@example.org', 'agreement_officer')
  reader = await sampleUser(context, 'reader@example.org', 'reader')
  reviewer = await sampleUser(context, 'reviewer@example.org', 'reviewer')
  visitId = await visit(officer.id)
})

function visit(officerId: string): Promise<string> {
  const values = {
    'title.th': 'คณะผู้แทน',
    startsOn: '2026-05-04',
    endsOn: '2026-05-06',
    first: 'th',
    officer: officerId,
  }
  return recordVisit(context, officer, { token: newId(), typed: { values, keep: [] }, selections: [] })
}

function task(what: string, dueOn = '', officerId = ''): Promise<string> {
  const typed = { values: { what, dueOn, officer: officerId }, keep: [] }
  return saveTask(context, officer, { visitId, id: undefined, version: 0, token: newId(), typed })
}

const desk = async (actor: Staff) => {
  const { mine, overdue } = await readDeskTasks(db.database, { actor, today, locale: 'th' })
  return { mine: mine.lines.map(({ what }) => what), overdue: overdue.lines.map(({ what }) => what), total: mine.total }
}

test('the desk has one’s own open tasks, the most urgent first, and what others should have done', async () => {
  await task('some day')
  await task('late', '2026-05-09')
  await task('today', '2026-05-10', officer.id)
  await task('late of a colleague', '2026-05-01', colleague.id)
  await task('in time of a colleague', '2026-05-11', colleague.id)
  const done = await task('done', '2026-05-02')
  await finishTask(context, officer, { visitId, id: done, token: newId() })
  expect(await desk(officer)).toEqual({
    mine: ['late', 'today', 'some day'],
    overdue: ['late of a colleague'],
    total: 3,
  })
  expect(await desk(colleague)).toMatchObject({
    mine: ['late of a colleague', 'in time of a colleague'],
    overdue: ['late'],
  })
  expect(await desk(reader)).toMatchObject({ mine: [], overdue: ['late of a colleague', 'late'] })
  expect(await desk(reviewer)).toMatchObject({ mine: [], overdue: [] })
  const { mine } = await readDeskTasks(db.database, { actor: officer, today, locale: 'th' })
  expect(mine.lines[0]).toMatchObject({
    ...{ visitId, visit: { value: 'คณะผู้แทน' }, dueOn: '2026-05-09', isOverdue: true, officer: 'officer' },
  })
})

test('a visit that was put out of the list owes nothing until it is back', async () => {
  await task('late', '2026-05-09')
  await archiveVisit(context, officer, { id: visitId, token: newId() })
  expect(await desk(officer)).toMatchObject({ mine: [] })
  expect(await agenda(officer, 'what=task&show=overdue')).toEqual([])
  await restoreVisit(context, officer, { id: visitId, token: newId() })
  expect(await desk(officer)).toMatchObject({ mine: ['late'] })
})

test('all tasks stand in lists with pages; whoever may not read visits has none', async () => {
  await task('mine', '2026-05-09')
  await task('not mine', '2026-05-09', colleague.id)
  const list = (actor: Staff, query: string) =>
    listTasks(db.database, { actor, today, locale: 'th' }, new URLSearchParams(query))
  expect(await list(officer, '')).toMatchObject({ show: 'mine', total: 1, page: 1, pages: 1 })
  expect(await list(reader, '')).toMatchObject({ total: 0, lines: [] })
  expect(await list(reader, 'show=overdue')).toMatchObject({ total: 2 })
  expect(await list(reader, 'show=open')).toMatchObject({ total: 2 })
  await expect(list(reviewer, '')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(list(officer, 'show=x')).rejects.toMatchObject({ code: 'bad_request' })
  await expect(list(officer, 'page=0')).rejects.toMatchObject({ code: 'bad_request' })
  await expect(list(officer, 'page=2')).rejects.toMatchObject({ code: 'not_found' })
})

const asked = (actor: Staff, query: string) => ({
  ...{ actor, today, locale: 'th' as const },
  filters: readCalendarFilters(new URLSearchParams(query), today),
})

async function agenda(actor: Staff, query: string) {
  const { items } = await readAgenda(db.database, asked(actor, query))
  return items.map(({ kind, day, state, overdue, task: own }) =>
    [kind, day.toString(), own?.what, state, ...(overdue ? ['overdue'] : [])].join(' '),
  )
}

test('the calendar shows them on their days to whoever reads visits', async () => {
  await task('late', '2026-05-09')
  await task('of a colleague', '2026-05-12', colleague.id)
  await task('some day')
  const done = await task('done', '2026-05-08')
  await finishTask(context, officer, { visitId, id: done, token: newId() })
  const days = 'days=2026-05-01/2026-05-31'
  const all = [
    'task 2026-05-08 done met',
    'task 2026-05-09 late scheduled overdue',
    'task 2026-05-12 of a colleague scheduled',
  ]
  expect(await agenda(reader, days)).toEqual(all)
  expect(await agenda(officer, `${days}&what=task`)).toEqual(all)
  expect(await agenda(officer, `${days}&what=task&officer=${colleague.id}`)).toEqual(all.slice(2))
  expect(await agenda(officer, `${days}&what=task&officer=${officer.id}`)).toEqual(all.slice(0, 2))
  expect(await agenda(officer, 'show=overdue')).toEqual(all.slice(1, 2))
  expect(await agenda(reviewer, days)).toEqual([])
  expect(await agenda(reviewer, `${days}&what=task`)).toEqual([])
  // Reports count agreements alone, and lead to what they counted.
  expect(await agenda(officer, `${days}&confidential=no`)).toEqual([])
  expect(await agenda(officer, `${days}&confidential=no&what=task`)).toEqual([])
  const filters = readCalendarFilters(new URLSearchParams(days), today)
  expect(await countDue(db.database, { actor: reader, filters, today }, filters.days)).toBe(3)
  const weeks = await readMonth(db.database, asked(reader, 'month=2026-05'))
  expect(weeks.flat().filter(({ total }) => total > 0)).toHaveLength(3)
  const { items } = await readAgenda(db.database, asked(reader, days))
  expect(items[0]).toMatchObject({ agreementId: undefined, task: { visitId, visit: { value: 'คณะผู้แทน' } } })
})

test.each(dueKinds)('the calendar can be narrowed to %s alone', async (kind) => {
  await task('one', '2026-05-12')
  expect(await agenda(officer, `what=${kind}`)).toHaveLength(kind === 'task' ? 1 : 0)
})
