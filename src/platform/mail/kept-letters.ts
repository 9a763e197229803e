import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { aboutHeader, letterName } from './outbox.ts'
import type { MailAddress } from './message.ts'

/** A letter of the outbox, read back from its file. */
export interface KeptLetter {
  /** Its name in the outbox; sorts by date. */
  readonly id: string
  readonly messageId: string
  readonly date: Temporal.Instant | undefined
  readonly from: MailAddress | undefined
  readonly to: MailAddress | undefined
  readonly subject: string
  /** BCP 47 */
  readonly language: string | undefined
  readonly text: string
  /** Ids of the agreements it tells of; undefined where it does not say. */
  readonly about: readonly string[] | undefined
  readonly bytes: Buffer
}

/** Names of the letters in an outbox, newest first; none where there is no folder yet. */
export async function letterIds(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  return names
    .flatMap((name) => letterName.exec(name)?.[1] ?? [])
    .sort()
    .reverse()
}

export const isLetterId = (id: string): boolean => letterName.test(`${id}.eml`)

/** One letter; undefined where there is none of that name, or its file cannot be read as one. */
export async function readLetter(folder: string, id: string): Promise<KeptLetter | undefined> {
  if (!isLetterId(id)) return undefined
  const bytes = await readFile(join(folder, `${id}.eml`)).catch(() => undefined)
  const mail = bytes && (await PostalMime.parse(bytes).catch(() => undefined))
  if (bytes === undefined || mail === undefined) return undefined
  const about = headerOf(mail, aboutHeader)
  return {
    id,
    messageId: mail.messageId ?? '',
    date: mail.date === undefined ? undefined : instantOf(mail.date),
    from: mailboxOf(mail.from),
    to: mailboxOf(mail.to?.[0]),
    subject: mail.subject ?? '',
    language: headerOf(mail, 'Content-Language'),
    text: mail.text ?? '',
    about: about === undefined ? undefined : about === 'none' ? [] : about.split(/[\s,]+/),
    bytes,
  }
}

const headerOf = ({ headers }: Email, name: string) => headers.find(({ key }) => key === name.toLowerCase())?.value

function mailboxOf(address: Email['from']): MailAddress | undefined {
  if (address?.address === undefined) return undefined
  return address.name === '' ? { address: address.address } : { address: address.address, name: address.name }
}

function instantOf(text: string): Temporal.Instant | undefined {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : Temporal.Instant.fromEpochMilliseconds(ms)
}
