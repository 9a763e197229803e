import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { agreementDocuments, agreements, documentVersions, storedFiles } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { workOnDocuments } from '#features/documents/document-work.ts'
import { downloadVersion } from '#features/documents/download.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { samplePdf } from '#tests/support/sample-files.ts'
import { html, publicOrigin, type TestPage, useSite } from '../http/site.ts'

type Staff = Extract<Actor, { kind: 'user' }>

const site = useSite()
let officer: Staff
let agreementId: string
let cookie: string

const tables = () => ({ database: site.context.database, clock: site.clock })
const cookieOf = async (userId: string) => (await site.context.sessions.open(userId)).split(';')[0] ?? ''

/** What the pages of documents do, without their words. */
const documentsPage: TestPage = async (request, locals) => {
  if (locals.problem !== undefined) return html(locals.problem.code, { status: locals.problem.status })
  const { context, actor } = locals
  const [, , , , , documentId = '', version = ''] = request.url.slice(1).split('/')
  if (actor.kind !== 'user') return html(`sign in first; typed: ${String(request.body)}`)
  try {
    if (request.method === 'GET') {
      locals.download = await downloadVersion(context, actor, { agreementId, documentId, version })
      return { status: 200, headers: {}, body: Buffer.alloc(0) }
    }
    const form = await new Response(request.body as BodyInit, { headers: request.headers as HeadersInit }).formData()
    const work = await workOnDocuments(context, { actor, form, resumed: false, agreementId, upload: locals.upload })
    if ('saved' in work) return { status: 303, headers: { location: `/en/${work.saved}` }, body: Buffer.alloc(0) }
    return html(JSON.stringify({ draft: work.draft, problems: work.problems, notice: work.notice }), {
      status: work.status,
    })
  } catch (error) {
    locals.failure = error
    return undefined
  }
}

beforeEach(async () => {
  officer = await sampleUser(tables(), 'officer@example.org', 'agreement_officer')
  agreementId = await recordAgreement(site.context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    words: sampleWords(),
    state: 'draft',
  })
  cookie = await cookieOf(officer.id)
  for await (const { sha256 } of site.context.storage.list()) await site.context.storage.remove(sha256)
  site.show(documentsPage)
})

const path = () => `/en/office/agreements/${agreementId}/documents`
const headers = (more: Record<string, string> = {}) => ({ origin: publicOrigin, cookie, ...more })

function form(content: Buffer, { name = 'contract.pdf', ...fields }: Record<string, string> = {}): FormData {
  const data = new FormData()
  const all = {
    kind: 'signed_copy',
    title: 'Cooperation agreement',
    language: 'en',
    token: newId(),
    do: 'save',
    ...fields,
  }
  for (const [field, value] of Object.entries(all)) data.append(field, value)
  data.append('file', new Blob([new Uint8Array(content)]), name)
  return data
}

const kept = async () => (await Array.fromAsync(site.context.storage.list())).map(({ sha256 }) => sha256)
/** Where the site keeps its files. */
async function filesFolder(): Promise<string> {
  const staged = await site.context.storage.stage(Readable.from([]))
  await staged.discard()
  return join(staged.path, '../..')
}
const incoming = async () => (await readdir(join(await filesFolder(), 'incoming'))).length
const recorded = async () => {
  const { database } = site.context
  const [documents, versions, files] = await Promise.all([
    database.select().from(agreementDocuments),
    database.select().from(documentVersions),
    database.select().from(storedFiles),
  ])
  return { documents: documents.length, versions: versions.length, files: files.length }
}
const nothing = { documents: 0, versions: 0, files: 0 }

/** Sends a file as it was sent, and gives back the answer that a browser would save. */
async function upload(content: Buffer, more: Record<string, string> = {}): Promise<Response> {
  const sent = await site.post(path(), form(content, more), headers())
  expect(sent.status, await sent.clone().text()).toBe(303)
  const id = sent.headers.get('location')?.split('/').at(-1) ?? ''
  return site.get(`${path()}/${id}/1`, { cookie })
}

describe('a document', () => {
  test('is sent as a plain form, redirects, and comes back byte for byte as a file to save', async () => {
    const content = samplePdf([], 'as it was signed')
    const answer = await upload(content, { name: '合作协议 (签署) – สัญญา – သဘောတူညီချက်.pdf' })
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-length')).toBe(String(content.length))
    const disposition = answer.headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/)
    expect(decodeURIComponent(/UTF-8''(.*)$/.exec(disposition)?.[1] ?? '')).toBe(
      '合作协议 (签署) – สัญญา – သဘောတူညီချက်.pdf',
    )
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; sandbox")
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(await incoming()).toBe(0)
  })

  test('that says it is a page is none for a browser: it goes out under what it holds', async () => {
    const answer = await upload(samplePdf(), { name: 'page.html' })
    expect(answer.headers.get('content-disposition')).toContain('page.html.pdf')
    expect(answer.headers.get('content-type')).toBe('application/pdf')
  })

  test('of almost 50 MB goes in and out', async () => {
    const content = Buffer.concat([samplePdf(), randomBytes(49 * 1024 * 1024)])
    const answer = await upload(content)
    const hash = createHash('sha256')
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) hash.update(chunk)
    expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'))
  })

  test('asked for with HEAD says what it would be', async () => {
    const content = samplePdf()
    const { url } = await upload(content)
    const answer = await fetch(url, { method: 'HEAD', headers: { cookie } })
    expect(answer.headers.get('content-length')).toBe(String(content.length))
  })

  test('that was damaged in the storage breaks off instead of looking whole', async () => {
    const first = await upload(samplePdf())
    await first.arrayBuffer()
    const [sha256 = ''] = await kept()
    await writeFile(join(await filesFolder(), 'sha256', sha256.slice(0, 2), sha256), 'x'.repeat(samplePdf().length))
    await expect(fetch(first.url, { headers: { cookie } }).then((answer) => answer.arrayBuffer())).rejects.toThrow()
    await expect.poll(() => site.logged.map(({ message }) => message)).toContain('a request failed')
    site.logged.length = 0
  })
})

