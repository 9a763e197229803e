import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

/** Small files of every kind, made of what tells the kind apart and little else. */

const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** A PDF with these objects' bodies, which readers open. */
export function samplePdf(objects: readonly (string | Buffer)[] = [], words = 'A sample paper'): Buffer {
  const drawing = `BT /F1 24 Tf 72 720 Td (${words}) Tj ET`
  const bodies: readonly (string | Buffer)[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects,
  ]
  const parts: Buffer[] = [latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')]
  const offsets: number[] = []
  let length = parts[0]!.length
  const add = (part: Buffer) => {
    parts.push(part)
    length += part.length
  }
  for (const [index, body] of bodies.entries()) {
    offsets.push(length)
    add(latin1(`${index + 1} 0 obj\n`))
    add(typeof body === 'string' ? latin1(body) : body)
    add(latin1('\nendobj\n'))
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  add(latin1(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${table}`))
  const start = length - table.length - `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`.length
  add(latin1(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`))
  return Buffer.concat(parts)
}

/** Objects packed into a stream of their own, where a plain search does not see them. */
export function objectStream(words: string, filter = '/FlateDecode'): Buffer {
  const packed = filter === '/FlateDecode' ? deflateSync(words) : latin1(words)
  const dictionary = `<< /Type /ObjStm /N 1 /First 4 /Filter ${filter} /Length ${packed.length} >>\nstream\r\n`
  return Buffer.concat([latin1(dictionary), packed, latin1('\nendstream')])
}

export interface ZipPart {
  readonly name: string
  readonly body?: string | Buffer
  /** Left as it is instead of packed. */
  readonly stored?: boolean
  /** What the directory says instead of the truth. */
  readonly claims?: { readonly size?: number; readonly packed?: number; readonly flags?: number; readonly at?: number }
}

/** A ZIP container. */
export function sampleZip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, body = '', stored = false, claims = {} } of parts) {
    const plain = Buffer.from(body)
    const packed = stored ? plain : deflateRawSync(plain)
    const nameBytes = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800 | (claims.flags ?? 0), 2)
    common.writeUInt16LE(stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(claims.packed ?? packed.length, 14)
    common.writeUInt32LE(claims.size ?? plain.length, 18)
    common.writeUInt16LE(nameBytes.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(claims.at ?? offset, 10)
    files.push(latin1('PK\x03\x04'), common, nameBytes, packed)
    directory.push(latin1('PK\x01\x02'), Buffer.from([20, 0]), common, tail, nameBytes)
    offset += 30 + nameBytes.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, list, latin1('PK\x05\x06'), end])
}

const mainTypes = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
  docm: 'application/vnd.ms-word.document.macroEnabled.main+xml',
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
  pptm: 'application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml',
} as const

/** An Office file of today; `more` are further parts of its container. */
export function sampleOpenXml(kind: keyof typeof mainTypes, more: readonly ZipPart[] = []): Buffer {
  const types = `<?xml version="1.0"?><Types><Override PartName="/main.xml" ContentType="${mainTypes[kind]}"/></Types>`
  return sampleZip([{ name: '[Content_Types].xml', body: types }, { name: 'main.xml', body: '<main/>' }, ...more])
}

export function sampleOpenDocument(
  kind: 'text' | 'spreadsheet' | 'presentation',
  more: readonly ZipPart[] = [],
): Buffer {
  const mimetype = `application/vnd.oasis.opendocument.${kind}`
  return sampleZip([{ name: 'mimetype', body: mimetype, stored: true }, { name: 'content.xml', body: '<x/>' }, ...more])
}

/** A compound file ([MS-CFB]) whose directory has these names. */
export function sampleOle(names: readonly string[]): Buffer {
  const free = 0xffffffff
  const entries = ['Root Entry', ...names]
  const directorySectors = Math.ceil(entries.length / 4)
  const header = Buffer.alloc(512, 0)
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  header.writeUInt16LE(9, 30)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(0xfffffffe, 68)
  header.fill(0xff, 76)
  header.writeUInt32LE(0, 76)
  const table = Buffer.alloc(512, 0xff)
  table.writeUInt32LE(0xfffffffd, 0)
  for (let sector = 1; sector <= directorySectors; sector += 1) {
    table.writeUInt32LE(sector === directorySectors ? 0xfffffffe : sector + 1, 4 * sector)
  }
  const directory = Buffer.alloc(512 * directorySectors)
  for (const [index, name] of entries.entries()) {
    const entry = directory.subarray(128 * index, 128 * (index + 1))
    entry.write(name, 'utf16le')
    entry.writeUInt16LE(2 * name.length + 2, 64)
    entry[66] = index === 0 ? 5 : 2
    for (const at of [68, 72, 76]) entry.writeUInt32LE(free, at)
  }
  return Buffer.concat([header, table, directory])
}

export const samplePng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
