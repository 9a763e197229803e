import { posix } from 'node:path'
import type { DatePrecision } from '#db/schema/columns.ts'
import { SheetError, type SheetInfo, sheetLimits } from './model.ts'
import { datePrecision } from './serial-dates.ts'
import { readWholeXml, readXml } from './xml.ts'
import type { Package } from './xlsx-package.ts'

/** What a workbook says about its sheets. */
export interface Workbook {
  readonly sheets: readonly (SheetInfo & { readonly part: string })[]
  readonly date1904: boolean
  /** By the number of a cell's style: how precisely it shows a day. */
  readonly styles: readonly (DatePrecision | undefined)[]
  readonly shared: readonly string[]
}

interface Relation {
  readonly type: string
  readonly target: string
}

export async function readWorkbook(pack: Package): Promise<Workbook> {
  const [main] = (await relations(pack, '')).values().filter(({ type }) => type.endsWith('/officeDocument'))
  const workbookPart = main?.target ?? 'xl/workbook.xml'
  const known = await relations(pack, workbookPart)
  const sheets: (SheetInfo & { part: string })[] = []
  let date1904 = false
  await readWholeXml(await pack.open(workbookPart), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? ''
      const relation = known.get(id)
      // Sheets of charts and macros have no rows.
      if (relation?.type.endsWith('/worksheet') !== true || !pack.has(relation.target)) return
      const hidden = ['hidden', 'veryHidden'].includes(attributes['state'] ?? '')
      sheets.push({ name: attributes['name'] ?? '', hidden, part: relation.target })
    },
  })
  if (sheets.length === 0) throw new SheetError('sheet_damaged')
  const partOf = (type: string) => [...known.values()].find((relation) => relation.type.endsWith(type))?.target
  return {
    sheets,
    date1904,
    styles: await readStyles(pack, partOf('/styles')),
    shared: await readShared(pack, partOf('/sharedStrings')),
  }
}

async function relations(pack: Package, part: string): Promise<ReadonlyMap<string, Relation>> {
  const { dir, base } = posix.parse(part)
  const name = posix.join(dir, '_rels', `${base}.rels`)
  const found = new Map<string, Relation>()
  if (!pack.has(name)) return found
  await readWholeXml(await pack.open(name), {
    open(tag, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (tag !== 'Relationship' || mode === 'External') return
      found.set(id, { type, target: target.startsWith('/') ? target.slice(1) : posix.join(dir, target) })
    },
  })
  return found
}

async function readStyles(pack: Package, part: string | undefined): Promise<(DatePrecision | undefined)[]> {
  if (part === undefined || !pack.has(part)) return []
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCells = false
  await readWholeXml(await pack.open(part), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) formats.push(Number(attributes['numFmtId'] ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return formats.map((id) => datePrecision(id, codes.get(id)))
}

/** Words that cells point to. Readings (phonetic runs) beside them are no part of them. */
async function readShared(pack: Package, part: string | undefined): Promise<string[]> {
  if (part === undefined || !pack.has(part)) return []
  const shared: string[] = []
  let [text, characters, isText, inReading] = ['', 0, false, false]
  const parts = readXml(await pack.open(part), {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') isText = !inReading
    },
    text(piece) {
      if (isText) text += piece
    },
    close(name) {
      if (name === 't') isText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        shared.push(text)
        characters += text.length
        if (characters > sheetLimits.sharedCharacters) throw new SheetError('sheet_bomb')
      }
    },
  })
  for await (const _ of parts);
  return shared
}
