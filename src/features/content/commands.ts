import { count, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#db/client.ts'
import { agreements, facilities, hubSettings, labs, pages, partners, textRevisions, vocabularies } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { publishAgreements } from '#features/agreements/steps.ts'
import { publishFacilities } from '#features/facilities/steps.ts'
import { publishLabs } from '#features/labs/steps.ts'
import { publishPartners } from '#features/partners/steps.ts'
import type { PublicationKind } from '#db/schema/index.ts'
import { type Publisher, withdraw } from '#features/publications/steps.ts'
import { type AuditActor, type AuditEntry, recordAuditAll } from '#platform/audit/record.ts'
import { announceChange } from '#platform/changes.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { auditEntries, type Change, changesOf, idsFor } from './changes.ts'
import { checkPack } from './check.ts'
import type { Pack, PackProblem, RecordFolder } from './model.ts'
import { databasePack } from './queries.ts'
import { readPack } from './read.ts'
import { revisionsOf } from './revisions.ts'
import { writeHolidays } from './write-holidays.ts'
import { writeAgreements, writeFacilities, writeLabs, writePartners } from './write-records.ts'

export interface ImportContext {
  readonly database: Database
  readonly clock: Clock
}

/** How many records an import wrote, and how many it found as they were. */
export interface ImportReport {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

/** A pack cannot be used; nothing was changed. */
export class PackError extends DomainError {
  readonly packProblems: readonly PackProblem[]

  constructor(problems: readonly PackProblem[]) {
    super('invalid_content', { count: problems.length })
    this.name = 'PackError'
    this.packProblems = problems
  }
}

/**
 * Loads a content pack, or any part of one, into the database in one transaction: new records are added, differing
 * ones changed, what is published is published anew; nothing is deleted. Two imports at once take turns.
 * @throws PackError naming every file and key that is wrong
 */
export const importContent = command('content.import', async (context: ImportContext, actor, folder: string) => {
  const { pack, problems } = await readPack(folder)
  if (problems.length > 0) throw new PackError(problems)
  return context.database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('yunqiao content import'))`)
    return importPack(tx, context.clock, actor, pack)
  })
})

/** Loads the pack into a database that holds no record yet. Returns undefined where there is something already. */
export async function loadContentIfEmpty(context: ImportContext, folder: string): Promise<ImportReport | undefined> {
  const { pack, problems } = await readPackOnlyIfEmpty(context.database, folder)
  if (pack === undefined) return undefined
  if (problems.length > 0) throw new PackError(problems)
  return context.database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('yunqiao content import'))`)
    return (await isEmpty(tx)) ? importPack(tx, context.clock, { kind: 'system' }, pack) : undefined
  })
}

async function readPackOnlyIfEmpty(db: Database, folder: string) {
  return (await isEmpty(db)) ? readPack(folder) : { pack: undefined, problems: [] }
}

async function isEmpty(db: Database | Transaction): Promise<boolean> {
  for (const table of [partners, labs, facilities, agreements, vocabularies]) {
    const [row] = await db.select({ count: count() }).from(table)
    if ((row?.count ?? 0) > 0) return false
  }
  const marks = await db.select().from(hubSettings).where(eq(hubSettings.key, 'demonstration'))
  return marks.length === 0
}

const folders = ['partners', 'labs', 'facilities', 'agreements'] as const

const writers = { partners: writePartners, labs: writeLabs, facilities: writeFacilities, agreements: writeAgreements }

const publishers: Readonly<
  Record<RecordFolder, { kind: PublicationKind; publish: (tx: Transaction, ids: string[], publisher: Publisher) => Promise<string[]> }>
> = {
  partners: { kind: 'partner', publish: publishPartners },
  labs: { kind: 'lab', publish: publishLabs },
  facilities: { kind: 'facility', publish: publishFacilities },
  agreements: { kind: 'agreement', publish: publishAgreements },
}

