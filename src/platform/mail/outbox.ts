import { createHash } from 'node:crypto'
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import nodemailer from 'nodemailer'
import { makeFolder, stageFile, sweepFolder, syncFolder } from '#platform/storage/staging.ts'
import { composeMail } from './compose.ts'
import type { Mailer } from './mailer.ts'
import { checkMessage, type MailAddress, MailError, type MailMessage } from './message.ts'

export interface OutboxOptions {
  readonly dataDir: string
  /** Absolute, below `dataDir`. */
  readonly folder: string
  readonly from: MailAddress
}

/** The header of a kept letter that names the agreements it tells of. */
export const aboutHeader = 'X-Yunqiao-About'

/**
 * Keeps letters as `.eml` files (RFC 5322): there whole or not at all, and one for a Message-ID. Their names sort by
 * date: `20260501T093000Z-` and a hash of the Message-ID.
 */
export function outboxMailer({ dataDir, folder, from }: OutboxOptions): Mailer {
  const writer = nodemailer.createTransport({ streamTransport: true, buffer: true })
  const incoming = join(folder, 'incoming')
  let isSwept = false
  async function keep(message: MailMessage): Promise<void> {
    await makeFolder(dataDir, incoming)
    if (!isSwept) await sweepFolder(incoming, Temporal.Now.instant().subtract({ hours: 1 }))
    isSwept = true
    const id = hashOf(message.messageId)
    if ((await readdir(folder)).some((name) => name.endsWith(`-${id}.eml`))) return
    const about = message.about && { [aboutHeader]: message.about.join(', ') || 'none' }
    const { message: bytes } = await writer.sendMail(composeMail(message, from, about))
    const staged = await stageFile(incoming, Readable.from([bytes]))
    await rename(staged.path, join(folder, `${timeOf(message.date)}-${id}.eml`))
    await syncFolder(folder)
  }
  return {
    kind: 'outbox',
    async send(message) {
      checkMessage(message)
      try {
        await keep(message)
      } catch (cause) {
        throw new MailError(`the letter was not kept: ${(cause as Error).message}`, { temporary: true, cause })
      }
    },
    close: () => Promise.resolve(),
  }
}

const hashOf = (messageId: string) => createHash('sha256').update(messageId).digest('hex').slice(0, 32)

const timeOf = (date: Temporal.Instant) => date.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')
