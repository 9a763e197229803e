import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examine } from '#platform/uploads/examine.ts'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve()
    yield bytes.subarray(at, at + size)
  }
}

const pattern = '/verify/[0-9A-Z]{4}'

test('hash, beginnings and what is looked for are the same however the file is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('/verify/ABCD', '%%EOF', '\n', '\r\n', 'x'.repeat(300), '%%', '/verify/')),
      fc.integer({ min: 1, max: 2000 }),
      async (parts, size) => {
        const bytes = Buffer.from(`%PDF-1.7\n${parts.join('')}`)
        const seen = await examine(inPieces(bytes, size), [pattern])
        const words = bytes.toString('latin1')
        const ends = [...words.matchAll(/%%EOF/g)].flatMap(({ index }) => {
          const end = index + 5
          const line = /^\r?\n/.exec(words.slice(end, end + 2))?.[0].length ?? 0
          return line === 0 ? [end] : [end, end + line]
        })
        const beginnings = [...new Set(ends)].slice(0, 20).map((end) => sha256(bytes.subarray(0, end)))
        expect(seen).toEqual({
          sha256: sha256(bytes),
          sizeBytes: bytes.length,
          isPdf: true,
          found: words.includes('/verify/ABCD') ? ['/verify/ABCD'] : [],
          beginnings,
        })
      },
    ),
    { numRuns: 300 },
  )
})

test('a file that is empty or something else is no PDF', async () => {
  expect(await examine(inPieces(Buffer.alloc(0), 1), [])).toMatchObject({
    sizeBytes: 0,
    isPdf: false,
    sha256: sha256(''),
  })
  expect(await examine(inPieces(Buffer.from('PK\x03\x04'), 2), [pattern])).toMatchObject({ isPdf: false })
  expect(await examine(inPieces(Buffer.from('\u{feff}\n%PDF-1.4'), 3), [])).toMatchObject({ isPdf: true })
})

test('what would fill the memory is left out', async () => {
  const many = Array.from({ length: 500 }, (_, at) => `/verify/${String(at).padStart(4, '0')} %%EOF\n`).join('')
  const seen = await examine(inPieces(Buffer.from(many), 64 * 1024), [pattern])
  expect(seen.found).toHaveLength(100)
  expect(seen.beginnings.length).toBeLessThanOrEqual(20)
})
