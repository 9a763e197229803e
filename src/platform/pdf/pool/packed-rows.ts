import { deserialize, serialize } from 'node:v8'
import { pauses } from '#platform/pauses.ts'
import type { DocumentModel, Runs, Table } from '#platform/pdf/model.ts'

/**
 * Long tables on their way to a thread. Cloned as a whole they would stop the thread that sends them and stand in the
 * other one twice; so they are packed a few rows at a time, and unpacked as they are laid out.
 */
export interface PackedTable {
  /** Number of its block in the document. */
  readonly block: number
  readonly rows: number
  readonly pieces: readonly Uint8Array<ArrayBuffer>[]
}

export interface PackedModel {
  /** Without the rows of its long tables. */
  readonly model: DocumentModel
  readonly tables: readonly PackedTable[]
}

/** A shorter table is carried over as it is. */
const longTable = 1000

const rowsInPiece = 100

export const hasLongTable = ({ blocks }: DocumentModel): boolean =>
  blocks.some((block) => block.type === 'table' && block.rows.length > longTable)

/** Packs the long tables of a document; others have this thread in between. */
export async function packRows(model: DocumentModel): Promise<PackedModel> {
  const pause = pauses()
  const tables: PackedTable[] = []
  for (const [number, block] of model.blocks.entries()) {
    if (block.type !== 'table' || block.rows.length <= longTable) continue
    const pieces: Uint8Array<ArrayBuffer>[] = []
    for (let from = 0; from < block.rows.length; from += rowsInPiece) {
      pieces.push(new Uint8Array(serialize(block.rows.slice(from, from + rowsInPiece))))
      await pause()
    }
    tables.push({ block: number, rows: block.rows.length, pieces })
  }
  const packed = new Set(tables.map(({ block }) => block))
  const blocks = model.blocks.map((block, number) => (packed.has(number) ? { ...(block as Table), rows: [] } : block))
  return { model: { ...model, blocks }, tables }
}

/** The same document, whose long tables can be gone through in order, as often as needed, and nothing else. */
export function unpackRows({ model, tables }: PackedModel): DocumentModel {
  if (tables.length === 0) return model
  const byBlock = new Map(tables.map((table) => [table.block, table]))
  const blocks = model.blocks.map((block, number) => {
    const packed = byBlock.get(number)
    return packed === undefined
      ? block
      : { ...(block as Table), rows: new PackedRows(packed) as unknown as Table['rows'] }
  })
  return { ...model, blocks }
}

class PackedRows {
  readonly length: number
  readonly #pieces: PackedTable['pieces']

  constructor({ rows, pieces }: PackedTable) {
    this.length = rows
    this.#pieces = pieces
  }

  *entries(): Generator<[number, readonly Runs[]]> {
    let number = 0
    for (const piece of this.#pieces) {
      for (const row of deserialize(piece) as readonly (readonly Runs[])[]) yield [number++, row]
    }
  }
}
