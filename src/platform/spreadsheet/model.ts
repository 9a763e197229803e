/** Why a file is not read as a spreadsheet. */
export type SheetRefusal =
  | 'sheet_empty_file'
  | 'sheet_old_excel'
  | 'sheet_other_kind'
  | 'sheet_encrypted'
  | 'sheet_damaged'
  | 'sheet_bomb'
  | 'sheet_encoding'
  | 'sheet_not_there'
  | 'sheet_too_many_columns'
  | 'sheet_too_many_rows'
  | 'sheet_cell_too_long'
  | 'sheet_no_rows'

/** A file that cannot be read; the code is put into words by whoever asked for it. */
export class SheetError extends Error {
  readonly code: SheetRefusal
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: SheetRefusal, params: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}`, { cause })
    this.name = 'SheetError'
    this.code = code
    this.params = params
  }
}

export interface SheetInfo {
  readonly name: string
  /** Hidden in the program that wrote it. */
  readonly hidden: boolean
}

/**
 * A row with something in it. Cells are text: numbers in plain decimals, days of the spreadsheet as ISO 8601 (to the
 * month or the year where the cell's format shows no more), `yes` and `no` for truth values, an error as it is shown
 * (`#REF!`). An empty cell is an empty string; trailing ones are left out.
 */
export interface SheetRow {
  /** From 1, as the program that wrote it counts. */
  readonly number: number
  readonly cells: readonly string[]
}

/** Cells that are one in the program that wrote them; rows from 1, columns from 0, both ends within. */
export interface MergedCells {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

/** What is known of a sheet once its last row has been read. */
export interface SheetFindings {
  /** Cells whose value a formula had given when the file was saved: that value is read. */
  formulas: number
  /** Rows without anything in them. */
  emptyRows: number
  merged: MergedCells[]
}

/** An open spreadsheet. */
export interface Spreadsheet extends AsyncDisposable {
  readonly format: 'xlsx' | 'csv'
  /** Of CSV. */
  readonly encoding: TextEncoding | undefined
  /** Whether days are counted from 1904. */
  readonly date1904: boolean
  /** One without a name for CSV. */
  readonly sheets: readonly SheetInfo[]
  /**
   * The rows of a sheet, in flat memory. `findings` is filled by the way.
   * @throws SheetError also half-way
   */
  readonly rows: (sheet: string, findings: SheetFindings) => AsyncIterable<SheetRow>
}

export type TextEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** What is read of a file at most. */
export const sheetLimits = {
  columns: 500,
  rows: 500_000,
  /** Characters of a cell: what spreadsheet programs allow. */
  cell: 32_767,
  /** Characters of all words that an XLSX file keeps apart from its cells; they are in memory while it is read. */
  sharedCharacters: 64 * 1024 * 1024,
} as const

export const noFindings = (): SheetFindings => ({ formulas: 0, emptyRows: 0, merged: [] })

/** A formula that had no value when the file was saved. */
export const formulaWithoutValue = '#FORMULA!'

const errorValues =
  /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA)$/

/** Whether a cell shows an error of the spreadsheet, and not a word. */
export const isErrorValue = (cell: string): boolean => errorValues.test(cell)
