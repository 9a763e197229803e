import { and, eq, exists } from 'drizzle-orm'
import type { Database, Queryable } from '#db/client.ts'
import { type BriefRecipe, issuedBriefFiles, issuedBriefs } from '#db/schema/index.ts'
import { newId } from '#platform/ids.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { newCode } from './code.ts'
import type { OfficeRecord } from './office-records.ts'

/** The register of issued briefs, read and written. Issuing needs no permission: whoever may read a record may take its brief. */

type Row = typeof issuedBriefs.$inferSelect

export interface RegisterEntry extends Omit<Row, 'languages' | 'officeRecords'> {
  readonly languages: readonly Locale[]
  readonly officeRecords: readonly OfficeRecord[]
}

/** The states of the records that a brief was made from. */
export interface MadeFrom {
  readonly editions: readonly string[]
  readonly officeRecords: readonly OfficeRecord[]
  readonly recipe: BriefRecipe | undefined
}

export interface NewEntry extends MadeFrom {
  readonly contentKey: string
  readonly kind: string
  readonly title: string
  readonly languages: readonly Locale[]
  readonly isInternal: boolean
  readonly subjectId: string | undefined
}

const entryOf = (row: Row | undefined) => row as RegisterEntry | undefined

export async function findByContent(database: Queryable, contentKey: string): Promise<RegisterEntry | undefined> {
  const [row] = await database.select().from(issuedBriefs).where(eq(issuedBriefs.contentKey, contentKey))
  return entryOf(row)
}

/** @param code without hyphens. One whose brief was never finished is nobody's. */
export async function findByCode(database: Queryable, code: string): Promise<RegisterEntry | undefined> {
  const files = database
    .select({ sha256: issuedBriefFiles.sha256 })
    .from(issuedBriefFiles)
    .where(eq(issuedBriefFiles.briefId, issuedBriefs.id))
  const [row] = await database
    .select()
    .from(issuedBriefs)
    .where(and(eq(issuedBriefs.code, code), exists(files)))
  return entryOf(row)
}

export async function findByFile(database: Queryable, sha256: string): Promise<RegisterEntry | undefined> {
  const [found] = await database
    .select({ brief: issuedBriefs })
    .from(issuedBriefFiles)
    .innerJoin(issuedBriefs, eq(issuedBriefs.id, issuedBriefFiles.briefId))
    .where(eq(issuedBriefFiles.sha256, sha256))
  return entryOf(found?.brief)
}

/** Enters a brief. Where another process has entered the same words meanwhile, theirs is the entry. */
export async function register(database: Database, entry: NewEntry, now: Temporal.Instant): Promise<RegisterEntry> {
  const [row] = await database
    .insert(issuedBriefs)
    .values({
      ...entry,
      id: newId(),
      code: newCode(),
      languages: [...entry.languages],
      editions: [...entry.editions],
      recipe: entry.recipe ?? null,
      subjectId: entry.subjectId ?? null,
      firstIssuedAt: now.toString(),
      confirmedAt: now.toString(),
    })
    .onConflictDoNothing({ target: issuedBriefs.contentKey })
    .returning()
  const made = entryOf(row) ?? (await findByContent(database, entry.contentKey))
  if (made === undefined) throw new Error('a brief was not entered into the register')
  return made
}

/** Notes that a brief still says what the records say, though these have changed in what it does not tell. */
export async function confirm(
  database: Database,
  id: string,
  { editions, officeRecords, recipe }: MadeFrom,
  now: Temporal.Instant,
): Promise<void> {
  await database
    .update(issuedBriefs)
    .set({ editions: [...editions], officeRecords, recipe: recipe ?? null, confirmedAt: now.toString() })
    .where(eq(issuedBriefs.id, id))
}

export interface NewFile {
  readonly sha256: string
  readonly briefId: string
  readonly sizeBytes: number
  /** Fingerprint of the certificate that it is signed with. */
  readonly certificate: string
  readonly madeAt: Temporal.Instant
}

export async function noteFile(database: Database, { madeAt, ...file }: NewFile): Promise<void> {
  await database
    .insert(issuedBriefFiles)
    .values({ ...file, madeAt: madeAt.toString() })
    .onConflictDoNothing()
}
