import nodemailer, { type NodemailerError } from 'nodemailer'
import { composeMail } from './compose.ts'
import type { Mailer } from './mailer.ts'
import { checkMessage, type MailAddress, MailError } from './message.ts'

/** How long each part of handing a letter over may take. */
export interface SmtpTimeouts {
  readonly connectMs: number
  readonly greetingMs: number
  /** Silence of the server, at any later point. */
  readonly silenceMs: number
  /** All of it: a server that drips a byte now and then holds nobody longer. */
  readonly wholeMs: number
}

const patience: SmtpTimeouts = { connectMs: 10_000, greetingMs: 15_000, silenceMs: 40_000, wholeMs: 60_000 }

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly url: string
  readonly from: MailAddress
  readonly timeouts?: SmtpTimeouts
  /** In PEM: certificates to trust in place of the usual ones. */
  readonly ca?: string
}

/**
 * Hands letters to a mail server, a connection each: there are few, and an idle connection is one more thing to break.
 * Certificates are always checked. A password never travels in the clear, but to this machine itself.
 */
export function smtpMailer({ url, from, timeouts = patience, ca }: SmtpOptions): Mailer {
  const { hostname, username } = new URL(url)
  const transport = nodemailer.createTransport({
    url,
    requireTLS: username !== '' && !isLoopback(hostname),
    connectionTimeout: timeouts.connectMs,
    dnsTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.silenceMs,
    socketCloseTimeout: 0,
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
  })
  const closing = new AbortController()
  return {
    kind: 'smtp',
    async send(message) {
      checkMessage(message)
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeouts.wholeMs)])
      try {
        await transport.sendMail({ ...composeMail(message, from), signal })
      } catch (error) {
        throw mailErrorOf(error as NodemailerError)
      }
    },
    close() {
      closing.abort(new Error('the process ends'))
      transport.close()
      return Promise.resolve()
    },
  }
}

const isLoopback = (hostname: string) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/**
 * Permanent is only what the server says for good (5xx) of the recipient or of this letter. All else (greeting, password,
 * sender, certificate) is the server's or the operator's to mend, and the letter waits for it.
 */
function mailErrorOf(error: NodemailerError): MailError {
  const { command = '', responseCode = 0, response } = error
  const isAboutLetter = command === 'RCPT TO' || command === 'DATA'
  const temporary = !(isAboutLetter && responseCode >= 500)
  const refused = response === undefined ? error.message : `${command} was answered with: ${response}`
  return new MailError(`the mail was not sent: ${refused}`, { temporary, response, cause: error })
}