describe('what was typed comes back with what is wrong beside it', () => {
  const refused = async (content: Buffer, more: Record<string, string> = {}) => {
    const answer = await site.post(path(), form(content, more), headers())
    expect(answer.status).toBe(422)
    expect(await kept()).toEqual([])
    expect(await incoming()).toBe(0)
    expect(await recorded()).toEqual(nothing)
    return (await answer.json()) as { draft: { title: string }; problems: { path: string; code: string }[] }
  }

  test('for a renamed program', async () => {
    const { draft, problems } = await refused(Buffer.from('MZ\x90\0'), { title: 'A title to keep' })
    expect(draft.title).toBe('A title to keep')
    expect(problems).toMatchObject([{ path: 'file', code: 'file_executable' }])
  })

  test('for a file of more than 50 MB', async () => {
    const { draft, problems } = await refused(Buffer.alloc(50 * 1024 * 1024 + 1, '%PDF-'), { title: 'A title to keep' })
    expect(draft.title).toBe('A title to keep')
    expect(problems).toMatchObject([{ path: 'file', code: 'file_too_large' }])
  })

  test('for a missing title, when the file has to be chosen again', async () => {
    const { problems } = await refused(samplePdf(), { title: ' ' })
    expect(problems).toMatchObject([
      { path: 'title', code: 'required' },
      { path: 'file', code: 'file_again' },
    ])
  })

  test('for no file', async () => {
    const { problems } = await refused(Buffer.alloc(0), { name: '' })
    expect(problems).toMatchObject([{ path: 'file', code: 'file_missing' }])
  })
})

describe('nothing is stored and nothing recorded', () => {
  /** A request that has sent its head and half of a file. */
  async function half(more: Record<string, string>): Promise<ClientRequest> {
    const boundary = 'half'
    const request = httpRequest({
      host: '127.0.0.1',
      port: site.port,
      path: path(),
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': 10_000_000, ...more },
    })
    request.on('error', () => undefined)
    request.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-${'x'.repeat(300_000)}`,
    )
    return Promise.resolve(request)
  }
  const check = async () => {
    expect(await kept()).toEqual([])
    expect(await incoming()).toBe(0)
    expect(await recorded()).toEqual(nothing)
  }

  test('of an upload that is cut in the middle', async () => {
    const request = await half(headers())
    await expect.poll(incoming).toBe(1)
    request.destroy()
    await expect.poll(() => recorded()).toEqual(nothing)
    await expect.poll(() => kept()).toEqual([])
    await expect.poll(incoming).toBe(0)
    expect(site.rendered.every(({ method }) => method !== 'POST')).toBe(true)
  })

  test.each([
    ['from another site', 403, () => ({ origin: 'https://evil.example', cookie })],
    [
      'of somebody who may not',
      403,
      async () => headers({ cookie: await cookieOf((await sampleUser(tables(), 'r@example.org', 'reader')).id) }),
    ],
  ])('%s: it is answered before the file has come', async (_, status, send) => {
    const request = await half(await send())
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }]
    expect(response.statusCode).toBe(status)
    response.resume()
    request.destroy()
    await check()
  })

  test('for an agreement that is confidential: it is not there, before the file has come', async () => {
    const other = await sampleUser(tables(), 'other@example.org', 'agreement_officer')
    await site.context.database
      .update(agreements)
      .set({ visibility: 'confidential' })
      .where(eq(agreements.id, agreementId))
    const request = await half(headers({ cookie: await cookieOf(other.id) }))
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }]
    expect(response.statusCode).toBe(404)
    response.resume()
    request.destroy()
    await check()
  })

  test('of somebody whose session has ended, whose words are kept', async () => {
    const answer = await site.post(path(), form(samplePdf(), { title: 'Typed for an hour' }), { origin: publicOrigin })
    expect(await answer.text()).toContain('Typed+for+an+hour')
    await check()
  })

  test('with a forged token', async () => {
    for (const token of ['', 'x', '../../etc/passwd']) {
      expect((await site.post(path(), form(samplePdf(), { token }), headers())).status).toBe(400)
    }
    expect(await recorded()).toEqual(nothing)
    expect(await incoming()).toBe(0)
  })

  test('with fields that no form of ours has', async () => {
    expect((await site.post(path(), form(samplePdf(), { archived: 'yes' }), headers())).status).toBe(400)
    expect((await site.post(path(), form(samplePdf(), { do: 'delete' }), headers())).status).toBe(400)
    await check()
  })
})

describe('a document that one may not see', () => {
  test('is not there, whatever is wrong with asking for it', async () => {
    const answer = await upload(samplePdf())
    await answer.arrayBuffer()
    const address = new URL(answer.url).pathname
    const other = await sampleUser(tables(), 'other@example.org', 'reader')
    const theirs = await cookieOf(other.id)
    expect((await site.get(address, { cookie: theirs })).status).toBe(200)
    await site.context.database
      .update(agreements)
      .set({ visibility: 'confidential' })
      .where(eq(agreements.id, agreementId))
    expect((await site.get(address, { cookie: theirs })).status).toBe(404)
    expect((await site.get(address, { cookie })).status).toBe(200)
    for (const wrong of ['0', '2', '01', 'x', '1e0']) {
      expect((await site.get(address.replace(/1$/, wrong), { cookie })).status, wrong).toBe(404)
    }
  })
})
