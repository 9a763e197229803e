import { readMarks } from './marked.ts'
import { descendants, isElement, nameOf, numberOf, type Element, Reader } from './reader.ts'

/**
 * Our own structural check after the Matterhorn Protocol for PDF/UA-1 (ISO 14289-1), as far as a program can tell. It
 * shares no code with what writes the files.
 * @returns what is wrong, in words; nothing for a file in order
 */
export function accessibilityProblems(pdf: Uint8Array): string[] {
  const reader = new Reader(pdf)
  const elements = reader.roots.flatMap((root) => [...descendants(root)])
  return [
    ...ofCatalog(reader),
    ...ofContent(reader, elements),
    ...ofFonts(reader),
    ...ofHeadings(elements),
    ...ofFigures(elements),
    ...ofLanguages(reader, elements),
    ...ofLinks(reader, elements),
    ...elements.flatMap(ofNesting),
    ...elements.flatMap((element) => (element.type === 'Table' ? ofTable(reader, element) : [])),
  ]
}

function unless(isRight: boolean, problem: string): string[] {
  return isRight ? [] : [problem]
}

function ofCatalog(reader: Reader): string[] {
  const { catalog } = reader
  const flag = (key: string, inner: string) => reader.dictionary(catalog.get(key) ?? new Map()).get(inner) === true
  const metadata = reader.stream(catalog.get('Metadata'))
  return [
    ...unless(flag('MarkInfo', 'Marked'), 'not marked as tagged'),
    ...unless(!flag('MarkInfo', 'Suspects'), 'suspects its own tags'),
    ...unless(flag('ViewerPreferences', 'DisplayDocTitle'), 'the title is not displayed'),
    ...unless(/<dc:title>.*?>[^<]+<\/rdf:li>/su.test(metadata), 'no title in the metadata'),
    ...unless(metadata.includes('<pdfuaid:part>1</pdfuaid:part>'), 'not identified as PDF/UA-1'),
    ...unless(reader.array(catalog.get('OutputIntents')).length === 1, 'no output intent'),
    ...unless(reader.roots.length === 1 && reader.roots[0]?.type === 'Document', 'not one Document at the root'),
  ]
}

/** Every content item tagged or an artifact, each tagged one in the tree once, and found from its page. */
function ofContent(reader: Reader, elements: readonly Element[]): string[] {
  const owners = new Map<string, Element>()
  const problems: string[] = []
  for (const element of elements) {
    for (const kid of element.kids) {
      if (!('id' in kid)) continue
      const key = `${kid.page} ${kid.id}`
      if (owners.has(key)) problems.push(`content ${key} is in the tree twice`)
      owners.set(key, element)
    }
  }
  const parents = reader.numberTree(reader.dictionary(reader.catalog.get('StructTreeRoot')).get('ParentTree'))
  for (const page of reader.pages) {
    const { stray, nested, open, texts, silent } = readMarks(reader, page)
    problems.push(
      ...stray.map((operator) => `neither tagged nor an artifact: ${operator.slice(0, 60)}`),
      ...nested.map((mark) => `marked inside a mark: ${mark}`),
      ...silent.map((code) => `no text for ${code}`),
      ...unless(open === 0, 'a mark is never ended'),
    )
    const own = reader.array(parents.get(Number(page.dictionary.get('StructParents'))))
    for (const id of texts.keys()) {
      const owner = owners.get(`${page.number} ${id}`)
      if (!owner) problems.push(`content ${id} of page ${page.number} is not in the tree`)
      else if (numberOf(own[id]) !== owner.number) problems.push(`content ${id} has another parent`)
    }
    if (page.dictionary.has('Annots') && nameOf(page.dictionary.get('Tabs')) !== 'S') problems.push('no tab order')
  }
  return problems
}

function ofFonts(reader: Reader): string[] {
  return reader.ofType('Font').flatMap((number) => {
    const font = reader.dictionary(reader.object(number))
    if (nameOf(font.get('Subtype')) !== 'Type0') return []
    const [descendant] = reader.array(font.get('DescendantFonts'))
    const descriptor = reader.dictionary(reader.dictionary(descendant).get('FontDescriptor'))
    return [
      ...unless(descriptor.has('FontFile2'), `${nameOf(font.get('BaseFont'))} is not embedded`),
      ...unless(font.has('ToUnicode'), `${nameOf(font.get('BaseFont'))} has no ToUnicode`),
    ]
  })
}

function ofHeadings(elements: readonly Element[]): string[] {
  let last = 0
  return elements.flatMap(({ type }) => {
    const level = Number(/^H(\d)$/u.exec(type)?.[1])
    if (Number.isNaN(level)) return []
    const problems = unless(level <= last + 1, `H${level} after H${last}`)
    last = level
    return problems
  })
}

