import { setFlagsFromString } from 'node:v8'
import { hasAdministrator } from '#features/accounts/queries.ts'
import { resolveActor } from '#features/accounts/resolve-actor.ts'
import { sweepThrottles } from '#features/accounts/throttle.ts'
import { renewSearchDocuments } from '#features/agreements/search-renewal.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { settleLater } from '#features/briefs/later.ts'
import { beginMaking, leaveMaking } from '#features/made-briefs/make.ts'
import { sweepMade } from '#features/made-briefs/orders.ts'
import { sweepSelections } from '#features/selections/own.ts'
import { loadContentIfEmpty } from '#features/content/commands.ts'
import { importUploads } from '#features/agreement-imports/uploads.ts'
import { documentUploads } from '#features/documents/uploads.ts'
import { verificationUploads } from '#features/issued-briefs/uploads.ts'
import { deliver, enqueueWaiting } from '#features/reminders/deliver.ts'
import { templateUploads } from '#features/reports/uploads.ts'
import { sweepFiles } from '#features/documents/sweep.ts'
import { openChat } from '#platform/chat/webhook.ts'
import { startSealer } from '#platform/audit/sealer.ts'
import { type ChangeListener, listenForChanges } from '#platform/change-listener.ts'
import { nextOfficeMidnight, systemClock } from '#platform/clock.ts'
import { projectRoot } from '#platform/config.ts'
import { type AppContext, openContext } from '#platform/context.ts'
import { createApplication } from '#platform/http/application.ts'
import { builtPages } from '#platform/http/built-pages.ts'
import { createPageCache } from '#platform/http/cache/page-cache.ts'
import { listen } from '#platform/http/listen.ts'
import type { AnswerCache } from '#platform/http/public-pages.ts'
import { routes } from '#platform/http/public-routes.ts'
import type { Renderer } from '#platform/http/renderer.ts'
import { securityHeaders } from '#platform/http/security-headers.ts'
import { staticFiles } from '#platform/http/static-files.ts'
import { every, type Job } from '#platform/jobs/every.ts'
import { openQueue } from '#platform/jobs/queue.ts'
import { SigningError } from '#platform/signing/signer.ts'
import { explainSigning, operatorLocale } from '#cli/operator-locale.ts'

export interface RunningServer {
  readonly port: number
  readonly cache: AnswerCache
  readonly changes: ChangeListener
  /** Lets requests in flight finish and ends what the server began; the context stays open. */
  stop(): Promise<void>
}

export interface ServerOptions {
  readonly context: AppContext
  /** Port 0 takes any that is free. */
  readonly port: number
  /** Pages other than the built ones, and the folder of their files. */
  readonly pages?: { readonly renderer: Renderer; readonly clientFolder: string }
  readonly graceMs?: number
}

/** Bytes of rendered pages, in all their encodings, that a process keeps. */
const cacheBytes = 128 * 1024 * 1024
const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Serves the site over a context: the process's own, or one that a test has made. */
export async function startServer({ context, port, pages, graceMs }: ServerOptions): Promise<RunningServer> {
  const { config, clock, log, database } = context
  const { renderer, clientFolder } = pages ?? (await builtPages(config.baseUrl))
  // First, since nothing else has to be stopped where the queue cannot be opened.
  const reminders = await startReminders(context)
  const cache: AnswerCache = createPageCache({
    maxBytes: cacheBytes,
    // Asked for at every request, and a good deal cheaper than an instant.
    nowMs: clock === systemClock ? Date.now : () => clock.now().epochMilliseconds,
    nextMidnightMs: () => nextOfficeMidnight(clock, config.officeTimeZone).epochMilliseconds,
  })
  cache.suspend()
  const changes = listenForChanges({
    target: context.databaseTarget,
    log,
    onChange: (tags) => (tags === undefined ? cache.flush() : cache.drop(tags)),
    onLost: () => cache.suspend(),
    onListening: () => cache.resume(),
  })
  const sealer = startSealer({ database, clock, logger: log })
  const sweep = every(
    hourMs,
    'sweep',
    async () => {
      await context.sessions.sweep()
      await sweepThrottles(context)
      await sweepSelections(context)
      await sweepMade(context)
    },
    log,
  )
  const registerDay = every(hourMs, 'day of the register', () => registerDayIn(context), log)
  // What another process left behind is taken over; what is asked for here begins at once.
  const makeBriefs = every(minuteMs, 'briefs that wait', () => beginMaking(context), log)
  const leaving = new AbortController()
  // After an upgrade there is something to do at the start; whatever a process that died left undone comes later.
  const renewSearch = every(hourMs, 'search documents', () => renewSearchDocuments(context, leaving.signal), log)
  const sweepStorage = every(24 * hourMs, 'sweep of files', () => sweepFiles(context), log)
  const application = createApplication({
    context,
    renderer,
    routes,
    uploads: [...documentUploads, ...templateUploads, ...importUploads, ...verificationUploads],
    files: staticFiles(clientFolder, securityHeaders(config.baseUrl)),
    cache,
    resolveActor: (cookieHeader) => resolveActor(context, cookieHeader),
    afterWrite: async () => {
      sealer.poke()
      await changes.settled()
    },
  })
  async function stopWork(): Promise<void> {
    leaving.abort()
    await changes.close()
    await renewSearch.stop()
    await sweep.stop()
    await registerDay.stop()
    await reminders.stop()
    await sweepStorage.stop()
    await Promise.all([makeBriefs.stop(), leaveMaking()])
    await sealer.stop()
    await settleLater()
  }
  try {
    const listening = await listen(application, config.host, port)
    return {
      port: listening.port,
      cache,
      changes,
      async stop() {
        await listening.close(graceMs)
        await stopWork()
      },
    }
  } catch (error) {
    await stopWork()
    throw error
  }
}

