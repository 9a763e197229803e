import { describe, expect, it } from 'vitest'
import { noFindings, SheetError, type SheetRow } from '#platform/spreadsheet/model.ts'
import { openSpreadsheet } from '#platform/spreadsheet/open.ts'
import { csvOf, sampleFile, type SampleWorkbook, xlsxOf } from '#tests/support/sample-sheets.ts'

async function read(name: string, content: string | Uint8Array, sheet?: string) {
  await using book = await openSpreadsheet(sampleFile(name, content))
  const findings = noFindings()
  const rows: SheetRow[] = []
  for await (const row of book.rows(sheet ?? book.sheets[0]?.name ?? '', findings)) rows.push(row)
  return { book, findings, rows }
}

const code = async (name: string, content: string | Uint8Array, sheet?: string) => {
  try {
    await read(name, content, sheet)
    return undefined
  } catch (error) {
    return error instanceof SheetError ? error.code : error
  }
}

const workbook = (rows: string, more: Partial<SampleWorkbook> = {}, merged: readonly string[] = []) =>
  xlsxOf({ sheets: [{ name: 'Register', rows, merged }], ...more })

describe('an XLSX workbook', () => {
  it('gives words, numbers, days, truth values and errors as text', async () => {
    const cells = [
      '<c t="s"><v>0</v></c>',
      '<c t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r></is></c>',
      '<c><v>0.30000000000000004</v></c>',
      '<c><v>1.2E+15</v></c>',
      '<c s="1"><v>46143</v></c>',
      '<c s="2"><v>46143.5</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="e"><v>#REF!</v></c>',
      '<c t="str"><f>A1</f><v>from a formula</v></c>',
      '<c><f>B1</f></c>',
    ]
    const content = workbook(`<row r="3">${cells.join('')}</row>`, {
      shared: ['甲方 & 乙方'],
      formats: ['yyyy/m/d', 'yyyy"年"m"月"'],
    })
    const { rows, findings } = await read('a.xlsx', content)
    const expected = ['甲方 & 乙方', 'rich text', '0.3', '1200000000000000', '2026-05-01', '2026-05', 'yes', '#REF!']
    expect(rows).toEqual([{ number: 3, cells: [...expected, 'from a formula', '#FORMULA!'] }])
    expect(findings.formulas).toBe(2)
  })

  it('counts days from 1904 where it says so', async () => {
    const row = '<row r="1"><c s="1"><v>44681</v></c></row>'
    const { rows, book } = await read('a.xlsx', workbook(row, { date1904: true, formats: ['dd/mm/yyyy'] }))
    expect([book.date1904, rows[0]?.cells]).toEqual([true, ['2026-05-01']])
  })

  it('keeps cells in their columns, counts empty rows and tells of merged cells', async () => {
    const empty = Array.from({ length: 5000 }, (_, n) => `<row r="${n + 2}"><c r="A${n + 2}" s="0"/></row>`).join('')
    const content = workbook(`<row r="1"><c r="C1"><v>3</v></c></row>${empty}`, {}, ['A1:B2'])
    const { rows, findings } = await read('a.xlsx', content)
    expect(rows).toEqual([{ number: 1, cells: ['', '', '3'] }])
    expect(findings.emptyRows).toBe(5000)
    expect(findings.merged).toEqual([{ firstRow: 1, lastRow: 2, firstColumn: 0, lastColumn: 1 }])
  })

  it('names its sheets and which are hidden', async () => {
    const sheets = [
      { name: '说明', hidden: true, rows: '' },
      { name: 'A "quoted" & other', rows: '<row><c><v>1</v></c></row>' },
    ]
    const { book, rows } = await read('a.xlsx', xlsxOf({ sheets }), 'A "quoted" & other')
    expect(book.sheets.map(({ hidden }) => hidden)).toEqual([true, false])
    expect(rows[0]?.cells).toEqual(['1'])
    expect(await code('a.xlsx', xlsxOf({ sheets }), 'another')).toBe('sheet_not_there')
  })

  it('is refused where it is broken, too wide, or expands entities', async () => {
    expect(await code('a.xlsx', workbook('<row><c><v>1</v></row>'))).toBe('sheet_damaged')
    expect(await code('a.xlsx', workbook('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'))).toBe('sheet_too_many_columns')
    expect(await code('a.xlsx', workbook('<row><c t="str"><v>&bomb;</v></c></row>'))).toBe('sheet_damaged')
    expect(await code('a.xlsx', workbook(''.padEnd(80 * 1024 * 1024, ' ')))).toBe('sheet_bomb')
    expect(await code('a.xlsx', 'PK\x03\x04 and then nothing')).toBe('sheet_damaged')
    expect(await code('a.xlsx', '')).toBe('sheet_empty_file')
    expect(await code('a.xlsx', '%PDF-1.7\n')).toBe('sheet_other_kind')
  })
})

describe('CSV', () => {
  const rows = [
    ['编号', '名称'],
    ['1', 'a "quoted", and\na second line'],
    ['', ''],
    ['3', 'ข้อตกลง'],
  ]

  it('is read in UTF-8, with and without its mark, and in UTF-16', async () => {
    const text = csvOf(rows)
    const expected = [
      { number: 1, cells: ['编号', '名称'] },
      { number: 2, cells: ['1', 'a "quoted", and\na second line'] },
      { number: 4, cells: ['3', 'ข้อตกลง'] },
    ]
    for (const content of [text, `\uFEFF${text}`, Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      const { rows: found, findings } = await read('a.csv', content)
      expect(found).toEqual(expected)
      expect(findings.emptyRows).toBe(1)
    }
  })

  it('is read in GB 18030, and with other delimiters', async () => {
    // 编号;名称 / 1;合作
    const content = Buffer.from('b1e0bac53bc3fbb3c60a313bbacfd7f7', 'hex')
    const { book, rows: found } = await read('a.csv', content)
    expect(book.encoding).toBe('gb18030')
    expect(found.map(({ cells }) => cells)).toEqual([
      ['编号', '名称'],
      ['1', '合作'],
    ])
  })

  it('is refused in any other encoding', async () => {
    // TIS-620: a Thai word, a comma.
    expect(await code('a.csv', Buffer.from('a2e9cd2cb5c5a7', 'hex'))).toBe('sheet_encoding')
    expect(await code('a.csv', csvOf([Array.from({ length: 501 }, () => 'x')]))).toBe('sheet_too_many_columns')
  })
})
