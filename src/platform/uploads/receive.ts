import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { DomainError } from '#platform/errors.ts'
import type { StagedFile } from '#platform/storage/staging.ts'
import type { Examined } from './examine.ts'

const megabyte = 1024 * 1024

/** Bytes of a file at most. */
export const maxFileBytes = 50 * megabyte

/** The name of the form's file field. */
export const fileField = 'file'

/** A form that came with a file, after the file has been taken out of it. */
export interface ReceivedUpload {
  readonly fields: URLSearchParams
  /** Undefined where none was chosen, or none was taken. */
  readonly file: UploadedFile | undefined
  /** What was seen of a file that is not kept. */
  readonly examined?: Examined
  /** Why a file that was chosen was not taken: the sender has no session, or it is larger than `limitBytes`. */
  readonly notTaken: 'signed_out' | 'too_large' | undefined
}

export interface UploadedFile extends StagedFile {
  /** As the sender calls it. */
  readonly name: string
}

export interface ReceiveOptions {
  /** Where a file goes; undefined for a sender whose file is not taken. */
  readonly stage: ((source: AsyncIterable<Uint8Array>) => Promise<StagedFile>) | undefined
  /** Where it is given, a file is only looked at as it goes by, whoever sends it. */
  readonly examine?: (source: AsyncIterable<Uint8Array>) => Promise<Omit<Examined, 'name'>>
  readonly limitBytes?: number
  /** Silence on the line after which the sender is given up. */
  readonly idleMs?: number
}

/** Fields beside the file: far more than any form has, far less than would cost anything. */
const limits = {
  files: 1,
  fields: 64,
  parts: 66,
  fieldSize: 64 * 1024,
  fieldNameSize: 100,
  headerPairs: 16,
  headerSize: 8192,
}

export function isMultipart(request: IncomingMessage): boolean {
  return /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '')
}

/**
 * Reads a form with one file as it comes, a chunk at a time: the line waits for the disk, and nothing of the file stays
 * in memory. Where it fails, nothing of it is left; else the caller discards the file when it is done.
 * @throws DomainError `bad_request` for what is no such form or breaks off, `too_large` for what goes on and on
 */
export async function receiveUpload(request: IncomingMessage, options: ReceiveOptions): Promise<ReceivedUpload> {
  const { stage, examine, limitBytes = maxFileBytes, idleMs = 60_000 } = options
  const fields = new URLSearchParams()
  let part: BusboyFileStream | undefined
  let taking: Promise<UploadedFile | undefined> | undefined
  let examined: Examined | undefined
  let notTaken: ReceivedUpload['notTaken']
  const { promise: failed, reject: fail } = Promise.withResolvers<never>()
  failed.catch(() => undefined)

  type Take = (stream: AsyncIterable<Uint8Array>, name: string) => Promise<UploadedFile | undefined>
  const keep =
    (inStage: NonNullable<typeof stage>): Take =>
    async (stream, name) => ({ ...(await inStage(stream)), name })
  const lookAt =
    (at: NonNullable<typeof examine>): Take =>
    async (stream, name) => {
      examined = { ...(await at(stream)), name }
      return undefined
    }
  const parser = openParser(request, limitBytes)
  parser.on('error', fail)
  for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
    parser.on(limit, () => fail(new DomainError('bad_request')))
  }
  parser.on('field', (name, value, _nameTruncated, isTruncated) => {
    if (isTruncated) fail(new DomainError('bad_request', { parameter: name }))
    else fields.append(name, value)
  })
  parser.on('file', (field: string, stream, name: string | undefined) => {
    stream.on('error', () => undefined)
    const isChosen = name !== undefined && name !== ''
    if (field !== fileField && isChosen) fail(new DomainError('bad_request', { parameter: field }))
    const take = examine === undefined ? stage && keep(stage) : lookAt(examine)
    if (isChosen && take === undefined) notTaken = 'signed_out'
    if (!isChosen || field !== fileField || take === undefined) {
      stream.resume()
      return
    }
    part = stream
    stream.on('limit', () => {
      notTaken = 'too_large'
    })
    taking = take(stream, name)
    taking.catch((error: unknown) => {
      fail(error instanceof Error ? error : new Error('the file could not be taken', { cause: error }))
      stream.resume()
    })
  })

  request.setTimeout(idleMs, () => request.destroy())
  try {
    const most = Math.max(4 * limitBytes, 2 * megabyte)
    let length = 0
    // An answer needs the connection: a form that is refused half-way is let through unread.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > most) {
        request.destroy()
        throw new DomainError('too_large', { megabytes: Math.floor(limitBytes / megabyte) })
      }
      await Promise.race([failed, written(parser, chunk)])
    }
    const finished = new Promise((resolve) => parser.on('finish', resolve))
    parser.end()
    await Promise.race([failed, finished])
    const file = await taking
    if (notTaken !== 'too_large') return { fields, file, notTaken, ...(examined && { examined }) }
    await file?.discard()
    return { fields, file: undefined, notTaken }
  } catch (error) {
    const cause = error instanceof Error ? error : new Error('the form broke off', { cause: error })
    part?.destroy(cause)
    await taking?.then(
      (file) => file?.discard(),
      () => undefined,
    )
    throw error instanceof DomainError || isOurs(error) ? error : new DomainError('bad_request', {}, [], error)
  } finally {
    request.setTimeout(0)
  }
}

function openParser(request: IncomingMessage, limitBytes: number): BusboyInstance {
  try {
    const headers = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' }
    return new Busboy({ headers, limits: { ...limits, fileSize: limitBytes } })
  } catch (error) {
    throw new DomainError('bad_request', {}, [], error)
  }
}

/** Resolves when the parser, and whoever reads the file behind it, can take more. */
function written(parser: BusboyInstance, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error?: Error | null) => (error ? reject(error) : resolve()))
  })
}

/** The disk or the storage failed, not the sender. */
function isOurs(error: unknown): boolean {
  const syscall = (error as NodeJS.ErrnoException | undefined)?.syscall
  return syscall !== undefined && syscall !== 'read'
}
