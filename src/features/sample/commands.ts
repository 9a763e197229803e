import { randomBytes } from 'node:crypto'
import { count, eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { agreements, hubSettings, partners, partnerTexts, users, vocabularies } from '#db/schema/index.ts'
import { command, type KnownActor } from '#features/accounts/model.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
import { publishPartners } from '#features/partners/steps.ts'
import { sourceHash } from '#features/publications/texts.ts'
import { forgetRound } from '#features/reminders/rounds.ts'
import { recordAuditAll } from '#platform/audit/record.ts'
import { announceChange } from '#platform/changes.ts'
import { type Clock, officeDay } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { locales } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { type SampleAgreement, sampleAgreements, samplePartners } from './model.ts'
import { seededRandom } from './random.ts'
import { addAgreements, type SampleWriter } from './write.ts'

export interface SampleContext {
  readonly database: Database
  readonly clock: Clock
  readonly config: { readonly officeTimeZone: string }
  /** Told now and then how many agreements are written. */
  readonly onProgress?: (written: number) => void
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
      // Its agreements came with the past, which no round of the day has looked at.
      await forgetRound(tx)
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
      const countries = await countriesOf(tx, partnerIds)
      const random = seededRandom(request.seed + 1)
      const workingDays = await officeWorkingDays(tx)
      const writer: SampleWriter = { actor, at, today, workingDays, people, countries, random }
      const { agreements: count, seed } = request
      const all = sampleAgreements({ count, seed, today, partnerIds, officerIds: people, fields })
      let written = 0
      for (const batch of batches(all)) {
        await addAgreements(tx, writer, batch)
        written += batch.length
        context.onProgress?.(written)
      }
      return { partners: partnerIds.length, agreements: request.agreements }
    }),
)

function* batches(all: Iterable<SampleAgreement>): Generator<SampleAgreement[]> {
  let batch: SampleAgreement[] = []
  for (const agreement of all) {
    batch.push(agreement)
    if (batch.length < agreementsAtOnce) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

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

/** Invented staff, for releases take two and lists show whose an agreement is; nobody can sign in as them. */
async function addPeople(tx: Transaction): Promise<string[]> {
  const people = Array.from({ length: 8 }, (_, n) => ({
    email: `officer-${n + 1}@sample.invalid`,
    name: `Sample Officer ${n + 1}`,
  }))
  const emails = people.map(({ email }) => email)
  await tx
    .insert(users)
    .values(
      people.map((person) => ({
        ...person,
        id: newId(),
        state: 'disabled' as const,
        passwordHash: `none ${randomBytes(16).toString('hex')}`,
      })),
    )
    .onConflictDoNothing()
  const rows = await tx.select({ id: users.id }).from(users).where(inArray(users.email, emails)).orderBy(users.email)
  return rows.map((row) => row.id)
}

async function countriesOf(tx: Transaction, partnerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ id: partners.id, country: partners.country })
    .from(partners)
    .where(inArray(partners.id, [...partnerIds]))
  return new Map(rows.map((row) => [row.id, row.country]))
}
