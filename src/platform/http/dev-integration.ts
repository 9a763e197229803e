import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AstroIntegration } from 'astro'
import { isRunnableDevEnvironment } from 'vite'

/** What `src/cli/development.ts` makes, as far as it is used here. */
interface Development {
  prepare(request: IncomingMessage, response: ServerResponse): Promise<{ url: string; locals: object } | undefined>
  close(): Promise<void>
}

interface DevelopmentModule {
  openDevelopment(): Promise<Development>
}

const entry = '/src/cli/development.ts'

/** Addresses that Vite answers: its own, sources, and files of the public folder. */
const ofVite = /^\/(?:@|__|_image|_astro\/|node_modules\/|src\/|\.vite\/|icons\/|fonts\/|favicon)/

/** Modules that the context is built of, and messages that are read once a process. */
const foundations = /\/(?:src\/platform|src\/cli|db|locales)\b/

/** Where `astro dev` finds the locals of a request. */
const astroLocals = Symbol.for('astro.locals')

/**
 * Gives the pages of `astro dev` the context of the real server. Everything of ours is loaded through Vite, once for
 * context and pages alike. Views and features reload by themselves; a change below `src/platform`, `db` or `locales`
 * closes the context and opens another.
 */
export function devIntegration(): AstroIntegration {
  return {
    name: 'yunqiao:dev',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        const environment = server.environments.ssr
        if (!isRunnableDevEnvironment(environment)) throw new Error('pages cannot be rendered in this process')
        let opened: Promise<Development> | undefined
        const open = () => {
          opened ??= environment.runner.import<DevelopmentModule>(entry).then((module) => module.openDevelopment())
          opened.catch(() => {
            opened = undefined
          })
          return opened
        }
        const close = async () => {
          const before = opened
          opened = undefined
          await (await before?.catch(() => undefined))?.close()
        }
        server.watcher.on('change', (path: string) => {
          if (opened === undefined || !foundations.test(path)) return
          logger.info('a foundation changed: the context is opened anew')
          environment.runner.clearCache()
          close().catch((error: unknown) => logger.error(String(error)))
        })
        server.httpServer?.on('close', () => void close())
        // `astro dev` simply ends; the private PostgreSQL is stopped by whoever lets go of it last.
        for (const signal of ['SIGINT', 'SIGTERM'] as const) {
          process.once(signal, () => void close().finally(() => process.exit(0)))
        }
        server.middlewares.use((request, response, next) => {
          const { url = '/' } = request
          if (ofVite.test(url)) return next()
          open()
            .then((development) => development.prepare(request, response))
            .then((page) => {
              if (page === undefined) return
              request.url = page.url
              Reflect.set(request, astroLocals, page.locals)
              next()
            })
            .catch(next)
        })
      },
    },
  }
}
