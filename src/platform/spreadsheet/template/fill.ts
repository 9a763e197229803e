import type { Document, Element } from '@xmldom/xmldom'
import { type NamedCell, namedCells, recalculateOnLoad } from './cells.ts'
import { elements, openPackage, type Package, WorkbookError } from './package.ts'

/** What is written into a cell: text as it is, or a number as plain decimal text, which no float ever sees here. */
export type CellValue = { readonly text: string } | { readonly number: string }

/** Spreadsheets reckon with so many decimal digits; a longer number would lose some, and goes in as text. */
const exactDigits = 15

const calculationPart = 'xl/calcChain.xml'

/**
 * A workbook with values in the cells that have names. Nothing but these cells is touched: formats, charts, pictures
 * and print settings of the template are as they were. A name that is not in the template has no place, and is left.
 * @param values by name, in whatever case
 * @throws WorkbookError for what is no workbook
 */
export function fillWorkbook(template: Uint8Array, values: ReadonlyMap<string, CellValue>): Uint8Array {
  const book = openPackage(template)
  const cells = namedCells(book)
  for (const [name, value] of values) {
    const cell = cells.get(name.toLowerCase())
    if (cell !== undefined) writeCell(book, cell, value)
  }
  recalculateOnLoad(book)
  return book.write()
}

/** The names of cells that a template has, in lower case. @throws WorkbookError */
export function namesIn(template: Uint8Array): string[] {
  const book = openPackage(template)
  const cells = namedCells(book)
  // A sheet that cannot be read would only be found out when a report is wanted.
  for (const { sheet } of cells.values()) book.xml(sheet)
  return [...cells.keys()]
}

function writeCell(book: Package, { sheet, row, column }: NamedCell, value: CellValue): void {
  const document = book.xml(sheet)
  const [data] = elements(document, 'sheetData')
  if (data === undefined) throw new WorkbookError('damaged')
  const line = place(document, data, 'row', String(row), (other) => Number(other.getAttribute('r')) - row)
  const cell = place(document, line, 'c', `${column}${row}`, (other) =>
    compareColumns((other.getAttribute('r') ?? '').replace(/\d+$/, ''), column),
  )
  if (elements(cell, 'f').length > 0) forgetFormula(book, `${column}${row}`)
  while (cell.firstChild !== null) cell.removeChild(cell.firstChild)
  cell.removeAttribute('t')
  const isLong = 'number' in value && value.number.replaceAll(/\D/g, '').replace(/^0+/, '').length > exactDigits
  if ('number' in value && !isLong) {
    cell.appendChild(make(document, cell, 'v', value.number))
    return
  }
  cell.setAttribute('t', 'inlineStr')
  const text = make(document, cell, 't', 'number' in value ? value.number : value.text)
  text.setAttribute('xml:space', 'preserve')
  const inline = make(document, cell, 'is')
  inline.appendChild(text)
  cell.appendChild(inline)
}

/** Excel takes a chain of formulas that names a cell without one for damage. */
function forgetFormula(book: Package, address: string): void {
  if (!book.has(calculationPart)) return
  for (const link of elements(book.xml(calculationPart), 'c')) {
    if (link.getAttribute('r') === address) link.parentNode?.removeChild(link)
  }
}

/** The row or cell with this address, made where it belongs if it is not there. */
function place(
  document: Document,
  parent: Element,
  name: 'row' | 'c',
  address: string,
  compare: (other: Element) => number,
): Element {
  const others = Array.from(parent.childNodes).filter((node): node is Element => (node as Element).localName === name)
  const known = others.find((other) => other.getAttribute('r') === address)
  if (known !== undefined) return known
  const made = make(document, parent, name)
  made.setAttribute('r', address)
  parent.insertBefore(made, others.find((other) => compare(other) > 0) ?? null)
  return made
}

function make(document: Document, like: Element, name: string, text?: string): Element {
  const element = document.createElementNS(like.namespaceURI, like.prefix ? `${like.prefix}:${name}` : name)
  if (text !== undefined) element.appendChild(document.createTextNode(text))
  return element
}

/** `B` before `Z` before `AA`. */
function compareColumns(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0)
}
