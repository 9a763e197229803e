import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AppContext } from '#platform/context.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { sendReady, sendRendered } from './answer.ts'
import { problemJson } from './bare-problem.ts'
import { clientAddressOf } from './client-address.ts'
import type { AnswerPlain } from './express-lane.ts'
import { localeFor, localeSwitch } from './locale-choice.ts'
import { comesFromSite, isSafeMethod } from './origin.ts'
import { createPages, type PageView } from './pages.ts'
import { alive, readiness } from './probes.ts'
import { loggable } from './loggable.ts'
import { problem as makeProblem, type Problem, problemOf } from './problem.ts'
import { type AnswerCache, createPublicPages } from './public-pages.ts'
import type { Rendered, Renderer } from './renderer.ts'
import { readBody } from './request-body.ts'
import { parseTarget, type RequestTarget } from './request-target.ts'
import { canonicalQuery, routeFinder, type RouteTable } from './routes.ts'
import { securityHeaders } from './security-headers.ts'
import type { StaticFiles } from './static-files.ts'
import { answerFrom } from './stored-page.ts'
import { sendDownload, type UploadRoute, uploadTaker } from './uploads.ts'

export interface ApplicationOptions {
  readonly context: AppContext
  readonly renderer: Renderer
  readonly routes: RouteTable
  /** Pages whose forms send a file. */
  readonly uploads: readonly UploadRoute[]
  readonly files: StaticFiles
  readonly cache: AnswerCache
  /** Who a request's `Cookie` header says asks. */
  readonly resolveActor: (cookieHeader: string) => Promise<App.Locals['actor']>
  /** Called after every request that may have written; resolves when the cache knows of all changes before. */
  readonly afterWrite: () => Promise<void>
}

export interface Application {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
  /** The answer that the cache has for a plain request of a visitor; undefined where it takes more than that. */
  readonly answerPlain: AnswerPlain
  /** From now on every answer is the last one on its connection, and `/readyz` says no. */
  stop(): void
}

const visitor = { kind: 'visitor' } as const
const methods = ['GET', 'HEAD', 'POST']

