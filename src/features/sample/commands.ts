import { randomBytes } from 'node:crypto'
import { count, eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import {
  agreementReleases,
  agreements,
  agreementTransitions,
  hubSettings,
  partners,
  partnerTexts,
  users,
  vocabularies,
} from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { publishAgreements } from '#features/agreements/steps.ts'
import { changesBetween } from '#features/agreements/words.ts'
import { insertAgreementWords } from '#features/agreements/bulk.ts'
import { publishPartners } from '#features/partners/steps.ts'
import { sourceHash } from '#features/publications/texts.ts'
import { recordAuditAll } from '#platform/audit/record.ts'
import { announceChange } from '#platform/changes.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { locales } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { type SampleAgreement, sampleAgreements, samplePartners } from './model.ts'
import { enteredState, reviewSamples } from './reviews.ts'

export interface SampleContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly officeTimeZone: string }
}

export interface SampleRequest {
  /** How many agreements. */
  readonly agreements: number
  readonly seed: number
}

export interface SampleReport {
  readonly partners: number
  readonly agreements: number
}

const agreementsAtOnce = 1000

/**
 * Fills a register that holds nothing of the office's own with invented institutions and agreements in every state,
 * and marks the database for good as a demonstration.
 * @throws DomainError `register_not_empty`
 */
export const fillWithSample = command(
  'hub.sample',
  (context: SampleContext, actor, request: SampleRequest): Promise<SampleReport> =>
    context.database.transaction(async (tx) => {
      await guardEmpty(tx)
      const at = context.clock.now()
      await tx.insert(hubSettings).values({ key: 'demonstration', value: true }).onConflictDoNothing()
      await announceChange(tx, ['hub'])
      const partnerIds = await addPartners(tx, actor, at)
      const people = await addPeople(tx)
      const fields = (
        await tx
          .select({ code: vocabularies.code })
          .from(vocabularies)
          .where(eq(vocabularies.kind, 'field'))
          .orderBy(vocabularies.position)
      ).map((row) => row.code)
      const today = officeDay(context.clock, context.config.officeTimeZone)
      let waiting: SampleAgreement[] = []
      for (const agreement of sampleAgreements({
        count: request.agreements,
        seed: request.seed,
        today,
        partnerIds,
        fields,
      })) {
        waiting.push(agreement)
        if (waiting.length < agreementsAtOnce) continue
        await addAgreements(tx, actor, at, people, waiting)
        waiting = []
      }
      if (waiting.length > 0) await addAgreements(tx, actor, at, people, waiting)
      return { partners: partnerIds.length, agreements: request.agreements }
    }),
)

async function guardEmpty(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table ${agreements} in share row exclusive mode`)
  const [own] = await tx.select({ count: count() }).from(agreements).where(eq(agreements.origin, 'office'))
  if ((own?.count ?? 0) > 0) throw new DomainError('register_not_empty')
}

async function addPartners(tx: Transaction, actor: KnownActor, at: Temporal.Instant): Promise<string[]> {
  const known = new Map(
    (
      await tx
        .select({ id: partners.id, slug: partners.slug })
        .from(partners)
        .where(
          inArray(
            partners.slug,
            samplePartners().map((partner) => partner.slug),
          ),
        )
    ).map((row) => [row.slug, row.id]),
  )
  const all = samplePartners().map((partner) => ({ ...partner, id: known.get(partner.slug) ?? newId() }))
  const added = all.filter((partner) => !known.has(partner.slug))
  if (added.length > 0) {
    await tx.insert(partners).values(
      added.map(({ id, slug, kind, country }) => ({
        id,
        slug,
        kind,
        country,
        state: 'published' as const,
        side: country === 'CN' ? 'yunnan' : 'abroad',
        standing: 'listed',
        sourceLocale: 'zh',
        sources: ['https://example.org/'],
      })),
    )
    await tx.insert(partnerTexts).values(
      added.flatMap(({ id, names, summaries }) =>
        locales.map((locale) => ({
          partnerId: id,
          locale,
          name: names[locale],
          nameStatus: 'reviewed' as const,
          summary: summaries[locale],
          summaryStatus: 'reviewed' as const,
          nameSourceHash: locale === 'zh' ? null : sourceHash(names.zh),
          summarySourceHash: locale === 'zh' ? null : sourceHash(summaries.zh),
        })),
      ),
    )
    await publishPartners(
      tx,
      added.map((partner) => partner.id),
      { at, by: null },
    )
    await recordAuditAll(
      tx,
      actor,
      added.map(({ id, names }) => ({
        action: 'partner.sample',
        subject: { kind: 'partner', id },
        at,
        changes: [{ field: 'name', before: null, after: names.en }],
      })),
    )
  }
  return all.map((partner) => partner.id)
}

/** Two invented people, for releases take two; nobody can sign in as them. */
async function addPeople(tx: Transaction): Promise<readonly [string, string]> {
  const emails = ['officer-one@sample.invalid', 'officer-two@sample.invalid']
  await tx
    .insert(users)
    .values(
      emails.map((email) => ({
        id: newId(),
        email,
        name: email === emails[0] ? 'Sample Officer One' : 'Sample Officer Two',
        state: 'disabled' as const,
        passwordHash: `none ${randomBytes(16).toString('hex')}`,
      })),
    )
    .onConflictDoNothing()
  const rows = await tx.select({ id: users.id }).from(users).where(inArray(users.email, emails)).orderBy(users.email)
  return [rows[0]?.id ?? '', rows[1]?.id ?? '']
}

async function addAgreements(
  tx: Transaction,
  actor: KnownActor,
  at: Temporal.Instant,
  [asker, granter]: readonly [string, string],
  list: readonly SampleAgreement[],
): Promise<void> {
  const rows = list.map((agreement) => ({ ...agreement, id: newId() }))
  await insertAgreementWords(
    tx,
    rows.map((row) => ({ id: row.id, slug: row.slug, state: enteredState(row), words: row.words })),
    at,
  )
  await tx.insert(agreementTransitions).values(
    rows.map((row) => ({
      id: newId(),
      agreementId: row.id,
      transition: row.state === 'draft' ? 'draft' : 'enter',
      fromState: null,
      toState: enteredState(row),
      at: at.toString(),
    })),
  )
  const released = rows.filter((row) => row.released)
  if (released.length > 0) {
    await tx.insert(agreementReleases).values(
      released.map(({ id }) => ({
        id: newId(),
        agreementId: id,
        requestedBy: asker,
        requestedAt: at.toString(),
        decision: 'granted' as const,
        decidedBy: granter,
        decidedAt: at.toString(),
        agreementVersion: 1,
      })),
    )
    await publishAgreements(
      tx,
      released.map((row) => row.id),
      { at, by: granter },
    )
  }
  await recordAuditAll(
    tx,
    actor,
    rows.map((row) => ({
      action: row.state === 'draft' ? 'agreement.record' : 'agreement.enter',
      subject: { kind: 'agreement', id: row.id },
      at,
      changes: [
        ...changesBetween(null, row.words),
        { field: 'state', before: null, after: enteredState(row) },
        { field: 'version', before: null, after: 1 },
      ],
    })),
  )
  await reviewSamples(tx, actor, { at, sender: asker, reviewer: granter }, rows)
}
