import { execFileSync } from 'node:child_process'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { withFile } from './tools.ts'

/** A grey picture, a byte a pixel, 0 for black. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

const pixelsPerInch = 40

/** A page as poppler draws it. */
export function pictureOf(pdf: Uint8Array, page: number): Picture {
  const options = ['-r', String(pixelsPerInch), '-gray', '-f', String(page), '-l', String(page)]
  const bytes = withFile(pdf, (file) => execFileSync('pdftoppm', [...options, file]))
  const [head = '', width, height] = /^P5\s(\d+)\s(\d+)\s255\s/u.exec(bytes.subarray(0, 32).toString('latin1')) ?? []
  return { width: Number(width), height: Number(height), pixels: bytes.subarray(head.length) }
}

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length)
  bytes.writeUInt32BE(data.length)
  bytes.write(type, 4)
  data.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length)
  return bytes
}

/** A picture as a PNG file of eight bits (ISO/IEC 15948), lines unfiltered. */
export function writePng({ width, height, pixels }: Picture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) lines.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const data = deflateSync(lines, { level: 9 })
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** Reads what `writePng` wrote. */
export function readPng(png: Buffer): Picture {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const lines = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)))
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = y * (width + 1) + 1
    pixels.set(lines.subarray(from, from + width), y * width)
  }
  return { width, height, pixels }
}

const block = 8

/**
 * How far two pictures are from one another: the greatest difference of mean grey, of 255, over squares of 8 pixels.
 * Letters that another release of poppler smooths otherwise hardly differ so; a line that moves does.
 */
export function distance(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 255
  let most = 0
  for (let top = 0; top < one.height; top += block) {
    for (let left = 0; left < one.width; left += block) {
      let sum = 0
      let count = 0
      for (let y = top; y < Math.min(top + block, one.height); y++) {
        for (let x = left; x < Math.min(left + block, one.width); x++) {
          sum += (one.pixels[y * one.width + x] ?? 0) - (other.pixels[y * one.width + x] ?? 0)
          count++
        }
      }
      most = Math.max(most, Math.abs(sum / count))
    }
  }
  return most
}
