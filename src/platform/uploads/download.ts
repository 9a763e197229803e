import type { Readable } from 'node:stream'
import { create } from 'content-disposition'

/** A file as an answer: never shown by a browser as a page of ours, always saved. */
export interface Download {
  readonly headers: Readonly<Record<string, string>>
  /** Not said where it is only known when all was sent. */
  readonly sizeBytes?: number
  /** Opens the file; the answer has not begun. */
  readonly open: () => Promise<Readable>
}

export interface DownloadFile {
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly mediaType: string
}

/** The headers with which somebody else's file leaves our origin: saved under its name in any script, run nowhere. */
export function fileDownload({ name, sha256, sizeBytes, mediaType }: DownloadFile, open: Download['open']): Download {
  return {
    headers: {
      'content-type': mediaType,
      'content-disposition': create(name),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    },
    sizeBytes,
    open,
  }
}
