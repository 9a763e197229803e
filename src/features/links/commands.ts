import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementLinks } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { type AgreementRecord, readRecord } from '#features/agreements/record.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { closesCircle, type LinkKind, linkKinds } from './model.ts'
import { linksBefore } from './queries.ts'

export interface LinkInput {
  /** The later agreement. */
  readonly agreementId: string
  /** The earlier one. */
  readonly otherId: string
  readonly token: string
}

const refuse = (path: string, code: string) => new DomainError('invalid_input', {}, [{ path, code }])

/**
 * Links an agreement to an earlier one; returns its id. A link of another kind between the two is replaced.
 * @throws DomainError `not_found`, `forbidden`, `invalid_input` for a link to itself or one that closes a circle
 */
export const linkAgreements = command(
  'papers.record',
  (context: OnceContext, actor, input: LinkInput & { readonly kind: string }) =>
    once(
      context,
      actor,
      {
        token: input.token,
        action: `link.add:${input.agreementId}`,
        content: { otherId: input.otherId, kind: input.kind },
      },
      async (tx) => {
        const kind = linkKinds.find((name) => name === input.kind)
        if (kind === undefined) throw refuse('kind', 'required')
        const { record, other } = await both(tx, actor, input)
        if (closesCircle(await linksBefore(tx, other.id), [record.id, other.id])) throw refuse('otherId', 'link_circle')
        const [old] = await tx
          .insert(agreementLinks)
          .values({ agreementId: record.id, otherId: other.id, kind })
          .onConflictDoNothing()
          .returning()
          .then(async (added) =>
            added.length > 0 ? [undefined] : tx.select().from(agreementLinks).where(between(input)),
          )
        if (old?.kind === kind) return record.id
        if (old !== undefined) await tx.update(agreementLinks).set({ kind }).where(between(input))
        await note(context, tx, actor, { record, other, action: 'link.add', before: old?.kind ?? null, after: kind })
        return record.id
      },
    ),
)

/** Takes a link away; returns the later agreement's id. @throws as `linkAgreements` */
export const unlinkAgreements = command('papers.record', (context: OnceContext, actor, input: LinkInput) =>
  once(
    context,
    actor,
    { token: input.token, action: `link.remove:${input.agreementId}:${input.otherId}` },
    async (tx) => {
      const { record, other } = await both(tx, actor, input)
      const [old] = await tx.delete(agreementLinks).where(between(input)).returning()
      if (old === undefined) throw new DomainError('not_found')
      await note(context, tx, actor, { record, other, action: 'link.remove', before: old.kind, after: null })
      return record.id
    },
  ),
)

const between = ({ agreementId, otherId }: LinkInput) =>
  and(eq(agreementLinks.agreementId, agreementId), eq(agreementLinks.otherId, otherId))

/** Two links at once could close a circle that neither closes alone. */
const linksLock = 7_402_311

async function both(tx: Transaction, actor: KnownActor, { agreementId, otherId }: LinkInput) {
  await tx.execute(sql`select pg_advisory_xact_lock(${linksLock})`)
  const record = await lockOwn(tx, actor, agreementId)
  const other = isUuid(otherId) ? await readRecord(tx, actor, otherId) : undefined
  if (other === undefined) throw new DomainError('not_found')
  if (record.id === other.id) throw refuse('otherId', 'link_itself')
  return { record, other }
}

interface Noted {
  readonly record: AgreementRecord
  readonly other: AgreementRecord
  readonly action: string
  readonly before: LinkKind | null
  readonly after: LinkKind | null
}

/**
 * Both agreements keep it in their histories: which is the other one, and never what it is called. Whoever reads the
 * history of the one may not be allowed to see the other, now or later, and the trail cannot be changed.
 */
async function note(
  { clock }: OnceContext,
  tx: Transaction,
  actor: KnownActor,
  { record, other, action, before, after }: Noted,
): Promise<void> {
  const said = (of: AgreementRecord, kind: LinkKind | null) => (kind === null ? null : { kind, agreement: of.id })
  for (const [subject, of, field] of [
    [record, other, 'link.earlier'],
    [other, record, 'link.later'],
  ] as const) {
    await recordAudit(tx, actor, {
      action,
      subject: { kind: 'agreement', id: subject.id },
      at: clock.now(),
      changes: [{ field, before: said(of, before), after: said(of, after) }],
    })
  }
}
