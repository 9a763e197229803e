import { defineMiddleware } from 'astro:middleware'
import { DomainError } from '#platform/errors.ts'
import { problemOf } from '#platform/http/problem.ts'

/**
 * An error of a page goes to the server, which knows what page it makes of it. In development Astro answers by
 * itself: it shows our own page for errors of the domain, and its overlay for all others.
 */
export const onRequest = defineMiddleware(async ({ locals, rewrite, url }, next) => {
  try {
    return await next()
  } catch (error) {
    if (!import.meta.env.DEV) {
      locals.failure = error
      return new Response(null, { status: 500 })
    }
    if (!(error instanceof DomainError)) throw error
    locals.problem = { ...problemOf(error), path: `${url.pathname}${url.search}` }
    return rewrite('/problem')
  }
})
