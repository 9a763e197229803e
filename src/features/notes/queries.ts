import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementNotes, agreements, noteMentions, userRoles, users } from '#db/schema/index.ts'
import type { Actor, Role } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { isUuid } from '#platform/forms/once.ts'
import type { Colleague } from './model.ts'

export interface Note {
  readonly id: string
  readonly body: string
  readonly author: string | undefined
  readonly at: Temporal.Instant
  readonly mentions: readonly { readonly userId: string; readonly name: string; readonly seen: boolean }[]
}

/** Notes of one agreement at most that a page shows. */
export const notesShown = 100

/**
 * The notes of an agreement, newest first, a page of them; none where the actor may not see it.
 * @param before the id of one of these notes: only what is older than it
 */
export async function notesOf(
  database: Queryable,
  actor: Actor,
  agreementId: string,
  before?: string,
): Promise<readonly Note[]> {
  return (await notesPage(database, actor, agreementId, before)).notes
}

export interface NotesPage {
  readonly notes: readonly Note[]
  /** The note that the next page goes on from; undefined where nothing older is left. */
  readonly older: string | undefined
}

/** The same, with what the next page goes on from. */
export async function notesPage(
  database: Queryable,
  actor: Actor,
  agreementId: string,
  before?: string,
): Promise<NotesPage> {
  if (!isUuid(agreementId)) return { notes: [], older: undefined }
  const cursor = database
    .select({ at: agreementNotes.at, id: agreementNotes.id })
    .from(agreementNotes)
    .where(
      before === undefined
        ? undefined
        : and(eq(agreementNotes.agreementId, agreementId), eq(agreementNotes.id, before)),
    )
  const older = before === undefined ? undefined : sql`(${agreementNotes.at}, ${agreementNotes.id}) < (${cursor})`
  const read = await database
    .select({ id: agreementNotes.id, body: agreementNotes.body, by: agreementNotes.by, at: agreementNotes.at })
    .from(agreementNotes)
    .innerJoin(agreements, eq(agreements.id, agreementNotes.agreementId))
    .where(and(eq(agreementNotes.agreementId, agreementId), visibleTo(actor), older))
    .orderBy(desc(agreementNotes.at), desc(agreementNotes.id))
    .limit(notesShown + 1)
  const notes = read.slice(0, notesShown)
  if (notes.length === 0) return { notes: [], older: undefined }
  const mentions = await database
    .select()
    .from(noteMentions)
    .where(
      inArray(
        noteMentions.noteId,
        notes.map((note) => note.id),
      ),
    )
  const people = await namesOfUsers(database, [...notes.map(({ by }) => by), ...mentions.map(({ userId }) => userId)])
  return {
    notes: notes.map(({ id, body, by, at }) => ({
      id,
      body,
      author: people.get(by ?? ''),
      at: Temporal.Instant.from(at),
      mentions: mentions
        .filter((mention) => mention.noteId === id)
        .map(({ userId, seenAt }) => ({ userId, name: people.get(userId) ?? '', seen: seenAt !== null })),
    })),
    older: read.length > notesShown ? notes.at(-1)?.id : undefined,
  }
}

/** Staff who may see an agreement, by name: each is asked for with the scope that holds for their own pages. */
export async function colleaguesOf(database: Queryable, agreementId: string): Promise<readonly Colleague[]> {
  const rows = await database
    .select({ id: users.id, email: users.email, name: users.name, role: userRoles.role })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(eq(users.state, 'active'))
    .orderBy(asc(users.name), asc(users.email))
  const staff = [...Map.groupBy(rows, (row) => row.id).values()].flatMap((own) => {
    const [first] = own
    return first === undefined ? [] : [{ ...first, roles: own.map((row) => row.role as Role) }]
  })
  if (staff.length === 0 || !isUuid(agreementId)) return []
  const asked = staff.map(({ id, email, name, roles }) => {
    const actor: Actor = { kind: 'user', id, email, name, roles }
    return sql`select ${id}::uuid as id where exists (
      select 1 from ${agreements} where ${and(eq(agreements.id, agreementId), visibleTo(actor))})`
  })
  const seeing = await database.execute<{ id: string }>(sql.join(asked, sql` union all `))
  const ids = new Set(seeing.map((row) => row.id))
  return staff.filter(({ id }) => ids.has(id)).map(({ id, name, email }) => ({ id, name: name ?? email }))
}

/** A note in which somebody was mentioned. */
export interface Mention {
  readonly noteId: string
  readonly agreementId: string
  readonly body: string
  readonly author: string | undefined
  readonly at: Temporal.Instant
}

const mentionsShown = 20

/** For somebody's first page: notes that mention them and that they have not marked as seen, newest first. */
export async function mentionsFor(database: Queryable, actor: Actor): Promise<readonly Mention[]> {
  if (actor.kind !== 'user') return []
  const rows = await database
    .select({
      noteId: agreementNotes.id,
      agreementId: agreementNotes.agreementId,
      body: agreementNotes.body,
      by: agreementNotes.by,
      at: agreementNotes.at,
    })
    .from(noteMentions)
    .innerJoin(agreementNotes, eq(agreementNotes.id, noteMentions.noteId))
    .innerJoin(agreements, eq(agreements.id, agreementNotes.agreementId))
    .where(and(eq(noteMentions.userId, actor.id), isNull(noteMentions.seenAt), visibleTo(actor)))
    .orderBy(desc(agreementNotes.at))
    .limit(mentionsShown)
  const people = await namesOfUsers(
    database,
    rows.map((row) => row.by),
  )
  return rows.map(({ by, at, ...rest }) => ({ ...rest, author: people.get(by ?? ''), at: Temporal.Instant.from(at) }))
}
