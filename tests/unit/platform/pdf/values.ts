/** Values of PDF syntax (ISO 32000-1, 7.3) as our files have them, without streams. */

export class Name {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

export class Reference {
  readonly number: number
  constructor(number: number) {
    this.number = number
  }
}

export type Value = null | boolean | number | string | Name | Reference | Value[] | Dictionary
export type Dictionary = Map<string, Value>

const token = /\s*(?:(<<|>>|[[\]])|\/([^\s/<>[\]()]*)|<([0-9a-fA-F\s]*)>|(\()|([^\s/<>[\]()]+))/uy

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Text of a string's bytes: UTF-16BE after a byte order mark, Latin letters otherwise. */
function textOf(bytes: string): string {
  if (!bytes.startsWith('\u00fe\u00ff')) return bytes
  let text = ''
  for (let at = 2; at < bytes.length; at += 2) {
    text += String.fromCharCode((bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1))
  }
  return text
}

class Parser {
  readonly #source: string
  #at = 0

  constructor(source: string) {
    this.#source = source
  }

  #string(): string {
    let bytes = ''
    let depth = 1
    for (;;) {
      const character = this.#source[this.#at++] ?? ')'
      if (character === '\\') {
        const next = this.#source[this.#at++] ?? ''
        bytes += escapes[next] ?? next
        continue
      }
      if (character === '(') depth++
      if (character === ')' && --depth === 0) return bytes
      bytes += character
    }
  }

  value(): Value | undefined {
    token.lastIndex = this.#at
    const match = token.exec(this.#source)
    if (!match) return undefined
    this.#at = token.lastIndex
    const [, bracket, name, hex, opening, word = ''] = match
    if (bracket === '[') return this.#array()
    if (bracket === '<<') return this.#dictionary()
    if (bracket !== undefined) return undefined
    if (name !== undefined) return new Name(name)
    if (hex !== undefined) {
      const bytes = hex.match(/[0-9a-f]{2}/giu) ?? []
      return textOf(bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join(''))
    }
    if (opening !== undefined) return textOf(this.#string())
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    const reference = /^ (\d+) R/u.exec(this.#source.slice(this.#at, this.#at + 12))
    if (/^\d+$/u.test(word) && reference) {
      this.#at += reference[0].length
      return new Reference(Number(word))
    }
    return Number(word)
  }

  #array(): Value[] {
    const values: Value[] = []
    for (let value = this.value(); value !== undefined; value = this.value()) values.push(value)
    return values
  }

  #dictionary(): Dictionary {
    const dictionary: Dictionary = new Map()
    for (let key = this.value(); key !== undefined; key = this.value()) {
      const value = this.value()
      if (!(key instanceof Name) || value === undefined) throw new Error(`no dictionary: ${this.#source.slice(0, 80)}`)
      dictionary.set(key.name, value)
    }
    return dictionary
  }
}

/** The value that a text begins with. */
export function parseValue(source: string): Value {
  const value = new Parser(source).value()
  if (value === undefined) throw new Error(`no value: ${source.slice(0, 80)}`)
  return value
}
