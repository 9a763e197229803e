import type { IncomingMessage, ServerResponse } from 'node:http'
import { resolveActor } from '#features/accounts/resolve-actor.ts'
import { loadContentIfEmpty } from '#features/content/commands.ts'
import { projectRoot } from '#platform/config.ts'
import { openContext } from '#platform/context.ts'
import { localeFor } from '#platform/http/locale-choice.ts'
import { comesFromSite, isSafeMethod } from '#platform/http/origin.ts'
import { problem, type Problem } from '#platform/http/problem.ts'
import { routes } from '#platform/http/public-routes.ts'
import { parseTarget } from '#platform/http/request-target.ts'
import { routeFinder } from '#platform/http/routes.ts'
import { newId } from '#platform/ids.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'

/** What the development server asks for each request. */
export interface Development {
  /** Answers the request itself, or returns the address of the page to render and what the page is handed. */
  prepare(request: IncomingMessage, response: ServerResponse): Promise<{ url: string; locals: App.Locals } | undefined>
  close(): Promise<void>
}

/** The checks and the context of `src/server.ts`, for pages that `astro dev` renders: nothing is cached. */
export async function openDevelopment(): Promise<Development> {
  const context = await openContext()
  await loadContentIfEmpty(context, `${projectRoot}/content`)
  const findRoute = routeFinder(routes.publicRoutes)
  const { baseUrl } = context.config

  async function prepare(request: IncomingMessage, response: ServerResponse) {
    const { method = '', url = '/', headers } = request
    const parsed = parseTarget(url)
    if (parsed.kind === 'redirect') return redirect(response, parsed.location)
    const segments = parsed.kind === 'target' ? parsed.target.segments : []
    const [first = ''] = segments
    if (url === '/') return redirect(response, `/${localeFor(headers)}`)
    const locale = isLocale(first) ? first : localeFor(headers)
    const locals: App.Locals = {
      context,
      locale,
      t: translator(locale),
      actor: headers.cookie === undefined ? { kind: 'visitor' } : await resolveActor(context, headers.cookie),
      cacheTags: new Set(),
      requestId: newId(),
    }
    const refusal = refuse()
    if (refusal === undefined) return { url, locals }
    return { url: '/problem', locals: { ...locals, problem: { ...refusal, path: `/${locale}` } } }

    function refuse(): Problem | undefined {
      if (parsed.kind === 'refused') return problem(parsed.code)
      const isKnown = isLocale(first) || routes.rootSegments.includes(first) || findRoute(segments, true) !== undefined
      if (!isKnown) return problem('not_found')
      if (isSafeMethod(method) || comesFromSite(headers, baseUrl)) return undefined
      return problem('wrong_origin', { address: baseUrl })
    }
  }

  return { prepare, close: () => context.close() }
}

function redirect(response: ServerResponse, location: string): undefined {
  response.writeHead(302, { Location: location })
  response.end()
}
