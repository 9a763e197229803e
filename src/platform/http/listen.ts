import { createServer, type Server } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Application } from './application.ts'
import { bareProblem } from './bare-problem.ts'
import { openExpressLane } from './express-lane.ts'
import { problem } from './problem.ts'

export interface Listening {
  readonly port: number
  /** Takes no more connections, lets requests in flight finish for `graceMs` at most, then cuts what is left. */
  close(graceMs?: number): Promise<void>
}

/** Bytes. Longer request lines get an answer of ours, a page that says so; beyond this the parser gives up. */
const maxHeaderSize = 256 * 1024
/** A proxy in front keeps its connections for a minute as a rule; ours have to last longer than that. */
const keepAliveMs = 65_000
const headersMs = 20_000
/** For the largest file that may be sent, over a slow line. */
const requestMs = 30 * 60_000
const defaultGraceMs = 10_000

/** Serves the application on an address. Rejects when the address cannot be had. */
export async function listen(application: Application, host: string, port: number): Promise<Listening> {
  const server = createServer(
    { maxHeaderSize, keepAliveTimeout: keepAliveMs, headersTimeout: headersMs, requestTimeout: requestMs },
    application.handle,
  )
  const lane = openExpressLane(server, application.answerPlain, keepAliveMs)
  server.on('clientError', answerUnreadable)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    port: (server.address() as AddressInfo).port,
    close(graceMs = defaultGraceMs) {
      application.stop()
      lane.stop()
      return closeGracefully(server, graceMs)
    },
  }
}

function closeGracefully(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    // A connection whose answer was under way becomes idle, and would otherwise wait for another request.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(sweep)
      resolve()
    })
  })
}

/** Connections that were told already, and may still send what they were sending. */
const told = new WeakSet<Duplex>()
/** Long enough for the other side to read the answer; cut at once, the connection would take it along. */
const farewellMs = 2_000

/** What cannot be read as HTTP has no language and no path: one plain answer, and the connection ends. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (told.has(socket)) return
  if (error.code === 'ECONNRESET' || !socket.writable || !(socket instanceof Socket) || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  told.add(socket)
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW'
  const { status, body } = bareProblem(problem(isTooLong ? 'address_too_long' : 'bad_request'))
  const head = [
    `HTTP/1.1 ${isTooLong ? '431 Request Header Fields Too Large' : `${status} Bad Request`}`,
    'Content-Type: text/html; charset=utf-8',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '\r\n',
  ]
  socket.end(Buffer.concat([Buffer.from(head.join('\r\n')), body]))
  setTimeout(() => socket.destroy(), farewellMs).unref()
}
