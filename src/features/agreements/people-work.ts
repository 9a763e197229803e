import { eq } from 'drizzle-orm'
import { agreementReaders } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers, staffWith } from '#features/accounts/queries.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields, sentVersion } from '#platform/forms/read-fields.ts'
import { requireRecord } from './office-record.ts'
import { mayChange } from './own.ts'
import { nameReaders } from './people-commands.ts'
import type { AgreementRecord } from './record.ts'

/** What the page of people shows: never less than what was ticked. */
export interface PeopleWork {
  readonly record: AgreementRecord
  readonly mayName: boolean
  readonly people: readonly { readonly id: string; readonly name: string; readonly chosen: boolean }[]
  readonly failure: DomainError | undefined
  readonly status: number
}

const tellable = ['invalid_input', 'stale_version', 'duplicate']

/** Opens the page that says who may see an agreement, or saves it. @throws DomainError `not_found`, `bad_request`. */
export async function workOnPeople(
  context: AppContext,
  {
    actor,
    form,
    resumed,
    id,
  }: {
    readonly actor: Extract<Actor, { kind: 'user' }>
    readonly form: FormData | undefined
    readonly resumed: boolean
    readonly id: string
  },
): Promise<PeopleWork | { readonly done: true }> {
  const { database } = context
  const record = await requireRecord(database, actor, id)
  const sent = form === undefined ? undefined : readFields(form, ['token', 'version', 'do'], ['readers'])
  let failure: DomainError | undefined
  if (sent !== undefined && !resumed) {
    try {
      const readers = sent.list('readers')
      await nameReaders(context, actor, { id, version: sentVersion(sent), token: sent.text('token'), readers })
      return { done: true }
    } catch (error) {
      if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
      failure = error
    }
  }
  const named = await database.select().from(agreementReaders).where(eq(agreementReaders.agreementId, id))
  const readers = named.map((row) => row.userId)
  const chosen = new Set(sent === undefined ? readers : sent.list('readers'))
  const names = new Map([
    ...(await namesOfUsers(database, readers)),
    ...(await staffWith(database, 'agreements.read')).map(({ id: userId, name }) => [userId, name] as const),
  ])
  return {
    record,
    mayName: mayChange(actor, record),
    people: [...names]
      .map(([userId, name]) => ({ id: userId, name, chosen: chosen.has(userId) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    failure,
    status: failure?.status ?? 200,
  }
}
