import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The few words of S3 that we use, in this process. Objects appear once all of their bytes have come. */
export interface FakeBucket {
  readonly endpoint: string
  readonly objects: Map<string, { readonly body: Buffer; readonly at: Date }>
  /** Methods of the requests that came, in order. */
  readonly methods: string[]
  readonly close: () => Promise<void>
}

export const fakeBucketName = 'papers'

/** Objects that one page of a listing has at most, so that a few of them make several. */
const pageSize = 2

export async function startFakeBucket(): Promise<FakeBucket> {
  const objects: FakeBucket['objects'] = new Map()
  const methods: string[] = []
  const server = createServer((request, response) => {
    methods.push(request.method ?? '')
    answer(objects, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    methods,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(
  objects: FakeBucket['objects'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake.invalid')
  const [, bucket, ...rest] = url.pathname.split('/')
  const key = rest.map(decodeURIComponent).join('/')
  const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=key/') ?? false
  if (!isSigned) return fail(response, 403, 'AccessDenied')
  if (bucket !== fakeBucketName) return fail(response, 404, 'NoSuchBucket')
  if (key === '') return list(objects, url, response)
  const object = objects.get(key)
  switch (request.method) {
    case 'PUT': {
      const chunks: Buffer[] = []
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
      const body = Buffer.concat(chunks)
      const expected = request.headers['x-amz-checksum-sha256']
      if (createHash('sha256').update(body).digest('base64') !== expected) return fail(response, 400, 'BadDigest')
      objects.set(key, { body, at: new Date() })
      response.writeHead(200, { etag: '"fake"' }).end()
      return
    }
    case 'DELETE':
      objects.delete(key)
      response.writeHead(204).end()
      return
    default: {
      if (object === undefined) return fail(response, 404, 'NoSuchKey', request.method === 'HEAD')
      response.writeHead(200, {
        'content-length': object.body.length,
        'last-modified': object.at.toUTCString(),
        etag: '"fake"',
      })
      response.end(request.method === 'HEAD' ? undefined : object.body)
    }
  }
}

function list(objects: FakeBucket['objects'], url: URL, response: ServerResponse): void {
  const start = Number(url.searchParams.get('continuation-token') ?? 0)
  const prefix = url.searchParams.get('prefix') ?? ''
  const found = [...objects].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
  const page = found.slice(start, start + pageSize)
  const next = start + pageSize < found.length ? start + pageSize : undefined
  const contents = page.map(
    ([key, { body, at }]) =>
      `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified><Size>${body.length}</Size></Contents>`,
  )
  const more = next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`
  response.writeHead(200, { 'content-type': 'application/xml' })
  response.end(
    `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${more}${contents.join('')}</ListBucketResult>`,
  )
}

function fail(response: ServerResponse, status: number, code: string, bodyless = false): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(bodyless ? undefined : `<Error><Code>${code}</Code></Error>`)
}
