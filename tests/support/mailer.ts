import { checkMessage } from '#platform/mail/message.ts'
import type { MailError, Mailer, MailMessage } from '#platform/mail/mailer.ts'

/** A mail server in memory. */
export interface TestMailer extends Mailer {
  /** Every letter taken, in order; one sent twice is in it twice. */
  readonly sent: MailMessage[]
  /**
   * What happens to the next letters, one each: `undefined` takes it; an error refuses it; with `isTaken`, it is taken
   * before the server breaks.
   */
  readonly next: (undefined | { readonly error: MailError; readonly isTaken?: boolean })[]
}

export function testMailer(kind: Mailer['kind'] = 'smtp'): TestMailer {
  const sent: MailMessage[] = []
  const next: TestMailer['next'] = []
  return {
    kind,
    sent,
    next,
    // What is wrong with a letter is a refusal here as well, not an exception of its own.
    send: (message) =>
      Promise.try(() => {
        checkMessage(message)
        const trouble = next.shift()
        if (trouble === undefined || trouble.isTaken === true) sent.push(message)
        if (trouble !== undefined) throw trouble.error
      }),
    close: () => Promise.resolve(),
  }
}
