import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStorage } from '#platform/storage/open.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { type FakeBucket, fakeBucketName, startFakeBucket } from '#tests/support/fake-s3.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inChunks = (bytes: Buffer) => [bytes.subarray(0, 7), bytes.subarray(7)]
const source = (...chunks: Uint8Array[]) => Readable.from(chunks)
const brokenSource = () =>
  Readable.from(
    (function* broken() {
      yield Buffer.from('half of it')
      throw new Error('cut')
    })(),
  )

/** One place to keep files in, as a test sees it. */
interface Harness {
  readonly storage: Storage
  /** Spoils a kept file behind the storage's back. */
  spoil(sha256: string): Promise<void>
  readonly close: () => Promise<void>
}

const harnesses: Readonly<Record<string, (dataDir: string) => Promise<Harness>>> = {
  async folder(dataDir) {
    return {
      storage: await openStorage({ dataDir, bucket: undefined }),
      async spoil(sha256) {
        const path = join(dataDir, 'files/sha256', sha256.slice(0, 2), sha256)
        await chmod(path, 0o600)
        await writeFile(path, 'something else altogether')
      },
      close: () => Promise.resolve(),
    }
  },
  async bucket(dataDir) {
    const fake: FakeBucket = await startFakeBucket()
    const bucket = {
      bucket: fakeBucketName,
      endpoint: fake.endpoint,
      region: 'us-east-1',
      accessKey: 'key',
      secretKey: 'secret',
    }
    return {
      storage: await openStorage({ dataDir, bucket }),
      spoil(sha256) {
        const [key] = [...fake.objects.keys()].filter((name) => name.endsWith(sha256))
        fake.objects.set(key ?? '', { body: Buffer.from('something else altogether'), at: new Date() })
        return Promise.resolve()
      },
      close: fake.close,
    }
  },
}

describe.each(Object.keys(harnesses))('files kept in a %s', (name) => {
  let dataDir: string
  let harness: Harness
  let storage: Storage
  const incoming = () => readdir(join(dataDir, 'files/incoming'))
  const keep = async (bytes: Buffer) => {
    const staged = await storage.stage(source(...inChunks(bytes)))
    await storage.keep(staged)
    await staged.discard()
    return staged
  }
  const listed = async () => (await Array.fromAsync(storage.list())).map((kept) => kept.sha256).sort()

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-storage-'))
    harness = await harnesses[name]!(dataDir)
    storage = harness.storage
  })
  afterEach(async () => {
    await harness.close()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('come back byte for byte under their SHA-256', async () => {
    const bytes = randomBytes(300_000)
    const { sha256, sizeBytes } = await keep(bytes)
    expect(sha256).toBe(hashOf(bytes))
    expect(sizeBytes).toBe(bytes.length)
    expect(await storage.has(sha256)).toBe(true)
    expect(await buffer(await storage.read(sha256))).toEqual(bytes)
    expect(await incoming()).toEqual([])
  })

  test('are not there before they are kept, and not after they were discarded', async () => {
    const staged = await storage.stage(source(Buffer.from('a draft')))
    expect(await storage.has(staged.sha256)).toBe(false)
    expect(await listed()).toEqual([])
    await staged.discard()
    await staged.discard()
    expect(await incoming()).toEqual([])
    await expect(storage.read(staged.sha256)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('leave nothing behind when their source breaks off', async () => {
    await expect(storage.stage(brokenSource())).rejects.toThrow('cut')
    expect(await incoming()).toEqual([])
    expect(await listed()).toEqual([])
  })

  test('are kept once, however often and by however many', async () => {
    const bytes = Buffer.from('the same words')
    const kept = await Promise.all([keep(bytes), keep(bytes), keep(bytes)])
    await keep(bytes)
    expect(await listed()).toEqual([kept[0].sha256])
    expect(await buffer(await storage.read(kept[0].sha256))).toEqual(bytes)
  })

  test('are never written over', async () => {
    const bytes = Buffer.from('as it was signed')
    const { sha256 } = await keep(bytes)
    await harness.spoil(sha256)
    await keep(bytes)
    await expect(storage.read(sha256).then(buffer)).rejects.toThrow(/damaged/)
  })

  test('may be empty, and one of a single chunk is whole', async () => {
    const empty = await storage.stage(source())
    await storage.keep(empty)
    expect(empty.sizeBytes).toBe(0)
    expect(await buffer(await storage.read(empty.sha256))).toEqual(Buffer.alloc(0))
    const { sha256 } = await keep(Buffer.from('x'))
    expect(String(await buffer(await storage.read(sha256)))).toBe('x')
  })

  test('a damaged one breaks off before its end', async () => {
    const { sha256 } = await keep(randomBytes(200_000))
    await harness.spoil(sha256)
    const received: Buffer[] = []
    await expect(async () => {
      for await (const chunk of await storage.read(sha256)) received.push(chunk as Buffer)
    }).rejects.toThrow(/damaged/)
    expect(String(Buffer.concat(received))).not.toBe('something else altogether')
  })

  test('are listed with the time at which they were kept, beyond one page, and can be removed', async () => {
    const kept = [
      await keep(Buffer.from('1')),
      await keep(Buffer.from('2')),
      await keep(Buffer.from('3')),
      await keep(Buffer.from('4')),
    ]
    const hashes = kept.map(({ sha256 }) => sha256).sort()
    const all = await Array.fromAsync(storage.list())
    expect(all.map(({ sha256 }) => sha256).sort()).toEqual(hashes)
    for (const { keptAt } of all) {
      expect(Math.abs(keptAt.epochMilliseconds - Date.now())).toBeLessThan(3_600_000)
    }
    await storage.remove(hashes[0]!)
    await storage.remove(hashes[0]!)
    expect(await listed()).toEqual(hashes.slice(1))
    expect(await storage.has(hashes[0]!)).toBe(false)
  })

  test('what a killed upload left is swept, what is on its way stays', async () => {
    const old = await storage.stage(source(Buffer.from('left behind')))
    const fresh = await storage.stage(source(Buffer.from('on its way')))
    await utimes(old.path, 1000, 1000)
    await storage.sweepStaged(Temporal.Instant.fromEpochMilliseconds(2_000_000))
    expect(await incoming()).toEqual([fresh.path.split('/').at(-1)])
  })

  test('a name that is no hash reaches nothing', async () => {
    for (const bad of ['', '../../secret-key', 'A'.repeat(64), 'a'.repeat(63)]) {
      await expect(async () => storage.read(bad)).rejects.toThrow(TypeError)
      await expect(async () => storage.remove(bad)).rejects.toThrow(TypeError)
    }
  })
})
