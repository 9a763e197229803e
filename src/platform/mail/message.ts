import { domainToASCII } from 'node:url'
import { z } from 'zod'
import type { Locale } from '#platform/i18n/locales.ts'

export interface MailAddress {
  readonly address: string
  readonly name?: string
}

/** One letter to one person. The same letter sent again is the same in every field. */
export interface MailMessage {
  /** Stable, with its angle brackets: `<reminder-7@hub.example.org>`. */
  readonly messageId: string
  readonly to: MailAddress
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly locale: Locale
  readonly date: Temporal.Instant
  /**
   * The agreements that it tells of, by id; none: it tells of no agreement. In the outbox, only who may see all of them
   * sees it; left out, its recipient alone. It is not sent.
   */
  readonly about?: readonly string[]
}

/** A letter was not sent, or nobody knows whether it was. */
export class MailError extends Error {
  override name = 'MailError'
  /** Whether the same letter may go through later: the server was away, busy, stalled, or set up wrongly. */
  readonly temporary: boolean
  /** What the mail server said, where it said something: one line, without control characters. */
  readonly response?: string

  constructor(message: string, options: { temporary: boolean; response?: string | undefined; cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.temporary = options.temporary
    if (options.response !== undefined) this.response = oneLine(options.response).slice(0, 500)
  }
}

/** Text for a header or a log: control characters and line ends of every kind become single spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ').trim()
}

/**
 * Whether mail can be sent there: `local@domain` (RFC 5321), the domain in any script. A local part beyond ASCII needs
 * SMTPUTF8 from every server on the way, and few have it.
 */
export function isMailAddress(address: string): boolean {
  const at = address.lastIndexOf('@')
  if (at < 1 || at > 64) return false
  const domain = domainToASCII(address.slice(at + 1))
  return (
    domain !== '' &&
    z
      .email()
      .max(254)
      .safeParse(`${address.slice(0, at)}@${domain}`).success
  )
}

const messageIdForm = /^<[\w.!#$%&'*+/=?^`{|}~-]{1,200}@[\w.-]{1,200}>$/

/**
 * Whether a message can be written down as a letter at all.
 * @throws MailError, permanent
 */
export function checkMessage({ messageId, to }: MailMessage): void {
  if (!isMailAddress(to.address)) throw new MailError('the address is not one', { temporary: false })
  if (!messageIdForm.test(messageId)) throw new MailError('the Message-ID is not one', { temporary: false })
}
