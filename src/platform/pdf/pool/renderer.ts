import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { DomainError } from '#platform/errors.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { RenderAnswer, RenderRequest } from '#platform/pdf/pool/messages.ts'
import { hasLongTable, type PackedModel, packRows } from '#platform/pdf/pool/packed-rows.ts'

export interface RendererOptions {
  /** Threads at most; each is started when there is work for it. */
  readonly threads?: number
  /** Documents that may wait; one more is refused with `busy`. */
  readonly queueLength?: number
  /** A document that takes longer is given up, and its thread with it; a long one has more time. */
  readonly timeoutMs?: number
  /** Memory of a thread's JavaScript heap; a document that needs more is given up. */
  readonly heapMb?: number
}

export interface Renderer {
  /**
   * Lays a document out in a worker thread.
   * @throws DomainError `unprintable` with the characters that no face has, `busy` when too many documents wait or
   * this one takes too long
   */
  readonly render: (model: DocumentModel) => Promise<Uint8Array>
  /** Refuses new documents, lets those under way finish, and ends the threads. */
  readonly close: () => Promise<void>
  /** Refuses new documents, and ends the threads at once: documents under way and those that wait fail with `busy`. */
  readonly abandon: () => Promise<void>
}

interface Job {
  readonly request: RenderRequest
  readonly timeoutMs: number
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: Error) => void
}

interface Thread {
  readonly worker: Worker
  job: Job | undefined
  timer: NodeJS.Timeout | undefined
}

/**
 * Rows of tables, and blocks of a document, that the time for any is enough for; and what each more has, many times what
 * it takes by itself: its thread gives way to all others.
 */
const [rowsInTime, rowTimeoutMs] = [1000, 10]
const [blocksInTime, blockTimeoutMs] = [500, 50]

function moreTimeFor({ blocks }: DocumentModel): number {
  const rows = blocks.reduce((sum, block) => sum + (block.type === 'table' ? block.rows.length : 0), 0)
  const forRows = Math.max(0, rows - rowsInTime) * rowTimeoutMs
  return forRows + Math.max(0, blocks.length - blocksInTime) * blockTimeoutMs
}

class ThreadPool implements Renderer {
  readonly #options: Required<RendererOptions>
  readonly #threads = new Set<Thread>()
  readonly #waiting: Job[] = []
  #lastId = 0
  #isClosing = false
  #whenIdle: (() => void) | undefined

  constructor(options: Required<RendererOptions>) {
    this.#options = options
  }

  render = (model: DocumentModel): Promise<Uint8Array> => {
    const timeoutMs = this.#options.timeoutMs + moreTimeFor(model)
    if (!hasLongTable(model)) return this.#take({ model, tables: [] }, timeoutMs)
    return packRows(model).then((packed) => this.#take(packed, timeoutMs))
  }

  #take(packed: PackedModel, timeoutMs: number): Promise<Uint8Array> {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    if (this.#isClosing || this.#waiting.length >= this.#options.queueLength) {
      reject(new DomainError('busy'))
      return promise
    }
    this.#waiting.push({ request: { id: ++this.#lastId, ...packed }, timeoutMs, resolve, reject })
    this.#assign()
    return promise
  }

  close = async (): Promise<void> => {
    this.#isClosing = true
    if (this.#waiting.length > 0 || [...this.#threads].some(({ job }) => job)) {
      await new Promise<void>((resolve) => {
        this.#whenIdle = resolve
      })
    }
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()))
    this.#threads.clear()
  }

  abandon = async (): Promise<void> => {
    this.#isClosing = true
    for (const { reject } of this.#waiting.splice(0)) reject(new DomainError('busy'))
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()))
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const thread = [...this.#threads].find(({ job }) => !job) ?? this.#start()
      if (!thread) return
      const job = this.#waiting.shift() as Job
      thread.job = job
      thread.worker.ref()
      thread.timer = setTimeout(() => void thread.worker.terminate(), job.timeoutMs)
      const packed = job.request.tables.flatMap(({ pieces }) => pieces.map(({ buffer }) => buffer))
      thread.worker.postMessage(job.request, packed)
    }
    if ([...this.#threads].every(({ job }) => !job)) this.#whenIdle?.()
  }

  #start(): Thread | undefined {
    if (this.#threads.size >= this.#options.threads) return undefined
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMb, maxYoungGenerationSizeMb: 16 },
    })
    const thread: Thread = { worker, job: undefined, timer: undefined }
    this.#threads.add(thread)
    worker.on('message', (answer: RenderAnswer) => this.#settle(thread, answer))
    // An error ends the thread; the job is settled when it has left.
    let cause: unknown
    worker.on('error', (error) => (cause = error))
    worker.on('exit', () => this.#lost(thread, cause))
    return thread
  }

  #release(thread: Thread): Job | undefined {
    const { job } = thread
    clearTimeout(thread.timer)
    thread.job = undefined
    // A thread without work does not keep the process alive.
    thread.worker.unref()
    return job
  }

  #settle(thread: Thread, answer: RenderAnswer): void {
    const job = this.#release(thread)
    if (job?.request.id === answer.id) {
      if ('bytes' in answer) job.resolve(answer.bytes)
      else if ('code' in answer) job.reject(new DomainError(answer.code, answer.params))
      else job.reject(new Error(answer.failure))
    }
    this.#assign()
  }

  #lost(thread: Thread, cause: unknown): void {
    this.#threads.delete(thread)
    this.#release(thread)?.reject(new DomainError('busy', {}, [], cause))
    this.#assign()
  }
}

/** A pool of threads that lay documents out. */
export function createRenderer(options: RendererOptions = {}): Renderer {
  return new ThreadPool({
    threads: Math.max(1, Math.min(4, availableParallelism() - 1)),
    queueLength: 100,
    timeoutMs: 60_000,
    heapMb: 256,
    ...options,
  })
}
