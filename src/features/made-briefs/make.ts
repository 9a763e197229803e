import { Readable } from 'node:stream'
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { DocumentOrder } from '#db/schema/brief-documents.ts'
import { briefDocuments, storedFiles } from '#db/schema/index.ts'
import { makeDelegation } from '#features/delegations/maker.ts'
import { recordFile } from '#features/documents/stored-file.ts'
import { finishBrief, prepareBrief, type PreparedBrief } from '#features/issued-briefs/issue.ts'
import { findByFile } from '#features/issued-briefs/register.ts'
import { makeReport } from '#features/register-reports/maker.ts'
import { DomainError } from '#platform/errors.ts'
import { hashOfJson } from '#platform/json-hash.ts'
import { pageCount } from '#platform/pdf/document.ts'
import type { MakeContext, Maker, Making, Prepared } from './maker.ts'
import { madeOf, type MadeBrief } from './orders.ts'

/** Makes the briefs that wait, a few at a time in this process; other processes make others. */

const makers = { delegation: makeDelegation, register: makeReport } as const satisfies {
  readonly [Kind in DocumentOrder['kind']]: Maker<Kind>
}

/** Whoever gives no sign of life for so long has died, and another takes over. */
const patienceSeconds = 60

const signOfLifeMs = 10_000

/**
 * Briefs made at the same time in a process: a long one does not keep a short one waiting, and of reports, which take
 * much memory and minutes, there is one at a time.
 */
const lanes: { readonly kind: DocumentOrder['kind']; running: Promise<void> | undefined }[] = [
  { kind: 'delegation', running: undefined },
  { kind: 'delegation', running: undefined },
  { kind: 'register', running: undefined },
]

let leaving = new AbortController()

/** Begins with what waits, as far as that was not begun; resolves when nothing waits any more. Failures are on record. */
export async function beginMaking(context: MakeContext): Promise<void> {
  const { signal } = leaving
  if (signal.aborted) return
  for (const lane of lanes) {
    lane.running ??= makeAll(context, lane.kind, signal)
      .catch((error: unknown) => context.log.error('the making of briefs broke off', { error }))
      .finally(() => (lane.running = undefined))
  }
  await settleMaking()
}

async function settleMaking(): Promise<void> {
  await Promise.all(lanes.flatMap(({ running }) => running ?? []))
}

/** Begins with nothing more, leaves what takes long to another process, and waits for the rest. */
export async function leaveMaking(): Promise<void> {
  leaving.abort()
  await settleMaking()
  leaving = new AbortController()
}

async function makeAll(context: MakeContext, kind: DocumentOrder['kind'], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const taken = await takeNext(context, kind)
    if (taken === undefined) return
    await make(context, taken, signal)
  }
}

/** Takes the oldest of a kind that waits, or whose maker has died; what staff asked for themselves before all others. */
async function takeNext({ database, clock }: MakeContext, kind: DocumentOrder['kind']): Promise<MadeBrief | undefined> {
  const now = clock.now()
  const dead = now.subtract({ seconds: patienceSeconds }).toString()
  const next = sql`(
    select id from brief_documents
    where (state = 'waiting' or (state = 'making' and worker_at < ${dead}::timestamptz))
      and document_order ->> 'kind' = ${kind}
    order by owner_id is null, created_at, id limit 1 for update skip locked)`
  const [row] = await database
    .update(briefDocuments)
    .set({ state: 'making', workerAt: now.toString(), done: 0, total: 0 })
    .where(eq(briefDocuments.id, next))
    .returning()
  return row && madeOf(row)
}

async function make(context: MakeContext, taken: MadeBrief, signal: AbortSignal): Promise<void> {
  const { database, clock, log } = context
  const tell = teller(database, taken.id, () => clock.now().toString())
  const timer = setInterval(() => void tell({}), signOfLifeMs)
  timer.unref()
  try {
    const progress = (done: number, total: number) => void tell({ done, total })
    const { brief, leftOut, ...ways } = await read(context, taken, { progress, signal })
    const prepared = await prepareBrief(context, brief)
    signal.throwIfAborted()
    const contentKey = await hashOfJson(prepared.document)
    const file = (await keptFile(context, contentKey, prepared.entry.id)) ?? (await newFile(context, prepared, ways))
    await settle(context, taken.id, { ...file, contentKey, leftOut, state: 'ready', failure: null })
  } catch (error) {
    if (signal.aborted) return await giveBack(context, taken.id)
    const isKnown = error instanceof DomainError
    if (!isKnown) log.error('a brief could not be made', { brief: taken.id, error })
    const { code, params } = isKnown ? error : new DomainError('internal')
    await settle(context, taken.id, { state: 'failed', failure: { code, params: { ...params } } })
  } finally {
    clearInterval(timer)
  }
}

function read(context: MakeContext, taken: MadeBrief, making: Making): Promise<Prepared> {
  const maker = makers[taken.order.kind] as Maker<DocumentOrder['kind']>
  return maker(context, taken, making)
}

/** Puts it back in line, as if nobody had begun. */
async function giveBack({ database }: MakeContext, id: string): Promise<void> {
  await database
    .update(briefDocuments)
    .set({ state: 'waiting', workerAt: null, done: 0, total: 0 })
    .where(and(eq(briefDocuments.id, id), eq(briefDocuments.state, 'making')))
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

/** The file of the same words, where it was made before, is still there, and is in the register as this brief. */
async function keptFile(
  { database, storage }: MakeContext,
  contentKey: string,
  briefId: string,
): Promise<KeptFile | undefined> {
  const [row] = await database
    .select({ sha256: briefDocuments.sha256, sizeBytes: briefDocuments.sizeBytes, pages: briefDocuments.pages })
    .from(briefDocuments)
    .where(and(eq(briefDocuments.contentKey, contentKey), eq(briefDocuments.state, 'ready')))
    .limit(1)
  if (row === undefined) return undefined
  const { sha256, sizeBytes, pages } = row
  if (sha256 === null || sizeBytes === null || pages === null || !(await storage.has(sha256))) return undefined
  if ((await findByFile(database, sha256))?.id !== briefId) return undefined
  return { sha256, sizeBytes, pages }
}

async function newFile(
  context: MakeContext,
  prepared: PreparedBrief,
  { layOut, inPlace }: Omit<Prepared, 'brief' | 'leftOut'>,
): Promise<KeptFile> {
  const { storage } = context
  const { bytes } = await (context.layOut === undefined
    ? finishBrief(context, prepared, layOut, { inPlace })
    : finishBrief(context, prepared, context.layOut))
  const staged = await storage.stage(Readable.from(piecesOf(bytes)))
  try {
    await storage.keep(staged)
    return { sha256: staged.sha256, sizeBytes: staged.sizeBytes, pages: pageCount(bytes) }
  } finally {
    await staged.discard()
  }
}

const pieceBytes = 1024 * 1024

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes)
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
