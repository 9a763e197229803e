import { expect, it, vi } from 'vitest'
import { nextOfficeMidnight } from '#platform/clock.ts'
import { createPageCache, type Loaded } from '#platform/http/cache/page-cache.ts'
import { testClock } from '#tests/support/clock.ts'

const zone = 'Asia/Shanghai'

function makeCache({ maxBytes = 8_000, start = '2026-03-02T01:00:00Z' } = {}) {
  const clock = testClock(start)
  const cache = createPageCache<string, string>({
    maxBytes,
    nowMs: () => clock.now().epochMilliseconds,
    nextMidnightMs: () => nextOfficeMidnight(clock, zone).epochMilliseconds,
  })
  return { clock, cache }
}

type Result = Loaded<string, string>

const page = (value: string, tags: string[] = [], bytes = 100): Result => ({
  kind: 'cached',
  entry: { value, bytes, tags: new Set(tags) },
})

/** A load that ends when the test says so. */
function slowLoad() {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  return { load: vi.fn(() => promise), resolve, reject }
}

it('keeps what was loaded, and counts', async () => {
  const { cache } = makeCache()
  expect(cache.get('/en')).toBeUndefined()
  await cache.load('/en', () => Promise.resolve(page('one')))
  expect(cache.get('/en')).toBe('one')
  expect(cache.counts()).toEqual({ entries: 1, bytes: 100, hits: 1, misses: 1, dropped: 0 })
})

it('loads once for all who wait, and again afterwards only when nothing was kept', async () => {
  const { cache } = makeCache()
  const slow = slowLoad()
  const waiting = [1, 2, 3].map(() => cache.load('/en', slow.load))
  slow.resolve({ kind: 'other', other: 'not for keeping' })
  expect(await Promise.all(waiting)).toEqual(Array(3).fill({ kind: 'other', other: 'not for keeping' }))
  expect(slow.load).toHaveBeenCalledTimes(1)
  expect(cache.get('/en')).toBeUndefined()
  await cache.load('/en', slow.load)
  expect(slow.load).toHaveBeenCalledTimes(2)
})

it('tells all who wait of a failure, and keeps none', async () => {
  const { cache } = makeCache()
  const slow = slowLoad()
  const waiting = [cache.load('/en', slow.load), cache.load('/en', slow.load)]
  slow.reject(new Error('no database'))
  for (const result of await Promise.allSettled(waiting)) expect(result.status).toBe('rejected')
  await cache.load('/en', () => Promise.resolve(page('one')))
  expect(cache.get('/en')).toBe('one')
})

it('drops by tag what has it, and nothing else', async () => {
  const { cache } = makeCache()
  await cache.load('/a', () => Promise.resolve(page('a', ['partner', 'hub'])))
  await cache.load('/b', () => Promise.resolve(page('b', ['lab', 'hub'])))
  await cache.load('/c', () => Promise.resolve(page('c', ['agreement'])))
  cache.drop(['partner', 'agreement', 'unheard'])
  expect([cache.get('/a'), cache.get('/b'), cache.get('/c')]).toEqual([undefined, 'b', undefined])
  expect(cache.counts().bytes).toBe(100)
  cache.drop(['hub'])
  expect(cache.get('/b')).toBeUndefined()
  expect(cache.counts()).toMatchObject({ entries: 0, bytes: 0 })
})

it('does not keep a load that a drop of one of its tags has overtaken', async () => {
  const { cache } = makeCache()
  const slow = slowLoad()
  const first = cache.load('/a', slow.load)
  await Promise.resolve()
  cache.drop(['partner'])
  slow.resolve(page('old', ['hub', 'partner']))
  expect(await first).toMatchObject({ entry: { value: 'old' } })
  expect(cache.get('/a')).toBeUndefined()
})

it('keeps a load that was overtaken by drops of other tags only', async () => {
  const { cache } = makeCache()
  const slow = slowLoad()
  const first = cache.load('/a', slow.load)
  await Promise.resolve()
  cache.drop(['lab'])
  slow.resolve(page('still true', ['partner']))
  await first
  expect(cache.get('/a')).toBe('still true')
})

