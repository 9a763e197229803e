import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection on which a test writes what `fetch` would not. */
export interface RawConnection {
  readonly socket: Socket
  write(text: string | Buffer): void
  /** Everything that came so far, as soon as it fits. */
  until(pattern: RegExp): Promise<string>
  /** Everything that came until the other side ended the connection. */
  untilClosed(): Promise<string>
}

export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let received = ''
  let isClosed = false
  socket.on('data', (chunk) => (received += chunk.toString('latin1')))
  socket.on('close', () => (isClosed = true))
  socket.on('error', () => undefined)
  return {
    socket,
    write: (text) => void socket.write(text),
    async until(pattern) {
      while (!pattern.test(received)) {
        if (isClosed) throw new Error(`closed before ${pattern}: ${received}`)
        await Promise.race([once(socket, 'data'), once(socket, 'close')])
      }
      return received
    },
    async untilClosed() {
      if (!isClosed) await once(socket, 'close')
      return received
    },
  }
}

/** One request on a connection of its own, as it stands; what the server answered until it closed. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const connection = await openRaw(port)
  connection.write(text)
  return connection.untilClosed()
}

/** A GET whose target is sent as it stands. */
export function rawGet(port: number, target: string, headers: readonly string[] = []): Promise<string> {
  return sendRaw(port, [`GET ${target} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers, '', ''].join('\r\n'))
}
