import type { Readable } from 'node:stream'
import { create } from 'content-disposition'

/** A file as an answer: never shown by a browser as a page of ours, always saved. */
export interface Download {
  readonly headers: Readonly<Record<string, string>>
  /** Undefined where it is made while it is sent: a break-off then shows by the missing end of the last chunk. */
  readonly sizeBytes: number | undefined
  /** Opens the file; the answer has not begun. */
  readonly open: () => Promise<Readable>
}

export interface DownloadFile {
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly mediaType: string
}

/** The headers with which a file leaves our origin: saved under its name in any script, run nowhere. */
const headersOf = ({ name, mediaType }: Pick<DownloadFile, 'name' | 'mediaType'>) => ({
  'content-type': mediaType,
  'content-disposition': create(name),
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-store',
})

/** Somebody's file as they gave it to us. */
export function fileDownload({ sha256, sizeBytes, ...file }: DownloadFile, open: Download['open']): Download {
  return {
    headers: {
      ...headersOf(file),
      'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    },
    sizeBytes,
    open,
  }
}

/** A file that is made while it is sent. */
export function madeDownload(file: Pick<DownloadFile, 'name' | 'mediaType'>, open: Download['open']): Download {
  return { headers: headersOf(file), sizeBytes: undefined, open }
}
