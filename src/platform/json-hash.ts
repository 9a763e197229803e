import { createHash } from 'node:crypto'
import { pauses } from '#platform/pauses.ts'

type Replace = (name: string, value: unknown) => unknown

/** Deeper than this no part is large by itself: a document's table is in its blocks. */
const deepest = 4

/** Elements of a list that become text at once. */
const atOnce = 200

/**
 * SHA-256 of what `JSON.stringify` makes of a value, as hexadecimal digits. The text is never there as a whole, and
 * others have the thread in between: a report of many agreements has hundreds of megabytes.
 * @param value plain data
 * @param replace as `JSON.stringify` has it, but for lists, of which it is not asked
 */
export async function hashOfJson(value: unknown, replace: Replace = (_, given) => given): Promise<string> {
  const hash = createHash('sha256')
  const pause = pauses()
  for (const piece of piecesOf(value, replace, 0)) {
    hash.update(piece)
    await pause()
  }
  return hash.digest('hex')
}

function* piecesOf(value: unknown, replace: Replace, depth: number): Generator<string> {
  if (Array.isArray(value) && (depth < deepest || value.length > atOnce)) yield* listPieces(value, replace, depth)
  else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < deepest)
    yield* fieldPieces(value, replace, depth)
  else yield JSON.stringify(value, replace)
}

function* listPieces(list: readonly unknown[], replace: Replace, depth: number): Generator<string> {
  yield '['
  if (list.length > atOnce) {
    for (let from = 0; from < list.length; from += atOnce) {
      if (from > 0) yield ','
      yield JSON.stringify(list.slice(from, from + atOnce), replace).slice(1, -1)
    }
  } else {
    for (const [index, item] of list.entries()) {
      if (index > 0) yield ','
      yield* piecesOf(item ?? null, replace, depth + 1)
    }
  }
  yield ']'
}

function* fieldPieces(fields: object, replace: Replace, depth: number): Generator<string> {
  yield '{'
  let isFirst = true
  for (const [name, given] of Object.entries(fields)) {
    const value = replace(name, given)
    if (value === undefined) continue
    yield `${isFirst ? '' : ','}${JSON.stringify(name)}:`
    yield* piecesOf(value, replace, depth + 1)
    isFirst = false
  }
  yield '}'
}
