import { inspectFile } from '#platform/uploads/inspect.ts'
import type { FileRefusal } from '#platform/uploads/file-kinds.ts'
import { findEncoding, readCsv } from './csv.ts'
import { SheetError, type SheetRefusal, type Spreadsheet } from './model.ts'
import { openPackage } from './xlsx-package.ts'
import { readSheet } from './xlsx-rows.ts'
import { readWorkbook } from './xlsx-workbook.ts'

const refusals: Readonly<Partial<Record<FileRefusal, SheetRefusal>>> = {
  empty: 'sheet_empty_file',
  zip_bomb: 'sheet_bomb',
  encrypted: 'sheet_encrypted',
  damaged: 'sheet_damaged',
}

/**
 * Opens a file as a spreadsheet, by what it holds, whatever its name says: an XLSX workbook, or text as CSV. What a
 * container unpacks to is bounded before anything of it is read.
 * @throws SheetError
 */
export async function openSpreadsheet(path: string): Promise<Spreadsheet> {
  const found = await inspectFile(path)
  if ('kind' in found) {
    if (found.kind === 'xlsx' || found.kind === 'xlsm') return openXlsx(path)
    throw new SheetError(found.kind === 'xls' ? 'sheet_old_excel' : 'sheet_other_kind')
  }
  if (found.refusal === 'unknown_kind') return openCsv(path)
  throw new SheetError(refusals[found.refusal] ?? 'sheet_other_kind')
}

async function openXlsx(path: string): Promise<Spreadsheet> {
  const pack = await openPackage(path)
  try {
    const workbook = await readWorkbook(pack)
    return {
      format: 'xlsx',
      encoding: undefined,
      date1904: workbook.date1904,
      sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })),
      async *rows(name, findings) {
        const sheet = workbook.sheets.find((one) => one.name === name)
        if (sheet === undefined) throw new SheetError('sheet_not_there', { name: name.slice(0, 40) })
        yield* readSheet(await pack.open(sheet.part), workbook, findings)
      },
      [Symbol.asyncDispose]: () => pack[Symbol.asyncDispose](),
    }
  } catch (error) {
    await pack[Symbol.asyncDispose]()
    throw error
  }
}

async function openCsv(path: string): Promise<Spreadsheet> {
  const encoding = await findEncoding(path)
  return {
    format: 'csv',
    encoding,
    date1904: false,
    sheets: [{ name: '', hidden: false }],
    rows: (_, findings) => readCsv(path, encoding, findings),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}
