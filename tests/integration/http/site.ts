import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { AppContext } from '#platform/context.ts'
import type { PageRequest, Rendered, Renderer } from '#platform/http/renderer.ts'
import type { Logger } from '#platform/log.ts'
import { createSessions } from '#platform/sessions/sessions.ts'
import { openStorage } from '#platform/storage/open.ts'
import { type RunningServer, startServer } from '../../../src/server.ts'
import { type TestClock, testClock } from '#tests/support/clock.ts'
import { testConfig } from '#tests/support/context.ts'
import { type TestDatabase, useDatabase } from '#tests/support/database.ts'
import { testMailer } from '#tests/support/mailer.ts'
import { testSigner } from '#tests/support/signer.ts'

/** The public address of the test site: never the one that it listens on, so that nothing can lean on `Host`. */
export const publicOrigin = 'http://hub.example.org'

/** A page of the test: gets what a page of Astro would get. */
export type TestPage = (
  request: PageRequest,
  locals: App.Locals,
) => Promise<Rendered | undefined> | Rendered | undefined

export const html = (words: string, more: Partial<Rendered> = {}): Rendered => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', ...more.headers },
  body: Buffer.from(words),
  ...(more.status === undefined ? {} : { status: more.status }),
})

/** A message that the server logged. */
export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface TestSite {
  readonly port: number
  readonly server: RunningServer
  readonly context: AppContext
  readonly clock: TestClock
  readonly database: TestDatabase
  /** What the server logged since the test began. */
  readonly logged: LoggedLine[]
  /** Requests that reached the pages since the test began. */
  readonly rendered: PageRequest[]
  /** The page that answers from now on; back to the usual one with the next test. */
  show(page: TestPage): void
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>
}

const usual: TestPage = (request, locals) => {
  const { problem } = locals
  if (problem === undefined) return html(`<p lang="${locals.locale}">${request.url}</p>`)
  const words = `<html lang="${locals.locale}">${problem.status} ${locals.t(`errors:${problem.code}`, problem.params)}`
  return html(words, { status: problem.status })
}

/** A running site over the database of the worker, whose pages the tests write. Call it at the top of a file. */
export function useSite(options: { graceMs?: number } = {}): TestSite {
  const database = useDatabase()
  let page = usual
  const state: { server?: RunningServer; context?: AppContext } = {}
  const clock = testClock()
  const logged: LoggedLine[] = []
  const rendered: PageRequest[] = []
  const renderer: Renderer = async (request, locals) => {
    rendered.push(request)
    return page(request, locals)
  }

  beforeAll(async () => {
    const clientFolder = mkdtempSync(join(tmpdir(), 'yunqiao-client-'))
    writeFileSync(join(clientFolder, 'mark.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${'<g/>'.repeat(200)}</svg>`)
    const config = { ...testConfig, baseUrl: publicOrigin }
    const log = collect(logged)
    const context: AppContext = {
      config,
      clock,
      log,
      database: database.database,
      sessions: createSessions({ database: database.database, clock, baseUrl: config.baseUrl }),
      storage: await openStorage({ dataDir: clientFolder, bucket: undefined }),
      mailer: testMailer(),
      signer: testSigner({ config, clock, log, database: database.database }),
      secretKey: config.secretKey,
      databaseTarget: database.target,
      close: () => Promise.resolve(),
    }
    state.context = context
    state.server = await startServer({ context, port: 0, pages: { renderer, clientFolder }, ...options })
    await state.server.changes.ready
  })
  beforeEach(() => {
    page = usual
    logged.length = 0
    rendered.length = 0
    clock.set('2026-03-02T01:00:00Z')
    state.server?.cache.flush()
  })
  afterAll(() => state.server?.stop())

  const there = <Name extends keyof typeof state>(name: Name) => {
    const value = state[name]
    if (value === undefined) throw new Error('The site is there within tests and hooks only')
    return value
  }
  const at = (path: string) => `http://127.0.0.1:${there('server').port}${path}`
  return {
    get port() {
      return there('server').port
    },
    get server() {
      return there('server')
    },
    get context() {
      return there('context')
    },
    clock,
    database,
    logged,
    rendered,
    show(next) {
      page = next
    },
    get: (path, headers = {}) => fetch(at(path), { headers, redirect: 'manual' }),
    post: (path, body, headers = { origin: publicOrigin }) =>
      fetch(at(path), { method: 'POST', body, headers, redirect: 'manual' }),
  }
}

function collect(lines: LoggedLine[]): Logger {
  const write =
    (level: LoggedLine['level']) =>
    (message: string, fields: LoggedLine['fields'] = {}) => {
      lines.push({ level, message, fields })
    }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: () => collect(lines),
  }
}