async function importPack(tx: Transaction, clock: Clock, actor: AuditActor, pack: Pack): Promise<ImportReport> {
  const present = await databasePack(tx)
  const problems = checkPack(pack, {
    countries: new Set(Object.keys(present.countries?.countries ?? {})),
    regions: new Set(Object.keys(present.countries?.regions ?? {})),
    places: new Set(Object.keys(present.places ?? {})),
    fields: new Set(Object.keys(present.fields ?? {})),
    slugs: {
      partners: new Set(present.partners.keys()),
      labs: new Set(present.labs.keys()),
      facilities: new Set(present.facilities.keys()),
      agreements: new Set(present.agreements.keys()),
    },
  })
  if (problems.length > 0) throw new PackError(problems)

  const at = clock.now()
  const publisher = { at, by: actor.kind === 'user' ? actor.id : null }
  await writeVocabularies(tx, pack)
  await writeSettings(tx, pack, present)
  const ids = await idsFor(tx, pack)
  const changes = new Map<RecordFolder, Change[]>(folders.map((folder) => [folder, changesOf(folder, pack, present, ids)]))
  const audit: AuditEntry[] = await writeHolidays(tx, pack.holidays, present.holidays, at)
  for (const folder of folders) {
    const own = changes.get(folder) ?? []
    await insertRevisions(tx, revisionsOf(folder, own, pack, present), publisher)
    await writers[folder](tx, own, pack, ids)
    audit.push(...auditEntries(folder, own, pack, present, at))
  }
  for (const folder of folders) {
    const { kind, publish } = publishers[folder]
    const own = (changes.get(folder) ?? []).map((change) => ({ id: change.id, state: pack[folder].get(change.slug)?.state }))
    await publish(tx, own.filter((record) => record.state === 'published').map((record) => record.id), publisher)
    await withdraw(tx, kind, own.filter((record) => record.state !== 'published').map((record) => record.id), publisher)
  }
  await recordAuditAll(tx, actor, audit)

  const all = [...changes.values()].flat()
  const total = folders.reduce((sum, folder) => sum + pack[folder].size, 0)
  const added = all.filter((change) => change.isNew).length
  return { added, changed: all.length - added, unchanged: total - all.length }
}

async function writeVocabularies(tx: Transaction, pack: Pack): Promise<void> {
  const lists = {
    country: pack.countries?.countries,
    region: pack.countries?.regions,
    place: pack.places,
    field: pack.fields,
    term: pack.glossary,
  } as const
  const rows = Object.entries(lists).flatMap(([kind, list]) =>
    Object.entries<unknown>(list ?? {}).map(([code, content], position) => ({ kind: kind as keyof typeof lists, code, position, content })),
  )
  if (rows.length === 0) return
  await tx
    .insert(vocabularies)
    .values(rows)
    .onConflictDoUpdate({
      target: [vocabularies.kind, vocabularies.code],
      set: { position: sql`excluded.position`, content: sql`excluded.content` },
    })
  await announceChange(tx, ['hub'])
}

async function writeSettings(tx: Transaction, pack: Pack, present: Pack): Promise<void> {
  if (pack.site !== undefined && JSON.stringify(pack.site) !== JSON.stringify(present.site)) {
    await tx
      .insert(hubSettings)
      .values({ key: 'site', value: pack.site })
      .onConflictDoUpdate({ target: hubSettings.key, set: { value: pack.site, updatedAt: sql`now()` } })
    await announceChange(tx, ['hub'])
  }
  const rows = [...pack.pages].flatMap(([slug, byLocale]) =>
    Object.entries(byLocale).map(([locale, page]) => ({ slug, locale, ...page })),
  )
  if (rows.length === 0) return
  await tx
    .insert(pages)
    .values(rows)
    .onConflictDoUpdate({
      target: [pages.slug, pages.locale],
      set: { title: sql`excluded.title`, body: sql`excluded.body`, status: sql`excluded.status`, updatedAt: sql`now()` },
    })
  await announceChange(tx, ['hub'])
}

async function insertRevisions(tx: Transaction, revisions: ReturnType<typeof revisionsOf>, { at, by }: Publisher): Promise<void> {
  if (revisions.length === 0) return
  await tx.insert(textRevisions).values(
    revisions.map((revision) => ({ id: newId(), ...revision, replacedAt: at.toString(), replacedBy: by })),
  )
}
