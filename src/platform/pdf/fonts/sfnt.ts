/** Reading and writing the container of TrueType fonts (OpenType, "Organization of an OpenType Font"). */

export type Tables = ReadonlyMap<string, Uint8Array>

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The tables of a font, as windows on its bytes. */
export function readTables(font: Uint8Array): Tables {
  const view = viewOf(font)
  const tables = new Map<string, Uint8Array>()
  for (let index = 0; index < view.getUint16(4); index++) {
    const at = 12 + 16 * index
    const tag = String.fromCharCode(...font.subarray(at, at + 4))
    const offset = view.getUint32(at + 8)
    tables.set(tag, font.subarray(offset, offset + view.getUint32(at + 12)))
  }
  return tables
}

/** A table that every font has; its absence is a broken installation. */
export function table(tables: Tables, tag: string): DataView {
  const bytes = tables.get(tag)
  if (!bytes) throw new Error(`font without the table ${tag}`)
  return viewOf(bytes)
}

function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 4) {
    const word =
      ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    sum = (sum + (word >>> 0)) >>> 0
  }
  return sum
}

/** A font of these tables, in the order of their tags, each on a four-byte boundary. */
export function writeTables(tables: Tables): Uint8Array {
  const entries = [...tables].sort(([one], [other]) => (one < other ? -1 : 1))
  const headerLength = 12 + 16 * entries.length
  const length = entries.reduce((sum, [, bytes]) => sum + Math.ceil(bytes.length / 4) * 4, headerLength)
  const font = new Uint8Array(length)
  const view = viewOf(font)
  const power = Math.floor(Math.log2(entries.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, entries.length)
  view.setUint16(6, 16 * 2 ** power)
  view.setUint16(8, power)
  view.setUint16(10, 16 * (entries.length - 2 ** power))
  let offset = headerLength
  for (const [index, [tag, bytes]] of entries.entries()) {
    const at = 12 + 16 * index
    for (let letter = 0; letter < 4; letter++) view.setUint8(at + letter, tag.charCodeAt(letter))
    view.setUint32(at + 4, checksum(bytes))
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, bytes.length)
    font.set(bytes, offset)
    offset += Math.ceil(bytes.length / 4) * 4
  }
  return font
}
