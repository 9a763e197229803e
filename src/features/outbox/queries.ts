import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { and, inArray } from 'drizzle-orm'
import { agreements } from '#db/schema/index.ts'
import { type Actor, may } from '#features/accounts/model.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import { isLetterId, type KeptLetter, letterIds, readLetter } from '#platform/mail/kept-letters.ts'
import { outboxFolder } from '#platform/mail/mailer.ts'
import { type Download, fileDownload } from '#platform/uploads/download.ts'

type OutboxContext = Pick<AppContext, 'config' | 'database'>

export interface Letters {
  readonly letters: readonly KeptLetter[]
  /** From where the next page goes on; undefined at the end. */
  readonly older: string | undefined
}

const pageSize = 25

/**
 * A page of the letters that someone may see, newest first; `before` is the last letter of the page before. There is no
 * count: it would have to read every letter, and must not count those that are left out.
 * @throws DomainError `bad_request` where `before` is no letter's name
 */
export async function lettersFor(context: OutboxContext, actor: Actor, before?: string): Promise<Letters> {
  if (before !== undefined && !isLetterId(before)) throw new DomainError('bad_request', { parameter: 'before' })
  const folder = outboxFolder(context.config)
  const ids = (await letterIds(folder)).filter((id) => before === undefined || id < before)
  const letters: KeptLetter[] = []
  for (let from = 0; from < ids.length && letters.length <= pageSize; from += pageSize) {
    const read = await Promise.all(ids.slice(from, from + pageSize).map((id) => readLetter(folder, id)))
    letters.push(...(await seen(context, actor, read)))
  }
  const shown = letters.slice(0, pageSize)
  return { letters: shown, older: letters.length > pageSize ? shown.at(-1)?.id : undefined }
}

/** One letter. @throws DomainError `not_found`, also for what the actor may not see */
export async function letterFor(context: OutboxContext, actor: Actor, id: string): Promise<KeptLetter> {
  const [letter] = await seen(context, actor, [await readLetter(outboxFolder(context.config), id)])
  if (letter === undefined) throw new DomainError('not_found')
  return letter
}

/** A letter as a file to save, with its HTML part, which is never shown as a page of ours. @throws as `letterFor` */
export async function letterDownload(context: OutboxContext, actor: Actor, id: string): Promise<Download> {
  const { bytes } = await letterFor(context, actor, id)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = { name: `${id}.eml`, sha256, sizeBytes: bytes.length, mediaType: 'message/rfc822' }
  return fileDownload(file, () => Promise.resolve(Readable.from([bytes])))
}

/** Those that tell only of agreements that the actor may see; one that does not say is its recipient's alone. */
async function seen(
  { database }: OutboxContext,
  actor: Actor,
  letters: readonly (KeptLetter | undefined)[],
): Promise<readonly KeptLetter[]> {
  if (!may(actor, 'mail.read')) return []
  const told = [...new Set(letters.flatMap((letter) => letter?.about ?? []))].filter(isUuid)
  const rows =
    told.length === 0
      ? []
      : await database
          .select({ id: agreements.id })
          .from(agreements)
          .where(and(inArray(agreements.id, told), visibleTo(actor)))
  const visible = new Set(rows.map(({ id }) => id))
  const isOwn = ({ to }: KeptLetter) => actor.kind === 'user' && to?.address.toLowerCase() === actor.email
  return letters.filter(
    (letter) => letter !== undefined && (letter.about?.every((id) => visible.has(id)) ?? isOwn(letter)),
  ) as KeptLetter[]
}
