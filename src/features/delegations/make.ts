import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { briefDocuments, storedFiles } from '#db/schema/index.ts'
import { now as urgently } from '#features/briefs/later.ts'
import { type BriefContext } from '#features/briefs/queries.ts'
import { recordFile } from '#features/documents/stored-file.ts'
import { type BriefToIssue, issueBrief, type IssueContext, reissued } from '#features/issued-briefs/issue.ts'
import { officeRecordsOf } from '#features/issued-briefs/office-records.ts'
import { requireVisit } from '#features/visits/queries.ts'
import { DomainError } from '#platform/errors.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import type { Logger } from '#platform/log.ts'
import { pageCount } from '#platform/pdf/document.ts'
import type { Storage } from '#platform/storage/storage.ts'
import { delegationDocument } from './document.ts'
import { madeOf, type MadeBrief } from './orders.ts'

/** Makes the briefs that wait, a few at a time in this process; other processes make others. */

export interface MakeContext extends BriefContext, IssueContext {
  readonly log: Logger
  readonly storage: Storage
  /** Makes the file of a brief, where it is not to be issued as all are; such a file is in no register. */
  readonly issue?: (brief: BriefToIssue) => Promise<{ readonly bytes: Uint8Array }>
}

/** Whoever gives no sign of life for so long has died, and another takes over. */
const patienceSeconds = 60

const signOfLifeMs = 10_000

/** Briefs made at the same time in a process: a long one does not keep a short one waiting. */
const lanes: (Promise<void> | undefined)[] = [undefined, undefined]

/** Begins with what waits, as far as that was not begun; resolves when nothing waits any more. Failures are on record. */
export async function beginMaking(context: MakeContext): Promise<void> {
  for (const at of lanes.keys()) {
    lanes[at] ??= makeAll(context)
      .catch((error: unknown) => context.log.error('the making of briefs broke off', { error }))
      .finally(() => (lanes[at] = undefined))
  }
  await settleMaking()
}

/** Waits for what has begun. */
export async function settleMaking(): Promise<void> {
  await Promise.all(lanes.filter((lane) => lane !== undefined))
}

async function makeAll(context: MakeContext): Promise<void> {
  for (;;) {
    const taken = await takeNext(context)
    if (taken === undefined) return
    await make(context, taken)
  }
}

/** Takes the oldest that waits, or whose maker has died. */
async function takeNext({ database, clock }: MakeContext): Promise<MadeBrief | undefined> {
  const now = clock.now()
  const dead = now.subtract({ seconds: patienceSeconds }).toString()
  const next = sql`(
    select id from brief_documents
    where state = 'waiting' or (state = 'making' and worker_at < ${dead}::timestamptz)
    order by created_at, id limit 1 for update skip locked)`
  const [row] = await database
    .update(briefDocuments)
    .set({ state: 'making', workerAt: now.toString(), done: 0, total: 0 })
    .where(eq(briefDocuments.id, next))
    .returning()
  return row && madeOf(row)
}

async function make(context: MakeContext, taken: MadeBrief): Promise<void> {
  const { database, clock, log } = context
  const tell = teller(database, taken.id, () => clock.now().toString())
  const timer = setInterval(() => void tell({}), signOfLifeMs)
  timer.unref()
  try {
    // Before the visit itself: what changes in between then shows as a change.
    const officeRecords = await officeRecordsOf(database, 'visit', taken.visitId === null ? [] : [taken.visitId])
    // The visit is read as whoever runs the hub: who may have the file is asked of those who fetch it.
    const visit = taken.visitId === null ? undefined : await requireVisit(database, { kind: 'system' }, taken.visitId)
    const { document, leftOut } = await delegationDocument(context, taken.order, visit, (done, total) => {
      void tell({ done, total })
    })
    const again = async (at: Temporal.Instant) =>
      (await delegationDocument({ ...context, clock: { now: () => at } }, taken.order, visit)).document
    const contentKey = createHash('sha256').update(JSON.stringify(document)).digest('hex')
    const brief: BriefToIssue = {
      ...{ kind: 'delegation', document, again },
      languages: taken.order.languages.filter((language) => isLocale(language)),
      // What a visit is about is not public: its page says that the brief is genuine, and whether the visit has changed.
      isInternal: visit !== undefined,
      officeRecords,
    }
    const file = (await keptFile(context, contentKey, brief)) ?? (await newFile(context, brief))
    await settle(context, taken.id, { ...file, contentKey, leftOut, state: 'ready', failure: null })
  } catch (error) {
    const isKnown = error instanceof DomainError
    if (!isKnown) log.error('a brief could not be made', { brief: taken.id, error })
    const { code, params } = isKnown ? error : new DomainError('internal')
    await settle(context, taken.id, { state: 'failed', failure: { code, params: { ...params } } })
  } finally {
    clearInterval(timer)
  }
}

function teller(database: Database, id: string, at: () => string) {
  return (progress: { done?: number; total?: number }) =>
    database
      .update(briefDocuments)
      .set({ ...progress, workerAt: at() })
      .where(and(eq(briefDocuments.id, id), eq(briefDocuments.state, 'making')))
      .catch(() => undefined)
}

interface KeptFile {
  readonly sha256: string
  readonly sizeBytes: number
  readonly pages: number
}

/** The file of the same words, where it was made before and is still there; the register says that it holds today. */
async function keptFile(context: MakeContext, contentKey: string, brief: BriefToIssue): Promise<KeptFile | undefined> {
  const { database, storage, issue } = context
  const [row] = await database
    .select({ sha256: briefDocuments.sha256, sizeBytes: briefDocuments.sizeBytes, pages: briefDocuments.pages })
    .from(briefDocuments)
    .where(and(eq(briefDocuments.contentKey, contentKey), eq(briefDocuments.state, 'ready')))
    .limit(1)
  if (row === undefined) return undefined
  const { sha256, sizeBytes, pages } = row
  if (sha256 === null || sizeBytes === null || pages === null || !(await storage.has(sha256))) return undefined
  if (issue === undefined && !(await reissued(context, brief, sha256))) return undefined
  return { sha256, sizeBytes, pages }
}

async function newFile(context: MakeContext, brief: BriefToIssue): Promise<KeptFile> {
  const { storage, issue = (one: BriefToIssue) => issueBrief(context, one) } = context
  const { bytes } = await urgently(() => issue(brief))
  const staged = await storage.stage(Readable.from([bytes]))
  try {
    await storage.keep(staged)
    return { sha256: staged.sha256, sizeBytes: staged.sizeBytes, pages: pageCount(bytes) }
  } finally {
    await staged.discard()
  }
}

type Outcome =
  | (KeptFile & {
      readonly state: 'ready'
      readonly contentKey: string
      readonly leftOut: number
      readonly failure: null
    })
  | { readonly state: 'failed'; readonly failure: NonNullable<MadeBrief['failure']> }

async function settle({ database, clock, storage }: MakeContext, id: string, outcome: Outcome): Promise<void> {
  await database.transaction(async (tx) => {
    if (outcome.state === 'ready') {
      const { sha256, sizeBytes } = outcome
      const flags = [] as const
      await recordFile(tx, storage, { sha256, sizeBytes, mediaType: 'application/pdf', flags, fileName: '' })
      await tx.execute(
        sql`update ${storedFiles} set flags = array['made_brief'] where sha256 = ${sha256} and flags = '{}'
          and not exists (select 1 from document_versions v where v.sha256 = ${sha256})`,
      )
    }
    await tx
      .update(briefDocuments)
      .set({ ...outcome, settledAt: clock.now().toString() })
      .where(eq(briefDocuments.id, id))
  })
}
