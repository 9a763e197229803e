import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config.ts'

const folder = path.join(projectRoot, 'src/ui')
const tokens = readFileSync(path.join(folder, 'styles/tokens.css'), 'utf8')

/** The custom properties of `:root` in the light scheme, and in the dark one on top of it. */
function colours(scheme: 'light' | 'dark'): Map<string, string> {
  const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
  const read = (css: string) =>
    [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value] as const)
  return new Map([...read(light), ...(scheme === 'dark' ? read(dark) : [])])
}

/** Relative luminance (WCAG 2.2) of an sRGB colour. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const texts = [
  ...['ground', 'surface', 'sunken', 'laterite-tint', 'lake-tint'].flatMap((ground) => [
    ['ink', ground],
    ['ink-soft', ground],
    ['link', ground],
  ]),
  ...['ground', 'surface', 'laterite-tint'].map((ground) => ['laterite', ground]),
  ['on-lake', 'lake'],
  ['on-lake-soft', 'lake'],
  ['on-lake', 'lake-deep'],
  ['on-lake-soft', 'lake-deep'],
] as const

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  const known = colours(scheme)
  const colour = (name: string) => known.get(name) ?? `no colour ${name}`

  it.each(texts.map(([ink = '', ground = '']) => ({ ink, ground })))(
    '$ink can be read on $ground',
    ({ ink, ground }) => {
      expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(['ground', 'surface'])('the edges of fields and the focus stand out on %s', (ground) => {
    expect(contrast(colour('line-strong'), colour(ground))).toBeGreaterThanOrEqual(3)
    expect(contrast(colour('focus'), colour(ground))).toBeGreaterThanOrEqual(3)
  })
})

it('the fonts of the Burmese pages weigh at most 60 KB', () => {
  const fonts = readdirSync(path.join(folder, 'fonts')).filter((name) => name.endsWith('.woff2'))
  expect(fonts).toHaveLength(2)
  const bytes = fonts.reduce((sum, name) => sum + statSync(path.join(folder, 'fonts', name)).size, 0)
  expect(bytes).toBeLessThanOrEqual(60_000)
})

it('no component carries styles or scripts inline, which the content security policy refuses', () => {
  const components = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.astro'),
  )
  for (const name of components) {
    const source = readFileSync(path.join(folder, name), 'utf8')
    expect(source, name).not.toMatch(/\sstyle=|<style|\son[a-z]+=/)
  }
})

it('says the order of the layers before it names one, in whichever sheet a page loads first', () => {
  const sheets = readdirSync(path.join(folder, 'styles')).filter((name) => name !== 'layers.css')
  expect(sheets.length).toBeGreaterThan(10)
  for (const name of sheets) {
    expect(readFileSync(path.join(folder, 'styles', name), 'utf8'), name).toMatch(/^@import '\.\/layers\.css';\n/)
  }
})
