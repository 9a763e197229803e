import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementNotes, agreements, noteMentions } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { checkNote, type NoteDraft } from './model.ts'
import { colleaguesOf } from './queries.ts'

export interface NewNote {
  readonly agreementId: string
  readonly token: string
  readonly draft: NoteDraft
}

/**
 * Writes a note on an agreement; those mentioned find it on their first page. Returns its id.
 * @throws DomainError `not_found`, `invalid_input`, also for a mention of somebody who may not see the agreement
 */
export const writeNote = command(
  'notes.write',
  (context: OnceContext, actor, { agreementId, token, draft }: NewNote): Promise<string> => {
    const content = { body: draft.body, mentions: draft.mentions }
    return once(context, actor, { token, action: `note.write:${agreementId}`, content }, async (tx) => {
      const [agreement] = isUuid(agreementId)
        ? await tx
            .select({ id: agreements.id })
            .from(agreements)
            .where(and(eq(agreements.id, agreementId), visibleTo(actor)))
            .for('share')
        : []
      if (agreement === undefined) throw new DomainError('not_found')
      const colleagues = await colleaguesOf(tx, agreementId)
      const checked = checkNote(draft, colleagues)
      if ('problems' in checked) throw new DomainError('invalid_input', {}, checked.problems)
      const { body, mentions } = checked.words
      const id = newId()
      const at = context.clock.now()
      const by = actor.kind === 'user' ? actor.id : null
      await tx.insert(agreementNotes).values({ id, agreementId, body, by, at: at.toString() })
      if (mentions.length > 0) {
        await tx.insert(noteMentions).values(mentions.map((userId) => ({ noteId: id, userId })))
      }
      const names = mentions.map((userId) => colleagues.find((colleague) => colleague.id === userId)?.name ?? '')
      await recordAudit(tx, actor, {
        action: 'note.write',
        subject: { kind: 'agreement', id: agreementId },
        at,
        changes: [
          { field: 'note', before: null, after: body },
          { field: 'note.mentions', before: null, after: names.length === 0 ? null : names },
        ],
      })
      return id
    })
  },
)

interface SeenContext {
  readonly database: Database
  readonly clock: Clock
}

/** Marks a note that mentions the actor as seen; done already, it does nothing. @throws DomainError `not_found` */
export const markSeen = command(
  'office.enter',
  async ({ database, clock }: SeenContext, actor, noteId: string): Promise<void> => {
    if (actor.kind !== 'user' || !isUuid(noteId)) throw new DomainError('not_found')
    const mine = and(eq(noteMentions.noteId, noteId), eq(noteMentions.userId, actor.id))
    await database.transaction(async (tx) => {
      const [mention] = await tx.select().from(noteMentions).where(mine)
      if (mention === undefined) throw new DomainError('not_found')
      const at = clock.now()
      const marked = await tx
        .update(noteMentions)
        .set({ seenAt: at.toString() })
        .where(and(mine, isNull(noteMentions.seenAt)))
        .returning({ noteId: noteMentions.noteId })
      if (marked.length > 0)
        await recordAudit(tx, actor, { action: 'note.see', subject: { kind: 'note', id: noteId }, at })
    })
  },
)