/** Sends reminders on their way: what waits is put on the queue every minute, and done by whichever process. */
async function startReminders(context: AppContext): Promise<Job> {
  const { config, log, database } = context
  const chat = config.chatWebhook === undefined ? undefined : openChat(config.chatWebhook)
  const queue = await openQueue(database, log)
  await queue.work('reminders', (id) => deliver({ ...context, chat }, id))
  const enqueue = every(minuteMs, 'reminders that wait', () => enqueueWaiting(context, queue), log)
  return {
    async stop() {
      await enqueue.stop()
      await queue.stop()
    },
  }
}

/** The day's work, with a line in the log where there was any. */
async function registerDayIn(context: AppContext): Promise<void> {
  const { day, ...did } = await beginRegisterDay(context, { kind: 'system' }, {})
  if (Object.values(did).some((count) => count > 0))
    context.log.info('the day of the register', { day: String(day), ...did })
}

/**
 * The heap may grow by so much of what was alive before V8 collects all of it. V8's own measure leaves little room above
 * the space for new objects: with the buffers of a few requests it collects the whole heap after every fifty pages,
 * each time for as long as showing a page takes.
 */
const heapGrowingPercent = 150

/** The process: context, content, server; until SIGTERM or SIGINT, or the same again for those in a hurry. */
async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`)
  const context = await openContext()
  const { config, log } = context
  const stopped = Promise.withResolvers<NodeJS.Signals | Error>()
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => stopped.resolve(signal))
  }
  let rejections = 0
  process.on('unhandledRejection', (error) => {
    rejections += 1
    log.error('a rejection was not handled', { error, count: rejections })
  })
  process.on('uncaughtException', (error) => {
    log.error('the process cannot go on', { error })
    stopped.resolve(error)
  })
  try {
    await loadPack(context)
    // Made at the first start, so that its fingerprint can be told before the first brief.
    await context.signer.identity()
    const server = await startServer({ context, port: config.port })
    process.stdout.write(await greeting(context))
    const reason = await stopped.promise
    log.info('stopping', { reason: String(reason) })
    if (reason instanceof Error) process.exitCode = 1
    await server.stop()
  } finally {
    await context.close()
  }
}

async function loadPack(context: AppContext): Promise<void> {
  const report = await loadContentIfEmpty(context, `${projectRoot}/content`)
  if (report !== undefined) context.log.info('the content pack was loaded', { records: report.added })
}

async function greeting({ config, database }: AppContext): Promise<string> {
  const lines = [`Yunqiao is at ${config.baseUrl}`]
  if (!(await hasAdministrator(database))) {
    lines.push('Nobody can sign in yet. Make the first administrator in another terminal:')
    lines.push('  npm run -s yunqiao -- user create --email you@example.org --role administrator')
  }
  return `${lines.join('\n')}\n`
}

if (import.meta.main) {
  await main().then(
    // Whatever a library still holds open shall not keep a stopped process alive.
    () => process.exit(),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`)
      process.exit(1)
    },
  )
}

/** Errors of operators say what to do; others come with everything that there is to know. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof SigningError) return explainSigning(error, operatorLocale(process.env))
  if (['ConfigError', 'PostgresError', 'MigrationError', 'NotBuiltError', 'PackError'].includes(error.name))
    return error.message
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return 'PORT is in use by another program. Stop that, or set PORT to another number.'
  }
  return error.stack ?? error.message
}
