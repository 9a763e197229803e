import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { AppContext } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { ReceivedUpload } from '#platform/uploads/receive.ts'
import { bareProblem } from './bare-problem.ts'
import { loggable } from './loggable.ts'
import { problem as makeProblem, type Problem, problemOf, problemOfStatus } from './problem.ts'
import type { PageRequest, Rendered, Renderer } from './renderer.ts'

/** The address under which Astro has the page of an error; no request from outside gets there: it is no locale. */
const problemPath = '/problem'

type Actor = App.Locals['actor']

/** What a page is rendered for. */
export interface PageView {
  readonly request: PageRequest
  readonly locale: Locale
  readonly actor: Actor
  /** Filled by the page with what it shows. */
  readonly cacheTags?: Set<string>
  /** What came with a form that sends a file. */
  readonly upload?: ReceivedUpload
}

export type Pages = ReturnType<typeof createPages>

/** The pages, with every failure made a page as well. Neither function rejects. */
export function createPages(context: AppContext, renderer: Renderer) {
  const log = context.log

  async function renderProblem(problem: Problem, view: PageView, requestId: string = randomUUID()): Promise<Rendered> {
    const { request, locale } = view
    const localised = { ...problem, path: request.url }
    const locals: App.Locals = { ...localsFor(context, view, requestId), problem: localised }
    try {
      const page = await renderer(
        { ...request, method: 'GET', url: problemPath, headers: quiet(request.headers) },
        locals,
      )
      if (page !== undefined && page.status === problem.status && locals.failure === undefined) {
        return { ...page, headers: { ...page.headers, ...problem.headers } }
      }
      if (page !== undefined) log.error('the page of an error failed', { error: locals.failure, requestId })
    } catch (error) {
      log.error('the page of an error failed', { error, requestId })
    }
    return bareProblem(problem, locale)
  }

  /** The answer to a request: what its page says, or the page of what went wrong. */
  async function render(view: PageView): Promise<Rendered> {
    const requestId = randomUUID()
    const locals = localsFor(context, view, requestId)
    const path = loggable(view.request.url)
    const explain = (error: unknown) => {
      const problem = problemOf(error)
      if (problem.code === 'internal') log.error('a page failed', { error, requestId, path })
      return renderProblem(problem, view, requestId)
    }
    let answer: Rendered | undefined
    try {
      answer = await renderer(view.request, locals)
    } catch (error) {
      return explain(error)
    }
    if (locals.failure !== undefined) return explain(locals.failure)
    if (answer === undefined) return renderProblem(makeProblem('not_found'), view, requestId)
    // Astro's own words for an error are plain text in English.
    const isWordless = answer.body.length === 0 || !/html|json|xml/.test(String(answer.headers['content-type']))
    if (answer.status >= 400 && isWordless) return renderProblem(problemOfStatus(answer.status), view, requestId)
    const { download } = locals
    if (download === undefined) return answer
    return { ...answer, headers: { ...answer.headers, ...download.headers }, download }
  }

  return { render, renderProblem }
}

function localsFor(context: AppContext, view: PageView, requestId: string): App.Locals {
  const { locale, actor, cacheTags = new Set<string>() } = view
  const { upload } = view
  return { context, locale, t: translator(locale), actor, cacheTags, requestId, ...(upload && { upload }) }
}

/** The page of an error has nothing to read from a body or to negotiate. */
function quiet({ cookie }: IncomingHttpHeaders): IncomingHttpHeaders {
  return cookie === undefined ? {} : { cookie }
}
