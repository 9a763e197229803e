import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { projectRoot } from '#platform/config.ts'
import { samplePdf } from '#tests/support/sample-files.ts'

const megabyte = 1024 * 1024

interface Kept {
  readonly kind: string
  readonly sha256: string
  readonly peakKilobytes: number
}

/** Sends a form with a PDF of so many bytes, made on the way. */
async function send(port: number, bytes: number): Promise<Kept> {
  const boundary = 'memory'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  })
  request.write(head)
  const pdf = samplePdf()
  request.write(pdf)
  const chunk = Buffer.alloc(megabyte, 'x')
  for (let left = bytes - pdf.length; left > 0; left -= chunk.length) {
    if (!request.write(chunk.subarray(0, Math.min(left, chunk.length)))) await once(request, 'drain')
  }
  request.end(`\r\n--${boundary}--\r\n`)
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream]
  return JSON.parse(await text(response)) as Kept
}

async function fetchAll(port: number, sha256: string, bytes: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/${sha256}`, { headers: { 'x-size': String(bytes) } })
  let length = 0
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) length += chunk.length
  return length
}

test('files of 50 MB pass through, in and out, in flat memory', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-memory-'))
  const server = spawn(process.execPath, [join(projectRoot, 'tests/support/file-server.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    const port = Number(String(line))
    const small = await send(port, 2 * megabyte)
    expect(await fetchAll(port, small.sha256, 2 * megabyte)).toBe(2 * megabyte)
    const sizes = [50, 49, 48, 47].map((megabytes) => megabytes * megabyte)
    const kept = await Promise.all(sizes.map((bytes) => send(port, bytes)))
    expect(kept.map(({ kind }) => kind)).toEqual(['pdf', 'pdf', 'pdf', 'pdf'])
    const lengths = await Promise.all(kept.map(({ sha256 }, index) => fetchAll(port, sha256, sizes[index] ?? 0)))
    expect(lengths).toEqual(sizes)
    const last = await send(port, 3 * megabyte)
    // Four files at once are 194 MB; what a process takes more for them is buffers, and garbage not yet collected.
    expect(last.peakKilobytes - small.peakKilobytes).toBeLessThan(96 * 1024)
  } finally {
    server.kill()
    await rm(dataDir, { recursive: true, force: true })
  }
})
