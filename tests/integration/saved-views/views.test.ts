import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { deleteView, renameView, saveView } from '#features/saved-views/commands.ts'
import { limits } from '#features/saved-views/model.ts'
import { viewsOf } from '#features/saved-views/queries.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let person: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  person = await sampleUser(context, 'person@example.org', 'reader')
})

const save = (name: string, query = 'state=draft', token = newId()) => saveView(context, person, { token, name, query })
const views = async (who = person) => (await viewsOf(db.database, who.id)).map(({ name, query }) => [name, query])

test('a list is kept under a name, once, however often the form is sent', async () => {
  const token = newId()
  const [first, second] = await Promise.all([
    save('Drafts', 'state=draft', token),
    save('Drafts', 'state=draft', token),
  ])
  expect(first).toBe(second)
  expect(await views()).toEqual([['Drafts', 'state=draft']])
})

test('the same name takes the place of the one before', async () => {
  const id = await save('Mine')
  expect(await save('Mine', 'sort=ends')).toBe(id)
  expect(await views()).toEqual([['Mine', 'sort=ends']])
})

test('renamed and deleted, by their owner alone', async () => {
  const id = await save('Mine')
  const other = await sampleUser(context, 'other@example.org', 'administrator')
  expect(await views(other)).toEqual([])
  for (const token of [newId()]) {
    await expect(renameView(context, other, { token, id, name: 'Yours' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(deleteView(context, other, { token, id })).rejects.toMatchObject({ code: 'not_found' })
  }
  await renameView(context, person, { token: newId(), id, name: 'Still mine' })
  expect(await views()).toEqual([['Still mine', 'state=draft']])
  const token = newId()
  await deleteView(context, person, { token, id })
  await deleteView(context, person, { token, id })
  expect(await views()).toEqual([])
})

test('a name that is missing, too long or taken is told', async () => {
  await save('One')
  const id = await save('Two')
  await expect(save(' ')).rejects.toMatchObject({ problems: [{ path: 'name', code: 'required' }] })
  await expect(save('x'.repeat(limits.name + 1))).rejects.toMatchObject({ problems: [{ code: 'too_long' }] })
  await expect(renameView(context, person, { token: newId(), id, name: 'One' })).rejects.toMatchObject({
    problems: [{ code: 'taken' }],
  })
  expect(await views()).toEqual([
    ['One', 'state=draft'],
    ['Two', 'state=draft'],
  ])
})

test('who may not read agreements saves nothing', async () => {
  const translator = await sampleUser(context, 'translator@example.org', 'translator')
  const view = { token: newId(), name: 'x', query: '' }
  await expect(saveView(context, translator, view)).rejects.toMatchObject({ code: 'forbidden' })
})
