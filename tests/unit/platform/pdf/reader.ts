import { objectsOf } from './tools.ts'
import { Name, parseValue, Reference, type Dictionary, type Value } from './values.ts'

/** An element of the structure tree, with what hangs on it, in order. */
export interface Element {
  readonly number: number
  readonly type: string
  readonly dictionary: Dictionary
  readonly parent: Element | undefined
  readonly kids: readonly (Element | Content | Annotation)[]
}

/** Marked content: an identifier on a page. */
export interface Content {
  readonly page: number
  readonly id: number
}

export interface Annotation {
  readonly annotation: number
  /** Number of the page that the tree says it is on. */
  readonly on: number
}

export function isElement(kid: Element | Content | Annotation): kid is Element {
  return 'type' in kid
}

export interface Page {
  readonly number: number
  readonly dictionary: Dictionary
  readonly content: string
}

/** A file of our own making, read by no code that wrote it. */
export class Reader {
  readonly #objects: ReturnType<typeof objectsOf>
  readonly #values = new Map<number, Value>()

  constructor(pdf: Uint8Array) {
    this.#objects = objectsOf(pdf)
  }

  get numbers(): number[] {
    return [...this.#objects.keys()]
  }

  /** What a reference stands for; other values are themselves. */
  resolve(value: Value | undefined): Value {
    if (!(value instanceof Reference)) return value ?? null
    let known = this.#values.get(value.number)
    if (known === undefined) {
      known = parseValue(this.#objects.get(value.number)?.dictionary ?? 'null')
      this.#values.set(value.number, known)
    }
    return known
  }

  object(number: number): Value {
    return this.resolve(new Reference(number))
  }

  dictionary(value: Value | undefined): Dictionary {
    const resolved = this.resolve(value)
    if (!(resolved instanceof Map)) throw new Error(`no dictionary, but ${typeof resolved}`)
    return resolved
  }

  array(value: Value | undefined): Value[] {
    const resolved = this.resolve(value)
    return Array.isArray(resolved) ? resolved : []
  }

  stream(value: Value | undefined): string {
    if (!(value instanceof Reference)) return ''
    return this.#objects.get(value.number)?.stream?.toString('latin1') ?? ''
  }

  ofType(type: string): number[] {
    return this.numbers.filter((number) => {
      const value = this.object(number)
      return value instanceof Map && nameOf(value.get('Type')) === type
    })
  }

  get catalog(): Dictionary {
    return this.dictionary(new Reference(this.ofType('Catalog')[0] ?? 0))
  }

  get pages(): Page[] {
    return this.array(this.dictionary(this.catalog.get('Pages')).get('Kids')).map((page) => {
      const dictionary = this.dictionary(page)
      return { number: numberOf(page), dictionary, content: this.stream(dictionary.get('Contents')) }
    })
  }

  /** The topmost elements of the structure tree. */
  get roots(): Element[] {
    const kids = this.resolve(this.dictionary(this.catalog.get('StructTreeRoot')).get('K'))
    return (Array.isArray(kids) ? kids : [this.dictionary(this.catalog.get('StructTreeRoot')).get('K') ?? null]).map(
      (kid) => this.#element(kid, undefined),
    )
  }

  #element(reference: Value, parent: Element | undefined): Element {
    const dictionary = this.dictionary(reference)
    const kids: Element['kids'][number][] = []
    const element = { number: numberOf(reference), type: nameOf(dictionary.get('S')) ?? '', dictionary, parent, kids }
    const own = numberOf(dictionary.get('Pg'))
    const listed = dictionary.get('K') ?? []
    for (const kid of Array.isArray(listed) ? listed : [listed]) {
      if (typeof kid === 'number') kids.push({ page: own, id: kid })
      else {
        const target = this.dictionary(kid)
        const type = nameOf(target.get('Type'))
        if (type === 'MCR') {
          kids.push({ page: target.has('Pg') ? numberOf(target.get('Pg')) : own, id: Number(target.get('MCID')) })
        } else if (type === 'OBJR') {
          kids.push({ annotation: numberOf(target.get('Obj')), on: numberOf(target.get('Pg')) })
        } else kids.push(this.#element(kid, element))
      }
    }
    return element
  }

  /** Number of the page, from 1, on which each block of the document that has a destination stands. */
  get blockPages(): Map<number, number> {
    const pages = this.pages.map(({ number }) => number)
    const tree = this.dictionary(this.dictionary(this.catalog.get('Names')).get('Dests'))
    const names = this.array(tree.get('Names'))
    const result = new Map<number, number>()
    for (let at = 0; at < names.length; at += 2) {
      const [page] = this.array(names[at + 1])
      const name = names[at]
      const block = typeof name === 'string' ? Number(name.replace('block-', '')) : NaN
      result.set(block, pages.indexOf(numberOf(page)) + 1)
    }
    return result
  }

  /** Leaves of a number tree (ISO 32000-1, 7.9.7). */
  numberTree(root: Value | undefined): Map<number, Value> {
    const result = new Map<number, Value>()
    const node = this.dictionary(root)
    const numbers = this.array(node.get('Nums'))
    for (let at = 0; at < numbers.length; at += 2) result.set(Number(numbers[at]), numbers[at + 1] ?? null)
    for (const kid of this.array(node.get('Kids'))) {
      for (const [key, value] of this.numberTree(kid)) result.set(key, value)
    }
    return result
  }
}

export function nameOf(value: Value | undefined): string | undefined {
  return value instanceof Name ? value.name : undefined
}

/** Number of the object that a value refers to; 0 where it refers to none. */
export function numberOf(value: Value | undefined): number {
  return value instanceof Reference ? value.number : 0
}

/** An element and all below it, in the order in which they are read. */
export function* descendants(element: Element): Generator<Element> {
  yield element
  for (const kid of element.kids) if (isElement(kid)) yield* descendants(kid)
}
