import { join } from 'node:path'
import type { Config } from '#platform/config.ts'
import type { MailMessage } from './message.ts'
import { outboxMailer } from './outbox.ts'
import { smtpMailer } from './smtp.ts'

export { MailError, type MailAddress, type MailMessage } from './message.ts'

/** Where letters go out: a mail server or, where none is set, files in `DATA_DIR/outbox`. */
export interface Mailer {
  readonly kind: 'smtp' | 'outbox'
  /**
   * Hands one letter over, within about a minute. Where it throws, the letter may have gone out all the same (a server
   * can break after it took it): sent again, it carries the same Message-ID. The outbox keeps a Message-ID once.
   * @throws MailError, temporary or for good
   */
  send(message: MailMessage): Promise<void>
  /** Breaks off what is still being sent. */
  close(): Promise<void>
}

/** The folder of letters that no mail server took, absolute. */
export const outboxFolder = ({ dataDir }: Pick<Config, 'dataDir'>): string => join(dataDir, 'outbox')

/** Opens no connection and makes no folder before the first letter. */
export function openMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>): Mailer {
  const { smtpUrl, mailFrom: from, dataDir } = config
  if (smtpUrl !== undefined) return smtpMailer({ url: smtpUrl, from })
  return outboxMailer({ dataDir, folder: outboxFolder(config), from })
}
