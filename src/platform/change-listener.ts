import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type postgres from 'postgres'
import { connect, type ConnectionTarget } from '#db/client.ts'
import { changesChannel } from '#platform/changes.ts'
import type { Logger } from '#platform/log.ts'

export interface ChangeListener {
  /** Resolves when it hears changes for the first time. */
  readonly ready: Promise<void>
  /** Resolves when everything that was committed before the call has been told to `onChange`; rejects after `timeoutMs`. */
  settled(timeoutMs?: number): Promise<void>
  close(): Promise<void>
}

export interface ChangeListenerOptions {
  readonly target: ConnectionTarget
  readonly log: Logger
  /** The tags of a committed change; undefined when a message cannot be read, and anything may have changed. */
  readonly onChange: (tags: readonly string[] | undefined) => void
  /** Changes may be missed from now on. */
  readonly onLost: () => void
  /** Changes are told from now on; what happened before may have been missed. */
  readonly onListening: () => void
}

const retryMs = { first: 50, most: 5_000 } as const
/** A connection through a network can die without a word; it is asked this often whether it lives. */
const heartbeatMs = 15_000
const answerMs = 5_000

/** How operators find this connection among those of the server. */
const listenerName = 'yunqiao changes'

type ListenOptions = ConnectionTarget['options'] & { onnotify: (channel: string, payload: string) => void }

/**
 * Listens for `announceChange` of every process, on a connection of its own that is made again for as long as it
 * takes. (The driver's `listen` reconnects as well, but says nothing of the time in between.)
 */
export function listenForChanges(options: ChangeListenerOptions): ChangeListener {
  const { target, log, onChange, onLost, onListening } = options
  const ready = Promise.withResolvers<undefined>()
  const waiting = new Map<string, () => void>()
  let closed = false
  let listening = false
  let connecting = false

  let sql = open()

  function open(): postgres.Sql {
    const listenOptions: ListenOptions = {
      ...target.options,
      connection: { ...target.options.connection, application_name: listenerName },
      max_lifetime: null,
      onnotify: (_channel, payload) => hear(payload),
      onclose: () => {
        if (sql === own) lose()
      },
    }
    const own = connect({ ...target, options: listenOptions }, { as: 'application', max: 1 })
    return own
  }

  function hear(payload: string): void {
    const tags = readTags(payload)
    const done = tags?.length === 1 ? waiting.get(tags[0] ?? '') : undefined
    if (done === undefined) onChange(tags)
    else done()
  }

  function lose(): void {
    if (listening) {
      listening = false
      if (!closed) log.warn('changes are not heard any more: pages are not cached until they are')
      onLost()
    }
    void reconnect()
  }

  const isDone = () => closed || listening

  async function reconnect(): Promise<void> {
    if (connecting || closed) return
    connecting = true
    for (let waitMs: number = retryMs.first; !isDone(); waitMs = Math.min(waitMs * 2, retryMs.most)) {
      try {
        await sql.unsafe(`listen ${changesChannel}`)
        listening = true
        onListening()
        ready.resolve(undefined)
      } catch (error) {
        log.debug('listening for changes failed', { error })
        await sleep(waitMs, undefined, { ref: false })
      }
    }
    connecting = false
  }

  async function settled(timeoutMs = answerMs): Promise<void> {
    if (!listening) return
    const mark = `settled:${randomUUID()}`
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    const timer = setTimeout(() => reject(new Error(`no answer on ${changesChannel} in ${timeoutMs} ms`)), timeoutMs)
    waiting.set(mark, () => resolve(undefined))
    try {
      // Notifications arrive in the order of the commits, so this one comes last.
      await Promise.race([
        promise,
        sql`select pg_notify(${changesChannel}, ${JSON.stringify([mark])})`.then(() => promise),
      ])
    } finally {
      clearTimeout(timer)
      waiting.delete(mark)
    }
  }

  const heartbeat = setInterval(() => {
    settled().catch((error: unknown) => {
      if (closed || !listening) return
      log.warn('the connection that hears changes does not answer', { error })
      const silent = sql
      sql = open()
      void silent.end({ timeout: 0 })
      lose()
    })
  }, heartbeatMs)
  heartbeat.unref()

  void reconnect()
  return {
    ready: ready.promise,
    settled,
    async close() {
      closed = true
      listening = false
      clearInterval(heartbeat)
      await sql.end({ timeout: 1 })
    },
  }
}

function readTags(payload: string): string[] | undefined {
  try {
    const tags: unknown = JSON.parse(payload)
    return Array.isArray(tags) ? tags.map(String) : undefined
  } catch {
    return undefined
  }
}