function ofFigures(elements: readonly Element[]): string[] {
  return elements
    .filter(({ type }) => type === 'Figure')
    .flatMap(({ dictionary }) => [
      ...unless(typeof dictionary.get('Alt') === 'string' && dictionary.get('Alt') !== '', 'a figure without words'),
      ...unless(dictionary.get('A') instanceof Map, 'a figure without its place'),
    ])
}

function ofLanguages(reader: Reader, elements: readonly Element[]): string[] {
  const tag = /^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/u
  const wrong = elements.filter(({ dictionary }) => {
    const own = dictionary.get('Lang')
    return own !== undefined && (typeof own !== 'string' || !tag.test(own))
  })
  const own = reader.catalog.get('Lang')
  return [
    ...unless(typeof own === 'string' && tag.test(own), 'no language'),
    ...wrong.map(({ type }) => `no language: ${type}`),
  ]
}

function ofLinks(reader: Reader, elements: readonly Element[]): string[] {
  const problems: string[] = []
  const tagged = new Set<number>()
  const pageOf = new Map(
    reader.pages.flatMap(({ number, dictionary }) =>
      reader.array(dictionary.get('Annots')).map((annotation) => [numberOf(annotation), number] as const),
    ),
  )
  const parents = reader.numberTree(reader.dictionary(reader.catalog.get('StructTreeRoot')).get('ParentTree'))
  for (const element of elements) {
    const annotations = element.kids.filter((kid) => 'annotation' in kid)
    if (element.type === 'Link' && annotations.length === 0) problems.push('a link without annotation')
    if (element.type !== 'Link' && annotations.length > 0) problems.push(`an annotation in ${element.type}`)
    for (const { annotation: number, on } of annotations) {
      tagged.add(number)
      const annotation = reader.dictionary(reader.object(number))
      const contents = annotation.get('Contents')
      problems.push(
        ...unless(pageOf.get(number) === on, 'a link on another page than the tree says'),
        ...unless(typeof contents === 'string' && contents !== '', 'a link without words'),
        ...unless(((Number(annotation.get('F')) >> 2) & 1) === 1, 'a link that is not printed'),
        ...unless(
          numberOf(parents.get(Number(annotation.get('StructParent')))) === element.number,
          'a link that does not lead back to its element',
        ),
      )
    }
  }
  const untagged = [...pageOf.keys()].filter((one) => !tagged.has(one))
  return [...problems, ...untagged.map((one) => `annotation ${one} is not tagged`)]
}

/** What may stand in what (ISO 32000-1, 14.8.4); types that are not named may hold anything but these. */
const children: Readonly<Record<string, readonly string[]>> = {
  Table: ['Caption', 'TR'],
  TR: ['TH', 'TD'],
  L: ['LI'],
  LI: ['Lbl', 'LBody'],
  TOC: ['TOCI'],
  TOCI: ['Reference'],
}
const parents: Readonly<Record<string, readonly string[]>> = {
  TR: ['Table'],
  TH: ['TR'],
  TD: ['TR'],
  LI: ['L'],
  Lbl: ['LI'],
  LBody: ['LI'],
  TOCI: ['TOC'],
  Caption: ['Table'],
}

function ofNesting({ type, parent, kids }: Element): string[] {
  const allowed = children[type]
  const within = parents[type]
  return [
    ...kids.filter(isElement).flatMap((kid) => unless(allowed?.includes(kid.type) ?? true, `${kid.type} in ${type}`)),
    ...unless(within?.includes(parent?.type ?? '') ?? true, `${type} in ${parent?.type ?? 'nothing'}`),
    ...unless(kids.length > 0 || type === 'TD' || type === 'TH' || type === 'Document', `${type} holds nothing`),
  ]
}

function ofTable(reader: Reader, table: Element): string[] {
  const rows = table.kids.filter(isElement).filter(({ type }) => type === 'TR')
  const cells = rows.map((row) => row.kids.filter(isElement))
  const headers = cells.flat().filter(({ type }) => type === 'TH')
  return [
    ...unless(new Set(cells.map((row) => row.length)).size === 1, 'a table with rows of different lengths'),
    ...unless(headers.length > 0, 'a table without header cells'),
    ...headers.flatMap(({ dictionary }) =>
      unless(
        ['Row', 'Column'].includes(nameOf(reader.dictionary(dictionary.get('A') ?? new Map()).get('Scope')) ?? ''),
        'a header cell without scope',
      ),
    ),
  ]
}
