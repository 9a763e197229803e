import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A letter as a mail server got it. */
export interface ReceivedMail {
  readonly raw: Buffer
  readonly from: string
  readonly to: readonly string[]
  readonly isSecure: boolean
  readonly user: unknown
}

export interface SmtpHarness {
  readonly port: number
  /** Whole letters, also those whose answer never came. */
  readonly received: ReceivedMail[]
  /** Breaks every connection at once. */
  readonly breakAll: () => void
  readonly close: () => Promise<void>
}

/** What the server does once it has a whole letter; by default it takes it. */
export type AfterData = (harness: SmtpHarness) => Error | 'taken' | 'silent'

/** A real mail server on this machine; `options` are its library's. */
export async function startSmtp(
  options: SMTPServerOptions = {},
  afterData: AfterData = () => 'taken',
): Promise<SmtpHarness> {
  const received: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    key: testKey,
    cert: testCertificate,
    onData(stream, session, answer) {
      void buffer(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          raw,
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          isSecure: session.secure,
          user: session.user as unknown,
        })
        const outcome = afterData(harness)
        if (outcome === 'taken') answer(null)
        else if (outcome !== 'silent') answer(outcome)
      })
    },
    ...options,
  })
  // Clients that leave in the middle are what the tests are about.
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const harness: SmtpHarness = {
    port: (server.server.address() as AddressInfo).port,
    received,
    breakAll,
    async close() {
      breakAll()
      await new Promise<void>((resolve) => {
        server.close(resolve)
      })
    },
  }
  return harness
}

/** What a server answers with a code of its own. */
export const smtpError = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiyxm7dkExb22PjyG
i/Z4ieMKd6mELbvuZdxEOhGutR2hRANCAASyvIg6yS+N7PT9vb8aRPSR1Upt3F5m
wYzAZ8BEhMkUmTMvCYJX75Y4QX0stFuzYOdVGGiGrws1gfcO8BMKxw14
-----END PRIVATE KEY-----
`

/** For `localhost` alone, signed by itself; worth nothing to anybody else. */
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUVoRVKUMVPtMAhOeJUFdHU6kaFW0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyOTA4MTM1OVoYDzIxMjYxMTA1
MDgxMzU5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASyvIg6yS+N7PT9vb8aRPSR1Upt3F5mwYzAZ8BEhMkUmTMvCYJX75Y4
QX0stFuzYOdVGGiGrws1gfcO8BMKxw14o2kwZzAdBgNVHQ4EFgQUFk2MyDd8x4hk
4lW714Ay4E0SjB4wHwYDVR0jBBgwFoAUFk2MyDd8x4hk4lW714Ay4E0SjB4wDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgEQD4aPRP27Yr2CMrll9B1BASqnSFu9q4WBsiqj9agb0CIQDyRT1izTE/
Ld4szh7YOvqLozo4x7yCG5oFx5EjD2WixQ==
-----END CERTIFICATE-----
`
