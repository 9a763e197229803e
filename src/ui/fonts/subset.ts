import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import subsetFont from 'subset-font'

/**
 * Makes the web fonts of the Burmese pages, next to this file: `node src/ui/fonts/subset.ts`. Burmese letters, digits
 * and punctuation only (other languages of the Myanmar block and Latin come from the system); shaping rules are kept.
 */
const characters = [
  ...Array.from({ length: 0x50 }, (_, offset) => String.fromCodePoint(0x1000 + offset)),
  ' \u200B\u200C\u200D\u25CC',
].join('')

const faces = { 400: '400Regular/NotoSansMyanmar_400Regular', 600: '600SemiBold/NotoSansMyanmar_600SemiBold' }

const { resolve } = createRequire(import.meta.url)

for (const [weight, face] of Object.entries(faces)) {
  const source = readFileSync(resolve(`@expo-google-fonts/noto-sans-myanmar/${face}.ttf`))
  const subset = await subsetFont(source, characters, { targetFormat: 'woff2' })
  writeFileSync(new URL(`burmese-${weight}.woff2`, import.meta.url), subset)
}