/** One request on its way through the checks. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly method: string
  readonly url: string
}

/** Everything between the connection and the pages: checks, files, negotiation, cache, errors. */
export function createApplication(options: ApplicationOptions): Application {
  const { context, files, cache, routes } = options
  const { baseUrl } = context.config
  const headers = securityHeaders(baseUrl)
  const pages = createPages(context, options.renderer)
  const publicPages = createPublicPages(cache, pages, headers)
  const findRoute = routeFinder(routes.publicRoutes)
  const takeUpload = uploadTaker(context, options.uploads)
  const clientAddress = clientAddressOf(context.config.trustedProxies)
  const underWay = new Set<ServerResponse>()
  let isStopping = false

  const hasSession = (cookie: string | undefined) => cookie !== undefined && context.sessions.carries(cookie)

  const answerPlain: AnswerPlain = ({ url, headers }) => {
    const found = cache.get(url)
    if (found === undefined || hasSession(headers.cookie)) return undefined
    return localeSwitch(headers, url, baseUrl) === undefined ? answerFrom(found, headers) : undefined
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '' } = request
    if (isStopping) response.shouldKeepAlive = false
    const ready = isSafeMethod(method) ? answerPlain({ url, headers: request.headers }) : undefined
    if (ready !== undefined) return sendReady(response, ready)
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    const exchange = { request, response, method, url }
    route(exchange).catch((error: unknown) => fail(exchange, error))
  }

  async function route(exchange: Exchange): Promise<void> {
    const { request, response, method, url } = exchange
    const parsed = parseTarget(url)
    if (parsed.kind === 'refused') return sendProblem(exchange, makeProblem(parsed.code))
    if (!methods.includes(method)) return sendProblem(exchange, notAllowed(methods))
    if (parsed.kind === 'redirect') return redirect(exchange, isSafeMethod(method) ? 301 : 308, parsed.location)
    const { target } = parsed
    if (target.path === '/healthz') return send(exchange, alive())
    if (target.path === '/readyz') return send(exchange, await readiness(context, isStopping))

    const file = files.get(target.path)
    if (file !== undefined) {
      if (!isSafeMethod(method)) return sendProblem(exchange, notAllowed(['GET', 'HEAD']))
      return sendReady(response, answerFrom(await file, request.headers))
    }
    if (target.path === '/') {
      const query = target.query === '' ? '' : `?${target.query}`
      return redirect(exchange, 302, `/${localeFor(request.headers)}${query}`, ['Vary', 'Accept-Language, Cookie'])
    }
    return servePage(exchange, target)
  }

  async function servePage(exchange: Exchange, target: RequestTarget): Promise<void> {
    const { request, response, method, url } = exchange
    const [first = '', ...below] = target.segments
    const inLocale = isLocale(first)
    const publicRoute = inLocale ? findRoute(below, false) : findRoute(target.segments, true)
    if (!inLocale && publicRoute === undefined && !routes.rootSegments.includes(first)) {
      return sendProblem(exchange, makeProblem('not_found'))
    }
    const locale: Locale = inLocale ? first : localeFor(request.headers)
    if (publicRoute !== undefined && !isSafeMethod(method)) return sendProblem(exchange, notAllowed(['GET', 'HEAD']))
    if (!isSafeMethod(method) && !comesFromSite(request.headers, baseUrl)) {
      return sendProblem(exchange, makeProblem('wrong_origin', { address: baseUrl }))
    }
    const { cookie } = request.headers
    const setCookie = localeSwitch(request.headers, url, baseUrl)
    const query = publicRoute === undefined ? target.query : canonicalQuery(target.query, publicRoute.parameters)
    const pageRequest = {
      method: method === 'HEAD' ? 'GET' : method,
      url: query === '' ? target.path : `${target.path}?${query}`,
      headers: request.headers,
      clientAddress: clientAddress(request),
    }
    if (publicRoute !== undefined && !hasSession(cookie)) {
      const view = { request: pageRequest, locale, actor: visitor }
      return publicPages.serve(request, response, { view, route: publicRoute, setCookie })
    }
    const actor = hasSession(cookie) ? await options.resolveActor(cookie ?? '') : visitor
    if (isSafeMethod(method)) {
      const view = { request: pageRequest, locale, actor }
      return send(exchange, await pages.render(view), setCookie === undefined ? [] : ['Set-Cookie', setCookie])
    }
    const answer = await write({ request: pageRequest, locale, actor }, request, below)
    // Whoever wrote shall find it: no answer before the cache has heard of the change.
    await options.afterWrite().catch((error: unknown) => context.log.warn('changes were not heard', { error }))
    return send(exchange, answer)
  }

  async function write(view: PageView, request: IncomingMessage, below: readonly string[]): Promise<Rendered> {
    const taken = await takeUpload(request, below, view.actor, view.request.clientAddress)
    if (taken === undefined)
      return pages.render({ ...view, request: { ...view.request, body: await readBody(request) } })
    try {
      return await pages.render({ ...view, request: { ...view.request, ...taken.request }, upload: taken.upload })
    } finally {
      await taken.upload.file?.discard()
    }
  }

  function send({ request, response }: Exchange, answer: Rendered, extra: readonly string[] = []): Promise<void> {
    if (answer.download !== undefined)
      return sendDownload(request, response, answer, answer.download, [...headers, ...extra])
    return sendRendered(request, response, answer, [...headers, ...extra])
  }

  function redirect(
    exchange: Exchange,
    status: number,
    location: string,
    extra: readonly string[] = [],
  ): Promise<void> {
    return send(exchange, { status, headers: { location }, body: Buffer.alloc(0) }, extra)
  }

  async function sendProblem(exchange: Exchange, problem: Problem): Promise<void> {
    const { request, method } = exchange
    const [first] = exchange.url.slice(1).split(/[/?]/, 1)
    if (first === 'api') return send(exchange, problemJson(problem))
    const locale = isLocale(first) ? first : localeFor(request.headers)
    const view: PageView = {
      request: { method, url: `/${locale}`, headers: {}, clientAddress: '' },
      locale,
      actor: visitor,
    }
    return send(exchange, await pages.renderProblem(problem, view))
  }

  function fail(exchange: Exchange, error: unknown): void {
    const { response, url } = exchange
    const problem = problemOf(error)
    const requestId = randomUUID()
    if (problem.code === 'internal') context.log.error('a request failed', { error, requestId, path: loggable(url) })
    if (response.headersSent || response.destroyed) {
      response.destroy()
      return
    }
    sendProblem(exchange, problem).catch((cause: unknown) => {
      context.log.error('an error could not be told', { error: cause, requestId })
      response.destroy()
    })
  }

  return {
    handle,
    answerPlain,
    stop() {
      isStopping = true
      for (const response of underWay) response.shouldKeepAlive = false
    },
  }
}

function notAllowed(allowed: readonly string[]): Problem {
  return makeProblem('method_not_allowed', {}, { allow: allowed.join(', ') })
}
