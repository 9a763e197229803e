import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { qrPath } from '#platform/pdf/layout/qr-code.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { documentOf } from './models.ts'
import { pageContents, pdftotext, structure } from './tools.ts'

/** A CommonJS module, whose types speak of an ES module. */
const decodeQr = (jsQR as unknown as { readonly default: typeof jsQR }).default

const code = '7K3M-9XQ2-ABCD-EFGH-JKMN'
const addresses = [
  `http://127.0.0.1:4321/th/verify/${code}`,
  `https://technology-transfer-hub.yunnan.example.org/my/verify/${code}`,
  `https://${'a-very-long-name.'.repeat(6)}example.org/zh/verify/${code}`,
]

/** What a reader of QR codes sees on the first page, printed in grey at so many dots to the inch. */
function readPage(pdf: Uint8Array, dpi: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'yunqiao-qr-'))
  try {
    const file = join(folder, 'page.pdf')
    writeFileSync(file, pdf)
    const picture = execFileSync('pdftoppm', ['-gray', '-singlefile', '-r', String(dpi), file], {
      maxBuffer: 64 * 1024 * 1024,
    })
    const [head = '', width = '', height = ''] = /^P5\n(\d+) (\d+)\n255\n/.exec(picture.toString('latin1', 0, 40)) ?? []
    const grey = picture.subarray(head.length)
    const colours = new Uint8ClampedArray(grey.length * 4).fill(255)
    for (const [at, value] of grey.entries()) colours.fill(value, at * 4, at * 4 + 3)
    return decodeQr(colours, Number(width), Number(height))?.data
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const documentWith = (address: string) =>
  documentOf('en', [
    {
      type: 'qrCode',
      address,
      alt: `Verification page of ${code}`,
      words: [{ style: 'note', runs: [{ text: address, href: address }] }],
    },
  ])

test.each(addresses)('a printed page leads to %s', async (address) => {
  const pdf = await renderInThread(documentWith(address))
  for (const dpi of [150, 300]) expect(readPage(pdf, dpi), `${dpi} dpi`).toBe(address)
  expect(pdftotext(pdf).replaceAll(/\s/g, '')).toContain(address)
})

test('the code is lines, with words for those who do not see it', async () => {
  const pdf = await renderInThread(documentWith(addresses[0] ?? ''))
  expect(Buffer.from(pdf).includes('/Subtype /Image')).toBe(false)
  expect(Buffer.from(pdf).toString('latin1')).toContain(`/Alt (Verification page of ${code})`)
  expect(structure(pdf)).toMatch(/Figure[\s\S]*P \(block\)[\s\S]*Link/)
  expect(pageContents(pdf)[0]).toContain('/Figure')
})

test('words that are higher than the code make it no wider, and stay on its page', async () => {
  const words = Array.from({ length: 12 }, (_, at) => ({ style: 'body', runs: [{ text: `Line ${at}` }] }) as const)
  const filler = Array.from(
    { length: 24 },
    () => ({ type: 'paragraph', style: 'body', runs: [{ text: 'x' }] }) as const,
  )
  const document = documentOf('en', [...filler, { type: 'qrCode', address: addresses[0] ?? '', alt: 'x', words }])
  const pages = pdftotext(await renderInThread(document)).split('\f')
  const page = pages.find((text) => text.includes('Line 0')) ?? ''
  for (let at = 0; at < 12; at += 1) expect(page).toContain(`Line ${at}`)
})

test('the path has one rectangle for each run of dark modules, within its border', () => {
  const { size, d } = qrPath('https://example.org/')
  const runs = [...d.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map((match) => match.slice(1).map(Number))
  expect(runs.map(([x, y, width, back]) => `M${x} ${y}h${width}v1h-${back}z`).join('')).toBe(d)
  for (const [x = 0, y = 0, width = 0, back] of runs) {
    expect(back).toBe(width)
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(Math.max(x + width, y + 1)).toBeLessThanOrEqual(size - 4)
  }
})
