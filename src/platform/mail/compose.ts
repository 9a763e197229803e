import type { SendMailOptions } from 'nodemailer'
import { languageTags } from '#platform/i18n/locales.ts'
import { type MailAddress, type MailMessage, oneLine } from './message.ts'

/**
 * A message as the mail library takes it. The library encodes subject and names (RFC 2047) and the bodies (quoted-
 * printable or base64, whichever is shorter), so that no line is too long in any script.
 */
export function composeMail(
  message: MailMessage,
  from: MailAddress,
  headers: Readonly<Record<string, string>> = {},
): SendMailOptions {
  return {
    messageId: message.messageId,
    date: new Date(message.date.epochMilliseconds),
    from: mailbox(from),
    to: mailbox(message.to),
    subject: oneLine(message.subject),
    text: message.text,
    html: message.html,
    // Base64 keeps a header of three bytes a letter a third shorter than Q.
    textEncoding: message.locale === 'en' || message.locale === 'vi' ? 'quoted-printable' : 'base64',
    headers: {
      'Content-Language': languageTags[message.locale],
      // RFC 3834: nobody's holiday notice answers it.
      'Auto-Submitted': 'auto-generated',
      ...headers,
    },
    xMailer: false,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const mailbox = ({ address, name = '' }: MailAddress) => ({ address, name: oneLine(name) })
