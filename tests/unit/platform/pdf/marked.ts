import { type Page, type Reader } from './reader.ts'

/** What a page draws, by mark. */
export interface Marked {
  /** Painting operators outside everything marked. */
  readonly stray: readonly string[]
  /** Marks inside others. */
  readonly nested: readonly string[]
  /** Marks never ended. */
  readonly open: number
  /** Text of each identifier, as ToUnicode gives it back. */
  readonly texts: ReadonlyMap<number, string>
  /** Codes drawn that ToUnicode has no text for, with their font. */
  readonly silent: readonly string[]
}

const painting = new Set(['Tj', 'TJ', "'", '"', 'f', 'F', 'f*', 'S', 's', 'B', 'B*', 'b', 'b*', 'Do', 'sh'])

/** Texts by code of a ToUnicode map. */
function readMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>()
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]+)>\s*<[0-9a-f]+>\s*\[([^\]]*)\]/giu)) {
    let code = Number.parseInt(first, 16)
    for (const [, hex = ''] of list.matchAll(/<([0-9a-f\s]*)>/giu)) {
      const units = hex.match(/[0-9a-f]{4}/giu) ?? []
      map.set(code++, units.map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join(''))
    }
  }
  return map
}

function fontsOf(reader: Reader, page: Page): Map<string, Map<number, string>> {
  const fonts = reader.dictionary(reader.dictionary(page.dictionary.get('Resources')).get('Font') ?? new Map())
  return new Map(
    Array.from(fonts, ([name, font]) => [name, readMap(reader.stream(reader.dictionary(font).get('ToUnicode')))]),
  )
}

const known = new WeakMap<Reader, Map<number, Marked>>()

/** Follows marks and text through the operators of a page. */
export function readMarks(reader: Reader, page: Page): Marked {
  const cache = known.get(reader) ?? new Map<number, Marked>()
  known.set(reader, cache)
  const read = cache.get(page.number)
  if (read) return read
  const fonts = fontsOf(reader, page)
  const stray: string[] = []
  const nested: string[] = []
  const silent: string[] = []
  const texts = new Map<number, string>()
  const open: string[] = []
  let font = ''
  const flat = page.content.replaceAll(/<<.*?>>/gsu, (dictionary) => dictionary.replaceAll(/\s+/gu, ' '))
  for (const line of flat.split('\n')) {
    const operator = line.trim().split(' ').at(-1) ?? ''
    if (operator === 'Tf') font = /^\/(\S+)/u.exec(line.trim())?.[1] ?? ''
    if (operator === 'BMC' || operator === 'BDC') {
      if (open.length > 0) nested.push(line)
      open.push(line)
      const id = /\/MCID (\d+)/u.exec(line)?.[1]
      if (id !== undefined) texts.set(Number(id), '')
    } else if (operator === 'EMC') open.pop()
    else if (painting.has(operator)) {
      const mark = open.at(-1) ?? ''
      const id = /\/MCID (\d+)/u.exec(mark)?.[1]
      if (id === undefined && !mark.startsWith('/Artifact ')) stray.push(line)
      if (operator !== 'Tj' && operator !== 'TJ') continue
      let text = ''
      for (const [, hex = ''] of line.matchAll(/<([0-9a-f]+)>/giu)) {
        for (const code of hex.match(/.{4}/gu) ?? []) {
          const own = fonts.get(font)?.get(Number.parseInt(code, 16))
          if (own === undefined || own === '') silent.push(`${font} ${code}`)
          else text += own
        }
      }
      if (id !== undefined) texts.set(Number(id), (texts.get(Number(id)) ?? '') + text)
    }
  }
  const marked = { stray, nested, open: open.length, texts, silent }
  cache.set(page.number, marked)
  return marked
}

/** The words of a file in the order of its structure tree, by no reader's code but ours. */
export function structureWords(
  reader: Reader,
): { readonly type: string; readonly lang: string; readonly text: string }[] {
  const pages = new Map(reader.pages.map((page) => [page.number, page]))
  const words: { type: string; lang: string; text: string }[] = []
  const walk = (element: (typeof reader.roots)[number], lang: string) => {
    const own = element.dictionary.get('Lang')
    const language = typeof own === 'string' ? own : lang
    for (const kid of element.kids) {
      if ('annotation' in kid) continue
      if ('type' in kid) walk(kid, language)
      else {
        const page = pages.get(kid.page)
        const text = page ? readMarks(reader, page).texts.get(kid.id) : undefined
        words.push({ type: element.type, lang: language, text: text ?? '' })
      }
    }
  }
  for (const root of reader.roots) walk(root, '')
  return words
}
