import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type PlainRequest, readPlainRequest } from './plain-request.ts'
import type { ReadyAnswer } from './stored-page.ts'
import { createWire } from './wire.ts'

/** The answer to a plain request, where there is one at hand; undefined sends the request to the real server. */
export type AnswerPlain = (request: PlainRequest) => ReadyAnswer | undefined

export interface ExpressLane {
  /** Ends the connections that wait in the lane; new requests all go to the real server. */
  stop(): void
}

/** Characters. Heads of real browsers have a thousand or two. */
const longestHead = 4096
/** Heads whose reading is remembered: a client sends the same one again and again. */
const headsKept = 2000
/** Bytes that may wait for a client that reads slowly, before its next requests wait as well. */
const mostWaiting = 256 * 1024

/**
 * Answers what the cache can answer before Node's HTTP server gets to see it, which costs three times as much as the
 * answer. A connection stays in this lane for as long as whole, plain requests come on it that `answer` knows; the
 * first other one goes to the server, with the connection, for good.
 */
export function openExpressLane(server: Server, answer: AnswerPlain, idleMs: number): ExpressLane {
  const handOver = server.listeners('connection') as ((socket: Socket) => void)[]
  const waiting = new Set<Socket>()
  const heads = new Map<string, PlainRequest>()
  const wire = createWire()
  let isStopped = false

  function read(chunk: Buffer): PlainRequest | undefined {
    if (chunk.length > longestHead) return undefined
    const head = chunk.toString('latin1')
    const known = heads.get(head)
    if (known !== undefined) return known
    const request = readPlainRequest(head)
    if (request !== undefined) {
      if (heads.size >= headsKept) heads.clear()
      heads.set(head, request)
    }
    return request
  }

  function take(socket: Socket): void {
    waiting.add(socket)
    const onData = (chunk: Buffer) => {
      const request = isStopped ? undefined : read(chunk)
      const found = request && answer(request)
      if (found === undefined) return leave(chunk)
      socket.write(wire(found))
      if (socket.writableLength > mostWaiting) socket.pause()
    }
    const onDrain = () => socket.resume()
    const onEnd = () => socket.end()
    const onIdle = () => socket.destroy()
    const onError = () => socket.destroy()
    const onClose = () => waiting.delete(socket)
    const leave = (chunk: Buffer) => {
      waiting.delete(socket)
      socket.setTimeout(0)
      socket.off('data', onData).off('drain', onDrain).off('end', onEnd).off('timeout', onIdle)
      socket.off('error', onError).off('close', onClose)
      // From here on the server starts and stops reading by the handle. The stream would start it again behind the
      // server's back, and Node's parser gives up when bytes reach it while it pauses.
      socket._read(0)
      socket._read = () => undefined
      for (const listener of handOver) listener.call(server, socket)
      socket.unshift(chunk)
    }
    socket.on('data', onData).on('drain', onDrain).on('end', onEnd).on('timeout', onIdle)
    socket.on('error', onError).on('close', onClose)
    socket.setTimeout(idleMs)
  }

  server.removeAllListeners('connection')
  server.on('connection', take)
  return {
    stop() {
      isStopped = true
      for (const socket of waiting) socket.end()
    },
  }
}
