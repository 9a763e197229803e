import { elements, type Package, WorkbookError } from './package.ts'

/** A cell of a workbook that a name stands for. */
export interface NamedCell {
  readonly name: string
  /** Part of the package that holds its sheet. */
  readonly sheet: string
  /** From 1. */
  readonly row: number
  /** In letters: `B`. */
  readonly column: string
}

const workbookPart = 'xl/workbook.xml'

/** `'Sheet 1'!$B$2` or `Sheet1!$B$2:$D$2`; of a range its first cell, which holds the value of merged ones. */
const reference = /^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?[A-Z]{1,3}\$?\d+)?$/

/**
 * The cells that have names in the whole workbook (not names of one sheet alone), by lower-case name: Excel does not
 * tell cases apart. Names of anything else (constants, formulas, lost references) are left out.
 * @throws WorkbookError
 */
export function namedCells(book: Package): ReadonlyMap<string, NamedCell> {
  const workbook = book.xml(workbookPart)
  const targets = new Map(
    elements(book.xml('xl/_rels/workbook.xml.rels'), 'Relationship').map((one) => [
      one.getAttribute('Id') ?? '',
      one.getAttribute('Target') ?? '',
    ]),
  )
  const sheets = new Map(
    elements(workbook, 'sheet').map((sheet) => {
      const id = Array.from(sheet.attributes).find(({ localName }) => localName === 'id')?.value ?? ''
      return [sheet.getAttribute('name') ?? '', partOf(targets.get(id) ?? '')]
    }),
  )
  return new Map(
    elements(workbook, 'definedName').flatMap((defined) => {
      const name = defined.getAttribute('name') ?? ''
      const [, quoted, plain, column, row] = reference.exec((defined.textContent ?? '').trim()) ?? []
      const sheet = sheets.get(quoted?.replaceAll("''", "'") ?? plain ?? '')
      if (sheet === undefined || column === undefined || defined.hasAttribute('localSheetId')) return []
      return [[name.toLowerCase(), { name, sheet, row: Number(row), column }]]
    }),
  )
}

/** Relations are relative to the folder `xl`, or absolute. */
function partOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** Asks whoever opens it to reckon formulas anew: those that the template has know nothing of what was filled in. */
export function recalculateOnLoad(book: Package): void {
  const workbook = book.xml(workbookPart)
  const root = workbook.documentElement
  if (root === null) throw new WorkbookError('damaged')
  const [known] = elements(workbook, 'calcPr')
  if (known !== undefined) {
    known.setAttribute('fullCalcOnLoad', '1')
    return
  }
  const calculation = workbook.createElementNS(root.namespaceURI, root.prefix ? `${root.prefix}:calcPr` : 'calcPr')
  calculation.setAttribute('fullCalcOnLoad', '1')
  // The schema has an order: it follows the defined names.
  const [names] = elements(workbook, 'definedNames')
  root.insertBefore(calculation, names?.nextSibling ?? null)
}
