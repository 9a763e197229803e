import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { DomainError } from '#platform/errors.ts'
import type { RenderAnswer, RenderRequest } from '#platform/pdf/pool/messages.ts'
import { unpackRows } from '#platform/pdf/pool/packed-rows.ts'
import { renderInThread } from '#platform/pdf/render.ts'

/** A thread that lays out one document after the other. */
async function answer({ id, ...packed }: RenderRequest): Promise<void> {
  try {
    const bytes = await renderInThread(unpackRows(packed))
    const reply: RenderAnswer = { id, bytes }
    parentPort?.postMessage(reply, [bytes.buffer])
  } catch (error) {
    const reply: RenderAnswer =
      error instanceof DomainError
        ? { id, code: error.code, params: error.params }
        : { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    parentPort?.postMessage(reply)
  }
}

/**
 * Documents can wait a moment, the pages of the site cannot: with a tenth of the weight a thread gives way whenever
 * another wants its core, and yet gets on where all are wanted.
 */
const politeness = 10

// On Linux the call is about this thread alone, elsewhere about the whole process.
if (process.platform === 'linux') setPriority(politeness)

parentPort?.on('message', (request: RenderRequest) => void answer(request))
