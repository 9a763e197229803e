import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { bilingualDocument, designedDocument } from './models.ts'
import { distance, pictureOf, readPng, writePng } from './picture.ts'

/**
 * Pages as they were looked at and found good. `UPDATE_PICTURES=1` keeps them anew: look at them before they are
 * committed.
 */
const folder = new URL('./pictures/', import.meta.url)
const isKeeping = process.env['UPDATE_PICTURES'] === '1'

const tolerance = 24

const pictures: readonly (readonly [name: string, make: () => DocumentModel, page: number])[] = [
  ['cover-en', () => designedDocument('en'), 1],
  ['page-zh', () => designedDocument('zh'), 3],
  ['page-en', () => designedDocument('en'), 3],
  ['page-th', () => designedDocument('th'), 3],
  ['page-vi', () => designedDocument('vi'), 3],
  ['page-my', () => designedDocument('my'), 3],
  ['pair-zh-my', () => bilingualDocument('zh', 'my'), 2],
]

describe('a page looks as it did', () => {
  test.each(pictures)('%s', async (name, make, page) => {
    const pdf = await renderInThread(make())
    const file = new URL(`${name}.png`, folder)
    if (isKeeping) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, writePng(pictureOf(pdf, page)))
    }
    expect(distance(pictureOf(pdf, page), readPng(readFileSync(file)))).toBeLessThan(tolerance)
  })

  test('and the comparison sees a word that is gone', async () => {
    const model = designedDocument('vi')
    const without = { ...model, blocks: model.blocks.filter(({ type }) => type !== 'heading') }
    const [one, other] = await Promise.all([renderInThread(model), renderInThread(without)])
    expect(distance(pictureOf(one, 3), pictureOf(other, 3))).toBeGreaterThan(2 * tolerance)
  })
})
