import { defineMiddleware } from 'astro:middleware'

/** An error of a page goes to the server, which knows what page it makes of it. */
export const onRequest = defineMiddleware(async ({ locals }, next) => {
  try {
    return await next()
  } catch (error) {
    locals.failure = error
    return new Response(null, { status: 500 })
  }
})
