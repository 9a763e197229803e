import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createDeflateRaw, crc32 } from 'node:zlib'
import { importFile } from '#features/agreement-imports/file-commands.ts'
import { openContext } from '#platform/context.ts'
import { headerRow, sheetParts, sheetRow } from './import-sheet.ts'

/** Imports a spreadsheet of so many rows into an empty register, and tells how long it took and what memory it had. */
const count = Number(process.argv[2])
const context = await openContext()
const path = join(context.config.dataDir, 'bench.xlsx')
await writeSheet(path)
let [early, peak] = [0, 0]
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 50)
const start = performance.now()
const report = await importFile(
  context,
  { kind: 'command_line' },
  {
    ...{ path, fileName: 'bench.xlsx', mapping: {}, dryRun: false, locale: 'en' },
    onProgress: (stage, done) => {
      if (stage === 'commit' && done >= count / 10 && early === 0) early = peak
    },
    onRead: () => undefined,
    onProblem: (row, heading, { code }) => process.stderr.write(`${row} ${heading} ${code}\n`),
  },
)
const seconds = (performance.now() - start) / 1000
clearInterval(watch)
process.stdout.write(JSON.stringify({ seconds, added: report.added, early, peak }))
await rm(path)
await context.close()

/** Writes the workbook as it is made, so that the measuring process holds none of it. */
async function writeSheet(file: string): Promise<void> {
  const out = createWriteStream(file)
  let offset = 0
  const directory: Buffer[] = []
  const write = (part: Buffer) => {
    offset += part.length
    return new Promise((resolve) => (out.write(part) ? resolve(undefined) : out.once('drain', resolve)))
  }
  for (const [name, body] of sheetParts) {
    const at = offset
    const packed: Buffer[] = []
    let [sum, size] = [0, 0]
    const source = Readable.from(
      (function* () {
        for (const piece of body === undefined ? rows() : [body]) {
          const bytes = Buffer.from(piece)
          sum = crc32(bytes, sum)
          size += bytes.length
          yield bytes
        }
      })(),
    )
    await pipeline(source, createDeflateRaw(), async (stream: AsyncIterable<Buffer>) => {
      for await (const chunk of stream) packed.push(chunk)
    })
    const data = Buffer.concat(packed)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(sum, 14)
    local.writeUInt32LE(data.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(name.length, 26)
    await write(local)
    await write(Buffer.from(name))
    await write(data)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    local.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(at, 42)
    directory.push(Buffer.concat([entry, Buffer.from(name)]))
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  await write(Buffer.concat(directory))
  await write(end)
  await new Promise((resolve) => out.end(resolve))
}

function* rows(): Generator<string> {
  yield headerRow
  for (let n = 0; n < count; n += 1) yield sheetRow(n)
  yield '</sheetData></worksheet>'
}
