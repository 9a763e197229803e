import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { SheetError, type SheetFindings, sheetLimits, type SheetRow, type TextEncoding } from './model.ts'

const marks: readonly (readonly [encoding: TextEncoding, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * The encoding of a text file: what its byte order mark says; else UTF-8 where all of it is UTF-8; else GB 18030 where
 * all of it is that. Both decoders refuse what does not fit, so nothing is read with characters replaced.
 * @throws SheetError `sheet_encoding` for anything else
 */
export async function findEncoding(path: string): Promise<TextEncoding> {
  const head: number[] = []
  for await (const chunk of createReadStream(path, { end: 3 })) head.push(...(chunk as Buffer))
  const marked = marks.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))
  const candidates = marked === undefined ? (['utf-8', 'gb18030'] as const) : [marked[0]]
  for (const encoding of candidates) if (await decodes(path, encoding)) return encoding
  throw new SheetError('sheet_encoding')
}

// A private-use character is what GB 18030 gives for bytes that mean nothing in it: the file is in something else.
const unlikely = /[\u0000-\u0008\uE000-\uF8FF]/

async function decodes(path: string, encoding: TextEncoding): Promise<boolean> {
  try {
    for await (const text of decoded(path, encoding)) if (unlikely.test(text)) return false
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function* decoded(path: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

const delimiters = [',', ';', '\t', '|'] as const

/** The delimiter that the first lines have most of, outside quotation marks. */
export function findDelimiter(beginning: string): string {
  const plain = beginning.replaceAll(/"(?:[^"]|"")*"/g, '')
  const counts = delimiters.map((delimiter) => plain.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** The rows of a CSV file as they come. Empty ones are counted and left out. */
export async function* readCsv(
  path: string,
  encoding: TextEncoding,
  findings: SheetFindings,
): AsyncGenerator<SheetRow> {
  let beginning = ''
  for await (const text of decoded(path, encoding)) {
    beginning += text
    if (beginning.length > 16_384) break
  }
  const parser = parse({
    bom: true,
    delimiter: findDelimiter(beginning.slice(0, 16_384)),
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: 4 * 1024 * 1024,
    skip_empty_lines: false,
  })
  const feeding = feed(parser, decoded(path, encoding))
  let [number, count] = [0, 0]
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1
      const cells = record.map((cell) => cell.trim())
      while (cells.at(-1) === '') cells.pop()
      if (cells.length === 0) {
        findings.emptyRows += 1
        continue
      }
      if (cells.length > sheetLimits.columns)
        throw new SheetError('sheet_too_many_columns', { max: sheetLimits.columns })
      if (cells.some((cell) => cell.length > sheetLimits.cell)) {
        throw new SheetError('sheet_cell_too_long', { row: number })
      }
      count += 1
      if (count > sheetLimits.rows) throw new SheetError('sheet_too_many_rows', { max: sheetLimits.rows })
      yield { number, cells }
    }
    await feeding
  } catch (error) {
    throw error instanceof SheetError ? error : new SheetError('sheet_damaged', {}, error)
  } finally {
    parser.destroy()
  }
}

async function feed(parser: ReturnType<typeof parse>, source: AsyncIterable<string>): Promise<void> {
  try {
    for await (const text of source) {
      if (parser.destroyed) return
      if (!parser.write(text)) {
        await new Promise((resolve) => {
          parser.once('drain', resolve)
          parser.once('close', resolve)
        })
      }
    }
    parser.end()
  } catch (error) {
    parser.destroy(error as Error)
  }
}
