import { readFileSync } from 'node:fs'
import { read, type WorkBook } from '@e965/xlsx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CellValue, fillWorkbook, namesIn } from '#platform/spreadsheet/template/fill.ts'
import { WorkbookError } from '#platform/spreadsheet/template/package.ts'

const sample = readFileSync(new URL('../../../../../src/features/reports/sample-template.xlsx', import.meta.url))
const fill = (bytes: Uint8Array, values: Record<string, CellValue>) =>
  fillWorkbook(bytes, new Map(Object.entries(values)))
const open = (bytes: Uint8Array) => read(bytes, { type: 'array', cellFormula: true, cellStyles: true })

/** The cell that a name stands for, as another library reads it. */
function cell(book: WorkBook, name: string) {
  const reference = book.Workbook?.Names?.find((one) => one.Name === name)?.Ref ?? ''
  const [, quoted, plain = '', address = ''] =
    /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/.exec(reference.replaceAll('$', '')) ?? []
  const sheet = quoted?.replaceAll("''", "'") ?? plain
  return book.Sheets[sheet]?.[address.split(':')[0] ?? ''] as
    { t: string; v: unknown; f?: string; z?: string } | undefined
}

/** A workbook made by hand: cells with names on a sheet that Excel might have written. */
function workbook(changes: Record<string, string> = {}): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="上报 '表'" sheetId="1" r:id="rId7"/></sheets><definedNames><definedName name="Signed">'上报 ''表'''!$C$3</definedName><definedName name="wide">'上报 ''表'''!$A$1:$D$1</definedName><definedName name="far">'上报 ''表'''!$AB$40</definedName><definedName name="summed">'上报 ''表'''!$B$3</definedName><definedName name="lost">#REF!</definedName><definedName name="constant">12</definedName><definedName name="local" localSheetId="0">'上报 ''表'''!$A$2</definedName></definedNames></workbook>`,
    'xl/worksheets/sheet1.xml': `<x:worksheet xmlns:x="${main}"><x:sheetData><x:row r="1" ht="30"><x:c r="A1" s="0" t="s"><x:v>0</x:v></x:c></x:row><x:row r="3"><x:c r="B3"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="AA3"><x:v>5</x:v></x:c></x:row></x:sheetData><x:extLst><x:ext uri="kept"/></x:extLst></x:worksheet>`,
    'xl/calcChain.xml': `<calcChain xmlns="${main}"><c r="B3" i="1"/></calcChain>`,
    'xl/charts/chart1.xml': '<c:chart xmlns:c="urn:chart">as it was</c:chart>',
    ...changes,
  }
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])))
}

test('values stand in the cells that have their names, as another library reads them', () => {
  const book = open(
    fill(sample, {
      title: { text: '合作协议 ข้อตกลง သဘောတူညီချက် <&> ' },
      signed: { number: '12' },
      SIGNED_BEFORE: { number: '7' },
      technology_value_CNY: { number: '1200000.5' },
      no_such_name: { text: 'nowhere' },
    }),
  )
  expect(cell(book, 'title')).toMatchObject({ t: 's', v: '合作协议 ข้อตกลง သဘောတူညီချက် <&> ' })
  expect(cell(book, 'signed')).toMatchObject({ t: 'n', v: 12 })
  expect(cell(book, 'signed_before')).toMatchObject({ t: 'n', v: 7 })
  expect(cell(book, 'technology_value_CNY')).toMatchObject({ t: 'n', v: 1200000.5, z: '#,##0.00' })
  expect(JSON.stringify(book.Sheets)).not.toContain('nowhere')
})

test('whatever the template has beside these cells is, byte for byte, as it was', () => {
  const before = unzipSync(sample)
  const after = unzipSync(fill(sample, { signed: { number: '1' } }))
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted())
  const changed = Object.keys(before).filter((name) => !Buffer.from(before[name]!).equals(Buffer.from(after[name]!)))
  expect(changed.toSorted()).toEqual(['xl/workbook.xml', 'xl/worksheets/sheet1.xml'])
  expect(strFromU8(after['xl/workbook.xml']!)).toContain('fullCalcOnLoad="1"')
})

describe('a workbook of another make', () => {
  test('has its names found: quoted sheets, ranges, prefixes; lost, constant and local ones have no place', () => {
    expect(namesIn(workbook()).toSorted()).toEqual(['far', 'signed', 'summed', 'wide'])
  })

  test('gets rows and cells where they belong, in the place of formulas too, and keeps what is not known here', () => {
    const filled = fill(workbook(), {
      signed: { number: '3' },
      wide: { text: 'title' },
      far: { text: 'far' },
      summed: { number: '9' },
    })
    const parts = unzipSync(filled)
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
    expect([...sheet.matchAll(/ r="([A-Z]*\d+)"/g)].map(([, r]) => r)).toEqual([
      '1',
      'A1',
      '3',
      'B3',
      'C3',
      'AA3',
      '40',
      'AB40',
    ])
    expect(sheet).toContain('uri="kept"')
    expect(sheet).toContain('ht="30"')
    expect(sheet).not.toContain('<x:f>')
    expect(strFromU8(parts['xl/calcChain.xml']!)).not.toContain('B3')
    expect(strFromU8(parts['xl/charts/chart1.xml']!)).toContain('as it was')
    const book = open(filled)
    expect(cell(book, 'Signed')).toMatchObject({ t: 'n', v: 3 })
    expect(book.Sheets["上报 '表'"]?.['AB40']).toMatchObject({ v: 'far' })
  })

  test('a number with more digits than spreadsheets reckon with loses none of them', () => {
    const sheet = strFromU8(
      unzipSync(fill(workbook(), { signed: { number: '9007199254740993.01' } }))['xl/worksheets/sheet1.xml']!,
    )
    expect(sheet).toContain('inlineStr')
    expect(sheet).toContain('9007199254740993.01')
  })

  test('any text comes back as it went in, and no text becomes a formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.constantFrom('', '=', '+', '-', '@'),
        (text, sign) => {
          const clean = `${sign}${text}`.replaceAll(/[\u0000-\u001f\ufffe\uffff]/g, '')
          const found = cell(open(fill(sample, { title: { text: clean } })), 'title')
          expect(found?.f).toBeUndefined()
          expect(found?.v ?? '').toBe(clean)
        },
      ),
      { numRuns: 60 },
    )
  })
})

test.each([
  ['nothing', new Uint8Array()],
  ['text', strToU8('not a workbook')],
  ['a cut one', sample.subarray(0, 4000)],
  ['one without a workbook', zipSync({ 'a.txt': strToU8('a') })],
  ['broken XML', workbook({ 'xl/workbook.xml': '<workbook><sheets>' })],
  ['entities', workbook({ 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b "c">]><workbook/>' })],
  [
    'a missing sheet',
    workbook({
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId7" Target="gone.xml"/></Relationships>',
    }),
  ],
  ['a bomb', zipSync({ 'xl/workbook.xml': new Uint8Array(40 * 1024 * 1024) })],
])('%s is refused', (_, bytes) => {
  expect(() => namesIn(bytes)).toThrow(WorkbookError)
})
