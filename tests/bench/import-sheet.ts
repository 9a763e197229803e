const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The parts of the workbook, in order; undefined for the sheet, which is made row by row. */
export const sheetParts: readonly (readonly [name: string, body: string | undefined])[] = [
  [
    '[Content_Types].xml',
    '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  ],
  [
    '_rels/.rels',
    `<Relationships><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  ],
  ['xl/worksheets/sheet1.xml', undefined],
]

const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const rowOf = (cells: readonly string[]) => `<row>${cells.map(cell).join('')}</row>`

/** Headings as an office writes them, in twelve columns. */
export const headerRow = `<worksheet xmlns="${main}"><sheetData>${rowOf([
  ...['合同编号', '协议名称', '英文名称', '协议类型', '甲方', '乙方', '国别', '签订日期', '到期日期'],
  ...['合同金额', '币种', '状态'],
])}`

/** An agreement that nobody has made. */
export const sheetRow = (n: number): string => {
  const day = Temporal.PlainDate.from('2020-01-01').add({ days: n % 2000 })
  return rowOf([
    ...[`云科合〔2026〕${n + 1}号`, `示例合作协议第${n + 1}号`, `Sample cooperation agreement number ${n + 1}`],
    ...['合作协议', `示例大学${n % 300}`, `Sample University ${n % 500}`, '', day.toString()],
    ...[day.add({ years: 3 }).toString(), `${1000 + n}.50`, '人民币', '生效中'],
  ])
}
