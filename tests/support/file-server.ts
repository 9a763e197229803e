import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sendDownload } from '#platform/http/uploads.ts'
import { openStorage } from '#platform/storage/open.ts'
import { fileDownload } from '#platform/uploads/download.ts'
import { inspectFile } from '#platform/uploads/inspect.ts'
import { receiveUpload } from '#platform/uploads/receive.ts'

/**
 * A process that takes uploads, looks into them, keeps them in the folder of its first parameter and gives them back:
 * what the site does with files, without the rest of it. Each answer says how much memory the process had at most.
 */
const [, , dataDir = ''] = process.argv
const storage = await openStorage({ dataDir, bucket: undefined })

const server = createServer((request, response) => {
  const answer = async () => {
    const sha256 = request.url?.slice(1) ?? ''
    if (request.method === 'GET') {
      const file = { name: 'a', sha256, sizeBytes: Number(request.headers['x-size']), mediaType: 'application/pdf' }
      const rendered = { status: 200, headers: {}, body: Buffer.alloc(0) }
      return sendDownload(
        request,
        response,
        rendered,
        fileDownload(file, () => storage.read(sha256)),
        [],
      )
    }
    const { file } = await receiveUpload(request, { stage: storage.stage })
    if (file === undefined) throw new Error('no file came')
    const inspection = await inspectFile(file.path)
    await storage.keep(file)
    await file.discard()
    response.end(JSON.stringify({ ...inspection, sha256: file.sha256, peakKilobytes: process.resourceUsage().maxRSS }))
  }
  answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
}).listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
