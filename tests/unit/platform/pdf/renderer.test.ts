import { afterEach, describe, expect, test } from 'vitest'
import { createRenderer, type Renderer, type RendererOptions } from '#platform/pdf/pool/renderer.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { documentOf, fullDocument } from './models.ts'

const started: Renderer[] = []

function renderer(options: RendererOptions = {}): Renderer {
  const one = createRenderer({ threads: 1, ...options })
  started.push(one)
  return one
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.close()))
})

const unprintable = documentOf('en', [{ type: 'paragraph', style: 'body', runs: [{ text: '😀' }] }])

describe('worker threads', { timeout: 60_000 }, () => {
  test('give the bytes that this thread gives', async () => {
    const bytes = await renderer().render(fullDocument('my'))
    expect(Buffer.from(bytes).equals(Buffer.from(await renderInThread(fullDocument('my'))))).toBe(true)
  })

  test('answer each caller with its own document', async () => {
    const pool = renderer({ threads: 2 })
    const models = (['zh', 'en', 'th', 'vi', 'my', 'zh', 'en'] as const).map(fullDocument)
    const files = await Promise.all(models.map(pool.render))
    const expected = await Promise.all(models.map(renderInThread))
    expect(files.map((file) => file.length)).toEqual(expected.map((file) => file.length))
  })

  test('carry a domain error over, and go on', async () => {
    const pool = renderer()
    await expect(pool.render(unprintable)).rejects.toMatchObject({
      code: 'unprintable',
      params: { characters: '😀 (U+1F600)' },
    })
    expect((await pool.render(documentOf('en', []))).length).toBeGreaterThan(1000)
  })

  test('refuse more than the queue holds', async () => {
    const pool = renderer({ queueLength: 2 })
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => pool.render(documentOf('en', []))))
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    for (const result of refused) expect(result).toMatchObject({ reason: { code: 'busy' } })
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
  })

  test('give up a document that takes too long, and start again', async () => {
    const slow = renderer({ timeoutMs: 1 })
    await expect(slow.render(fullDocument('zh'))).rejects.toMatchObject({ code: 'busy' })
  })

  test('survive a document that needs too much memory', async () => {
    const pool = renderer({ heapMb: 24 })
    // Not a table: of those a thread has a few rows at a time.
    const huge = documentOf('en', [
      { type: 'list', items: Array.from({ length: 400_000 }, () => [{ text: 'x '.repeat(20) }]) },
    ])
    await expect(pool.render(huge)).rejects.toMatchObject({ code: 'busy' })
  })

  test('are ended at once when abandoned: what is under way and what waits fails', async () => {
    const pool = renderer()
    const asked = [pool.render(fullDocument('th')), pool.render(fullDocument('vi'))]
    const settled = Promise.allSettled(asked)
    await pool.abandon()
    const busy = { status: 'rejected', reason: { code: 'busy' } }
    expect(await settled).toMatchObject([busy, busy])
    await expect(pool.render(fullDocument('en'))).rejects.toMatchObject({ code: 'busy' })
  })

  test('finish what is under way when closed, and take no more', async () => {
    const pool = renderer()
    const under = [pool.render(fullDocument('th')), pool.render(fullDocument('vi'))]
    await pool.close()
    expect((await Promise.all(under)).every((file) => file.length > 1000)).toBe(true)
    await expect(pool.render(fullDocument('en'))).rejects.toMatchObject({ code: 'busy' })
  })
})
