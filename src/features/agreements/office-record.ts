import { and, desc, eq } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementReleases, auditChanges, auditEvents } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import type { WorkingDays } from '#features/workdays/model.ts'
import { officeWorkingDays } from '#features/workdays/queries.ts'
import type { PublishedAgreement } from '#features/publications/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { readHistory } from '#platform/audit/history.ts'
import { isUuid } from '#platform/forms/once.ts'
import { DomainError } from '#platform/errors.ts'
import { gapsIn, type Step, stepsFrom } from './lifecycle.ts'
import type { Requirement } from './requirements.ts'
import { readFacts } from './facts.ts'
import { type AgreementRecord, readRecord } from './record.ts'
import { type ReleaseObstacle, releaseObstacles } from './release.ts'
import { fieldsOfIds, idsIn, nameEvents, type OfficeEvent, readEvents } from './office-history.ts'
import { agreementEditions } from './steps.ts'
import { fieldsOf, wordFieldNames, type WordFields } from './words.ts'

export interface ReleaseStatus {
  /** Asked for and not decided. */
  readonly open?: {
    readonly requestedBy: string
    readonly requester: string
    readonly requestedAt: Temporal.Instant
    readonly note: string | null
  }
  /** What the public sees. `current` says whether it is the agreement as it stands. */
  readonly inEffect?: {
    readonly granter: string
    readonly grantedAt: Temporal.Instant
    readonly current: boolean
    /** Who reviewed it for confidentiality, and on what basis. */
    readonly reviewer: string | null
    readonly basis: string | null
  }
  readonly obstacles: readonly ReleaseObstacle[]
  /** What granting the open request would publish. */
  readonly preview?: PublishedAgreement
}

/** Everything that the office's page about one agreement shows. */
export interface OfficeRecord {
  readonly record: AgreementRecord
  readonly steps: readonly Step[]
  readonly gaps: readonly Requirement[]
  readonly release: ReleaseStatus
  readonly history: readonly OfficeEvent[]
  /** The event that the next page of the history goes on from. */
  readonly older: string | undefined
  /** The last step that the agreement took was made by a change of substance, which voided its approval. */
  readonly voided: boolean
  /** Names of whatever the record or its history speaks of, by id and language. */
  readonly partnerNames: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** By which the office's own deadline falls on a day of work. */
  readonly workingDays: WorkingDays
}

/**
 * @param before the event that the history is shown from, an older one each
 * @throws DomainError `not_found` where there is none, or none that the actor may see; for such a page of the history too
 */
export async function readForOffice(
  database: Database,
  actor: Actor,
  id: string,
  today: Temporal.PlainDate,
  before?: string,
): Promise<OfficeRecord> {
  return readAround(database, actor, await requireRecord(database, actor, id), today, before)
}

/** The same of an agreement that was read already, as this actor sees it. */
export async function readAround(
  database: Database,
  actor: Actor,
  record: AgreementRecord,
  today: Temporal.PlainDate,
  before?: string,
): Promise<OfficeRecord> {
  const { id } = record
  const spoken = [...record.words.parties.map((party) => party.partnerId ?? null), ...linkedIn(fieldsOf(record.words))]
  const [{ history, open, inEffect }, facts, workingDays, last] = await Promise.all([
    readTrail(database, actor, id, spoken, before),
    readFacts(database, record),
    officeWorkingDays(database),
    record.state === 'negotiation' ? lastStep(database, id) : undefined,
  ])
  if (before !== undefined && history.events.length === 0) throw new DomainError('not_found')
  const nameOf = (userId: string | null) => history.names.get(userId ?? '')?.['und'] ?? ''
  const preview = open === undefined ? undefined : (await agreementEditions(database, [id]))[0]?.content
  return {
    record,
    steps: stepsFrom(record.state, facts, today),
    gaps: gapsIn(record.state, facts, today),
    release: {
      obstacles: releaseObstacles(record),
      ...(preview && { preview }),
      ...(open && {
        open: {
          requestedBy: open.requestedBy,
          requester: nameOf(open.requestedBy),
          requestedAt: Temporal.Instant.from(open.requestedAt),
          note: open.note,
        },
      }),
      ...(inEffect?.decidedAt && {
        inEffect: {
          granter: nameOf(inEffect.decidedBy),
          grantedAt: Temporal.Instant.from(inEffect.decidedAt),
          current: inEffect.agreementVersion === record.version,
          reviewer: inEffect.confidentialityReviewer,
          basis: inEffect.confidentialityBasis,
        },
      }),
    },
    history: history.events,
    older: history.older,
    voided: last === 'agreement.void_approval',
    partnerNames: history.names,
    workingDays,
  }
}

const releasesOf = keptQuery<{ id: string }>()((database, value) =>
  database
    .select()
    .from(agreementReleases)
    .where(eq(agreementReleases.agreementId, value('id')))
    .orderBy(desc(agreementReleases.requestedAt)),
)

/** The history and the releases, with the names of all that they and the record speak of. */
async function readTrail(
  database: Database,
  actor: Actor,
  id: string,
  spoken: readonly (string | null)[],
  before: string | undefined,
) {
  const [events, releases] = await Promise.all([readEvents(database, id, before), releasesOf(database, { id })])
  const open = releases.find((release) => release.decision === null)
  const inEffect = releases.find((release) => release.decision === 'granted' && release.endedAt === null)
  const people = [open?.requestedBy ?? null, inEffect?.decidedBy ?? null]
  return { history: await nameEvents(database, actor, id, events, [...spoken, ...people]), open, inEffect }
}

/** The agreement. @throws DomainError `not_found`, also for an id that cannot be one. */
export async function requireRecord(database: Queryable, actor: Actor, id: string): Promise<AgreementRecord> {
  const record = isUuid(id) ? await readRecord(database, actor, id) : undefined
  if (record === undefined) throw new DomainError('not_found')
  return record
}

/** What changed the state last. */
async function lastStep(database: Queryable, id: string): Promise<string | undefined> {
  const [row] = await database
    .select({ action: auditEvents.action })
    .from(auditEvents)
    .innerJoin(auditChanges, and(eq(auditChanges.eventId, auditEvents.id), eq(auditChanges.field, 'state')))
    .where(and(eq(auditEvents.subjectKind, 'agreement'), eq(auditEvents.subjectId, id)))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(1)
  return row?.action
}

/** Ids of people, labs and facilities in these fields. */
const linkedIn = (fields: WordFields) => fieldsOfIds.flatMap((field) => idsIn(field, [fields[field] ?? null]))

/** What happened since a version: for each field that changed, what it said then, and who changed something. */
export interface ChangesSince {
  readonly base: WordFields
  readonly people: readonly string[]
}

/** So many events are looked through for what changed under an open form. */
const eventsCompared = 1000

export async function readChangesSince(database: Database, id: string, version: number): Promise<ChangesSince> {
  const events = await readHistory(database, { kind: 'agreement', id }, eventsCompared)
  const since = events
    .filter((event) => event.changes.some(({ field, after }) => field === 'version' && Number(after) > version))
    .toReversed()
  const base: Record<string, AuditValue> = {}
  for (const { field, before } of since.flatMap((event) => event.changes)) {
    if (!(field in base) && wordFieldNames.includes(field)) base[field] = before
  }
  const names = await namesOfUsers(
    database,
    since.map((event) => event.actorId),
  )
  return { base, people: [...new Set(names.values())] }
}
