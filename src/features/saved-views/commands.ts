import { and, count, eq } from 'drizzle-orm'
import { sqlState, type Transaction } from '#db/client.ts'
import { savedViews } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { newId } from '#platform/ids.ts'
import { checkName, limits } from './model.ts'

/** Views are somebody's own: the system has none. */
function personOf(actor: KnownActor): string {
  if (actor.kind !== 'user') throw new DomainError('forbidden')
  return actor.id
}

export interface NewView {
  readonly token: string
  readonly name: string
  /** The query part of the list's address, as the list itself writes it. */
  readonly query: string
}

/**
 * Keeps a list under a name, in place of the one that had the name; returns its id.
 * @throws DomainError `invalid_input` for a name that is missing or too long, and past as many views as one may have.
 */
export const saveView = command('agreements.read', async (context: OnceContext, actor, input: NewView) => {
  const userId = personOf(actor)
  const name = checkName(input.name)
  if (input.query.length > limits.query) throw new DomainError('bad_request', { parameter: 'query' })
  const { token, query } = input
  return once(context, actor, { token, action: 'view.save', content: { name, query } }, async (tx) => {
    const [{ n } = { n: 0 }] = await tx.select({ n: count() }).from(savedViews).where(eq(savedViews.userId, userId))
    if (n >= limits.views) {
      throw new DomainError('invalid_input', {}, [
        { path: 'name', code: 'too_many_entries', params: { max: limits.views } },
      ])
    }
    const at = context.clock.now()
    const [row] = await tx
      .insert(savedViews)
      .values({ id: newId(), userId, name, query, createdAt: at.toString() })
      .onConflictDoUpdate({ target: [savedViews.userId, savedViews.name], set: { query } })
      .returning({ id: savedViews.id })
    const id = row?.id ?? ''
    await recordAudit(tx, actor, {
      action: 'view.save',
      subject: { kind: 'view', id },
      at,
      changes: [
        { field: 'name', before: null, after: name },
        { field: 'query', before: null, after: query },
      ],
    })
    return id
  })
})

export interface ViewStep {
  readonly token: string
  readonly id: string
}

/** Gives a view another name; returns its id. @throws DomainError `not_found` (also for somebody else's), `invalid_input`. */
export const renameView = command(
  'agreements.read',
  async (context: OnceContext, actor, input: ViewStep & { name: string }) => {
    const userId = personOf(actor)
    const name = checkName(input.name)
    const { token, id } = input
    try {
      return await once(context, actor, { token, action: `view.rename:${id}`, content: { name } }, async (tx) => {
        const view = await own(tx, userId, id)
        await tx.update(savedViews).set({ name }).where(eq(savedViews.id, id))
        await recordAudit(tx, actor, {
          action: 'view.rename',
          subject: { kind: 'view', id },
          at: context.clock.now(),
          changes: [{ field: 'name', before: view.name, after: name }],
        })
        return id
      })
    } catch (error) {
      if (sqlState(error) !== uniqueViolation) throw error
      throw new DomainError('invalid_input', {}, [{ path: 'name', code: 'taken' }], error)
    }
  },
)

/** Forgets a view; returns its id. @throws DomainError `not_found`, also for somebody else's. */
export const deleteView = command('agreements.read', async (context: OnceContext, actor, { token, id }: ViewStep) => {
  const userId = personOf(actor)
  return once(context, actor, { token, action: `view.delete:${id}` }, async (tx) => {
    const view = await own(tx, userId, id)
    await tx.delete(savedViews).where(eq(savedViews.id, id))
    await recordAudit(tx, actor, {
      action: 'view.delete',
      subject: { kind: 'view', id },
      at: context.clock.now(),
      changes: [{ field: 'name', before: view.name, after: null }],
    })
    return id
  })
})

const uniqueViolation = '23505'

async function own(tx: Transaction, userId: string, id: string) {
  if (!isUuid(id)) throw new DomainError('not_found')
  const [view] = await tx
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.id, id), eq(savedViews.userId, userId)))
    .for('update')
  if (view === undefined) throw new DomainError('not_found')
  return view
}
