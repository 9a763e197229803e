import { expect, test } from 'vitest'
import type { Cover } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { documentOf } from './models.ts'
import { pageContents, pdftotext } from './tools.ts'

const cover = (height: number): Cover => ({
  type: 'cover',
  kind: [{ text: 'Country' }],
  title: [{ text: 'Thailand' }],
  subtitle: [{ text: 'Thirty-two institutions' }],
  figure: {
    type: 'figure',
    alt: 'The network',
    width: 400,
    height,
    shapes: [{ shape: 'rect', x: 0, y: 0, width: 400, height, fill: 'lake' }],
  },
  lines: [[{ text: 'China–ASEAN Innovation Centre' }], [{ text: 'Issued 29 November 2026' }]],
})

test.each([100, 340, 420, 500, 1200, 4000])('a drawing %i high leaves the cover room for its foot', async (height) => {
  const pdf = await renderInThread(documentOf('en', [cover(height)]))
  expect(pageContents(pdf)).toHaveLength(1)
  const words = pdftotext(pdf)
  expect(words).toContain('Thailand')
  expect(words).toContain('Issued 29 November 2026')
})