it('lets nobody who comes after a drop wait for a load that began before it', async () => {
  const { cache } = makeCache()
  const before = slowLoad()
  const after = slowLoad()
  const early = cache.load('/a', before.load)
  await Promise.resolve()
  cache.drop(['partner'])
  const late = cache.load('/a', after.load)
  after.resolve(page('new', ['partner']))
  expect(await late).toMatchObject({ entry: { value: 'new' } })
  before.resolve(page('old', ['partner']))
  await early
  expect(cache.get('/a')).toBe('new')
})

it('keeps nothing while it is suspended, nor what was begun before or meanwhile', async () => {
  const { cache } = makeCache()
  await cache.load('/a', () => Promise.resolve(page('a')))
  const begunBefore = slowLoad()
  const first = cache.load('/b', begunBefore.load)
  await Promise.resolve()
  cache.suspend()
  expect(cache.get('/a')).toBeUndefined()
  await cache.load('/a', () => Promise.resolve(page('a')))
  expect(cache.get('/a')).toBeUndefined()
  const begunMeanwhile = slowLoad()
  const second = cache.load('/c', begunMeanwhile.load)
  await Promise.resolve()
  cache.resume()
  begunBefore.resolve(page('b'))
  begunMeanwhile.resolve(page('c'))
  await Promise.all([first, second])
  expect([cache.get('/b'), cache.get('/c')]).toEqual([undefined, undefined])
  await cache.load('/a', () => Promise.resolve(page('a again')))
  expect(cache.get('/a')).toBe('a again')
})

it('forgets everything at the midnight of the office, not at that of Greenwich', async () => {
  const { cache, clock } = makeCache({ start: '2026-03-02T15:59:00Z' })
  await cache.load('/a', () => Promise.resolve(page('a')))
  clock.set('2026-03-02T15:59:59.999Z')
  expect(cache.get('/a')).toBe('a')
  clock.set('2026-03-02T16:00:00Z')
  expect(cache.get('/a')).toBeUndefined()
  await cache.load('/a', () => Promise.resolve(page('of the next day')))
  clock.set('2026-03-03T00:00:00Z')
  expect(cache.get('/a')).toBe('of the next day')
  clock.set('2026-03-03T16:00:00Z')
  expect(cache.get('/a')).toBeUndefined()
})

it('does not keep a load that began before midnight and ended after it', async () => {
  const { cache, clock } = makeCache({ start: '2026-03-02T15:59:00Z' })
  const slow = slowLoad()
  const loading = cache.load('/a', slow.load)
  clock.set('2026-03-02T16:00:01Z')
  slow.resolve(page('yesterday'))
  await loading
  expect(cache.get('/a')).toBeUndefined()
})

it('never holds more than it may, and lets go of what nobody looked at first', async () => {
  const { cache } = makeCache({ maxBytes: 1_000 })
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
    await cache.load(key, () => Promise.resolve(page(key, ['t'], 120)))
    expect(cache.get('a')).toBe('a')
    expect(cache.counts().bytes).toBeLessThanOrEqual(1_000)
  }
  for (let round = 0; round < 50; round += 1) {
    await cache.load(`x${round}`, () => Promise.resolve(page('x', ['t'], 100)))
    expect(cache.get('a')).toBe('a')
    expect(cache.counts().bytes).toBeLessThanOrEqual(1_000)
  }
  expect(cache.get('b')).toBeUndefined()
  cache.drop(['t'])
  expect(cache.counts()).toMatchObject({ entries: 0, bytes: 0 })
})

it('makes room even when everything was looked at', async () => {
  const { cache } = makeCache({ maxBytes: 1_000 })
  for (let index = 0; index < 30; index += 1) {
    await cache.load(`${index}`, () => Promise.resolve(page('p', [], 125)))
    expect(cache.get(`${index}`)).toBe('p')
  }
  expect(cache.counts()).toMatchObject({ entries: 8, bytes: 1_000 })
})

it('does not let one page push out the others', async () => {
  const { cache } = makeCache({ maxBytes: 1_000 })
  await cache.load('small', () => Promise.resolve(page('small')))
  const loaded = await cache.load('large', () => Promise.resolve(page('large', [], 126)))
  expect(loaded).toMatchObject({ entry: { value: 'large' } })
  expect(cache.get('large')).toBeUndefined()
  expect(cache.get('small')).toBe('small')
})
