import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asc, inArray } from 'drizzle-orm'
import { expect } from 'vitest'
import { agreementTransitions, agreements, documentVersions, formSteps, storedFiles } from '#db/schema/index.ts'
import { sweepFiles } from '#features/documents/sweep.ts'
import { readHistory } from '#platform/audit/history.ts'
import type { AppContext } from '#platform/context.ts'
import type { Acknowledged } from './senders.ts'

const many = 100_000

/** State, last transition and audit of an agreement say the same, and each step follows from the one before. */
export async function checkAgreements({ database }: AppContext): Promise<void> {
  for (const { id, state, version } of await database.select().from(agreements)) {
    if (state === null) continue
    const steps = await database
      .select()
      .from(agreementTransitions)
      .where(inArray(agreementTransitions.agreementId, [id]))
      .orderBy(asc(agreementTransitions.at), asc(agreementTransitions.id))
    expect(steps.slice(1).map(({ fromState }) => fromState)).toEqual(steps.slice(0, -1).map(({ toState }) => toState))
    expect(steps.at(-1)?.toState).toBe(state)
    const events = (await readHistory(database, { kind: 'agreement', id }, many)).toReversed()
    const changed = (field: string) =>
      events.flatMap(({ changes }) => changes.filter((change) => change.field === field))
    const states = changed('state').map(({ before, after }) => [before, after])
    expect(states).toEqual(steps.map(({ fromState, toState }) => [fromState, toState]))
    const versions = changed('version').map(({ after }) => after)
    expect(versions).toEqual(Array.from({ length: version }, (_, index) => index + 1))
  }
}

/** Every step and file that the server said was done is there. */
export async function checkAcknowledged({ database }: AppContext, { tokens, versions }: Acknowledged): Promise<void> {
  const steps = new Map((await database.select().from(formSteps)).map(({ token, outcome }) => [token, outcome]))
  expect(tokens.filter((token) => (steps.get(token) ?? '') === '')).toEqual([])
  const rows = await database.select().from(documentVersions)
  const there = new Set(rows.map(({ documentId, sha256 }) => `${documentId} ${sha256}`))
  expect(versions.filter(({ documentId, sha256 }) => !there.has(`${documentId} ${sha256}`))).toEqual([])
  expect(there.size, 'no version is there twice').toBe(rows.length)
}

/** Each version of a document has its file, with the content that its name stands for, and its line in the audit. */
export async function checkFiles({ database }: AppContext, dataDir: string): Promise<void> {
  const rows = await database.select().from(documentVersions).orderBy(asc(documentVersions.version))
  const files = new Map((await database.select().from(storedFiles)).map((file) => [file.sha256, file]))
  for (const { sha256 } of rows) {
    const content = await readFile(join(dataDir, 'files/sha256', sha256.slice(0, 2), sha256))
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    expect(files.get(sha256)?.sizeBytes).toBe(content.length)
  }
  for (const versions of Map.groupBy(rows, ({ documentId }) => documentId).values()) {
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, index) => index + 1))
  }
  const audited: unknown[] = []
  for (const { id } of await database.select({ id: agreements.id }).from(agreements)) {
    for (const { changes } of await readHistory(database, { kind: 'agreement', id }, many)) {
      audited.push(...changes.filter(({ field }) => field === 'document.sha256').map(({ after }) => after))
    }
  }
  expect(audited.toSorted()).toEqual(rows.map(({ sha256 }) => sha256).toSorted())
}

/** What the storage holds: files under their hashes, and files on their way in. */
export async function countFiles({ storage }: AppContext, dataDir: string) {
  const kept = (await Array.fromAsync(storage.list())).map(({ sha256 }) => sha256).toSorted()
  return { kept, incoming: await readdir(join(dataDir, 'files/incoming')) }
}

/** The sweep of a later day leaves what is on record, and nothing else. */
export async function checkSweep(context: AppContext, dataDir: string): Promise<void> {
  await sweepFiles(context, Temporal.Now.instant().add({ hours: 48 }))
  const recorded = await context.database.select({ sha256: storedFiles.sha256 }).from(storedFiles)
  const { kept, incoming } = await countFiles(context, dataDir)
  expect(kept).toEqual(recorded.map(({ sha256 }) => sha256).toSorted())
  expect(incoming).toEqual([])
}
