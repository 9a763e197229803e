import { afterEach, expect, test } from 'vitest'
import { queueOver } from '#db/queue.ts'
import { newId } from '#platform/ids.ts'
import { type JobQueue, openQueue } from '#platform/jobs/queue.ts'
import { silentLogger, type Logger } from '#platform/log.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const open: JobQueue[] = []
const errors: unknown[] = []
const log: Logger = { ...silentLogger, error: (_, fields) => errors.push(fields) }
const queue = async () => {
  const one = await openQueue(db.database, log)
  open.push(one)
  return one
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop()
  expect(errors.splice(0)).toEqual([])
})

const now = () => Temporal.Now.instant()
const states = async () =>
  (await db.sql<{ state: string }[]>`select state::text from pgboss.job_common order by id`).map(({ state }) => state)

test('jobs are done once, by whichever process, each when its time has come', async () => {
  const [one, other] = [await queue(), await queue()]
  const ids = Array.from({ length: 30 }, newId)
  const done: string[] = []
  const later = newId()
  await one.add('reminders', [
    ...ids.map((id) => ({ id, notBefore: now() })),
    { id: later, notBefore: now().add({ hours: 1 }) },
  ])
  // Put there again, as every round does, it is the same job.
  await other.add(
    'reminders',
    ids.map((id) => ({ id, notBefore: now() })),
  )
  await one.work('reminders', (id) => Promise.resolve(void done.push(id)))
  await other.work('reminders', (id) => Promise.resolve(void done.push(id)))
  await expect.poll(() => done.length).toBe(30)
  await expect.poll(async () => (await states()).filter((state) => state === 'completed').length).toBe(30)
  expect(done.toSorted()).toEqual(ids.toSorted())
  expect((await states()).filter((state) => state === 'created')).toHaveLength(1)
})

test('one that fails waits for another attempt, and holds up no other', async () => {
  const one = await queue()
  const [bad, good] = [newId(), newId()]
  await one.add(
    'reminders',
    [bad, good].map((id) => ({ id, notBefore: now() })),
  )
  const tried: string[] = []
  await one.work('reminders', (id) => {
    tried.push(id)
    return id === bad ? Promise.reject(new Error('no')) : Promise.resolve()
  })
  await expect.poll(async () => (await states()).toSorted()).toEqual(['completed', 'retry'])
  expect(tried.toSorted()).toEqual([bad, good].toSorted())
})

test('its housekeeping runs whole transactions on one connection, and leaves it clean when they fail', async () => {
  const queueDatabase = queueOver(db.database)
  const whole = 'BEGIN; create temporary table kept (n int) on commit drop; insert into kept values (1); COMMIT;'
  await queueDatabase.executeSql(whole)
  const several = 'BEGIN; select 1 as n; select 2 as n, now() as at; COMMIT;'
  expect((await queueDatabase.executeSql(several)).rows).toEqual([{ n: 1 }, { n: 2, at: expect.any(Date) as unknown }])
  await expect(queueDatabase.executeSql('BEGIN; select 1 / 0; COMMIT;')).rejects.toThrow('division by zero')
  // A connection left in that transaction would refuse everything until it ends.
  await Promise.all(Array.from({ length: 20 }, () => db.sql`select pg_sleep(0.02)`))
  await queueDatabase.executeSql(whole)
})

test('it stops although it has taken a job, once that is done', async () => {
  const one = await queue()
  const begun = Promise.withResolvers<undefined>()
  const goOn = Promise.withResolvers<undefined>()
  const id = newId()
  await one.add('reminders', [{ id, notBefore: now() }])
  await one.work('reminders', async () => {
    begun.resolve(undefined)
    await goOn.promise
  })
  await begun.promise
  const stopped = one.stop()
  open.length = 0
  goOn.resolve(undefined)
  await stopped
  expect(await states()).toEqual(['completed'])
})
