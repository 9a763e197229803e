import { describe, expect, test } from 'vitest'
import type { Block, DocumentModel, Runs } from '#platform/pdf/model.ts'
import { hasLongTable, packRows, unpackRows } from '#platform/pdf/pool/packed-rows.ts'
import { createRenderer } from '#platform/pdf/pool/renderer.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { documentOf } from './models.ts'

const columns = ['No.', 'Agreement'].map((header) => ({
  header: [{ text: header }],
  share: 1,
  align: 'start' as const,
}))

const tableOf = (count: number): Block => ({
  type: 'table',
  columns,
  rows: Array.from({ length: count }, (_, n): Runs[] => [
    [{ text: String(n + 1) }],
    [
      { text: `တက္ကသိုလ် ${n % 7}`, lang: 'my', href: `https://hub.example.org/agreements/${n}` },
      { text: '\nบันทึกความเข้าใจ', lang: 'th' },
    ],
  ]),
})

const shortTable = tableOf(3)
const long: DocumentModel = documentOf('en', [shortTable, tableOf(1234), tableOf(1001)])

describe('long tables on their way to a thread', () => {
  test('are packed by themselves, and come out row by row, as often as they are asked for', async () => {
    expect([hasLongTable(long), hasLongTable(documentOf('en', [tableOf(1000)]))]).toEqual([true, false])
    const packed = await packRows(long)
    expect(packed.tables.map(({ rows }) => rows)).toEqual([1234, 1001])
    expect(JSON.stringify(packed.model).length).toBeLessThan(5000)
    const unpacked = unpackRows(structuredClone(packed))
    const tables = unpacked.blocks.filter((block) => block.type === 'table')
    expect(tables[0]).toEqual(shortTable)
    for (const [at, original] of long.blocks.filter((block) => block.type === 'table').entries()) {
      expect(tables[at]?.rows.length).toBe(original.rows.length)
      for (let time = 0; time < 2; time++)
        expect([...(tables[at]?.rows.entries() ?? [])]).toEqual([...original.rows.entries()])
    }
  })

  test('are laid out as they would be here', { timeout: 60_000 }, async () => {
    const renderer = createRenderer({ threads: 1 })
    try {
      const bytes = await renderer.render(long)
      expect(Buffer.from(bytes).equals(Buffer.from(await renderInThread(long)))).toBe(true)
    } finally {
      await renderer.close()
    }
  })
})
