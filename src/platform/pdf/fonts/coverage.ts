import { closeSync, openSync, readSync } from 'node:fs'
import { faceFile, faceId, families, type Family } from '#platform/pdf/fonts/faces.ts'

/**
 * Which characters a family has, read from its `cmap` alone (the Chinese face has 10 MB, its `cmap` 18 KB), so that
 * the main thread can ask without loading fonts. Both weights of a family have the same characters; a test says so.
 */
interface Ranges {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

function readAt(file: number, offset: number, length: number): DataView {
  const bytes = new Uint8Array(length)
  readSync(file, bytes, 0, length, offset)
  return new DataView(bytes.buffer)
}

function readCmap(path: string): DataView {
  const file = openSync(path, 'r')
  try {
    const count = readAt(file, 0, 12).getUint16(4)
    const directory = readAt(file, 12, 16 * count)
    for (let at = 0; at < 16 * count; at += 16) {
      if (directory.getUint32(at) !== 0x636d6170) continue
      return readAt(file, directory.getUint32(at + 8), directory.getUint32(at + 12))
    }
    throw new Error(`no cmap in ${path}`)
  } finally {
    closeSync(file)
  }
}

function rangesOfFormat12(cmap: DataView, at: number): Ranges {
  const count = cmap.getUint32(at + 12)
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  for (let group = 0; group < count; group++) {
    starts[group] = cmap.getUint32(at + 16 + 12 * group)
    ends[group] = cmap.getUint32(at + 20 + 12 * group)
  }
  return { starts, ends }
}

function rangesOfFormat4(cmap: DataView, at: number): Ranges {
  const count = cmap.getUint16(at + 6) / 2
  const starts = new Uint32Array(count - 1)
  const ends = new Uint32Array(count - 1)
  for (let segment = 0; segment < count - 1; segment++) {
    ends[segment] = cmap.getUint16(at + 14 + 2 * segment)
    starts[segment] = cmap.getUint16(at + 16 + 2 * count + 2 * segment)
  }
  return { starts, ends }
}

function rangesOf(cmap: DataView): Ranges {
  const offsets = Array.from({ length: cmap.getUint16(2) }, (_, index) => cmap.getUint32(8 + 8 * index))
  const best = (format: number) => offsets.find((offset) => cmap.getUint16(offset) === format)
  const full = best(12)
  if (full !== undefined) return rangesOfFormat12(cmap, full)
  const basic = best(4)
  if (basic !== undefined) return rangesOfFormat4(cmap, basic)
  throw new Error('no Unicode subtable in cmap')
}

const known = new Map<Family, Ranges>()

/** Whether the family has a glyph for a code point. */
export function covers(family: Family, codePoint: number): boolean {
  let ranges = known.get(family)
  if (!ranges) {
    ranges = rangesOf(readCmap(faceFile(faceId(family, 'regular'))))
    known.set(family, ranges)
  }
  let low = 0
  let high = ranges.starts.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((ranges.ends[middle] ?? 0) < codePoint) low = middle + 1
    else if ((ranges.starts[middle] ?? 0) > codePoint) high = middle - 1
    else return true
  }
  return false
}

/** The first family that has every one of these code points, the preferred one before all. */
export function familyCovering(codePoints: readonly number[], preferred: Family | undefined): Family | undefined {
  const chain = preferred ? [preferred, ...families.filter((family) => family !== preferred)] : families
  return chain.find((family) => codePoints.every((codePoint) => covers(family, codePoint)))
}
