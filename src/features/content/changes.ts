import type { Transaction } from '#db/client.ts'
import { agreements, facilities, labs, partners } from '#db/schema/index.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import type { AuditEntry } from '#platform/audit/record.ts'
import { newId } from '#platform/ids.ts'
import type { Pack, RecordFolder } from './model.ts'
import { type Ids, idOf } from './rows.ts'
import { recordText } from './write.ts'

/** What an import will write: the records of one folder that are new or differ from what the database holds. */
export interface Change {
  readonly slug: string
  readonly id: string
  readonly isNew: boolean
}

export function changesOf(folder: RecordFolder, pack: Pack, present: Pack, ids: Ids): Change[] {
  return [...pack[folder]].flatMap(([slug, record]) => {
    const before = present[folder].get(slug)
    if (before !== undefined && recordText(folder, before) === recordText(folder, record)) return []
    return [{ slug, id: idOf(ids[folder], slug), isNew: before === undefined }]
  })
}

/** Ids by slug of everything in the database and the pack; records that are new get theirs here. */
export async function idsFor(tx: Transaction, pack: Pack): Promise<Ids> {
  const tables = { partners, labs, facilities, agreements }
  const ids: Record<string, Map<string, string>> = {}
  for (const folder of Object.keys(tables) as RecordFolder[]) {
    const table = tables[folder]
    const rows = await tx.select({ slug: table.slug, id: table.id }).from(table)
    const known = new Map(rows.map((row) => [row.slug, row.id]))
    for (const slug of pack[folder].keys()) if (!known.has(slug)) known.set(slug, newId())
    ids[folder] = known
  }
  return ids as unknown as Ids
}

/** The audit's entries for the changes of one folder: each key that differs, as the pack holds it. */
export function auditEntries(
  folder: RecordFolder,
  changes: readonly Change[],
  pack: Pack,
  present: Pack,
  at: Temporal.Instant,
): AuditEntry[] {
  const kind = { partners: 'partner', labs: 'lab', facilities: 'facility', agreements: 'agreement' }[folder]
  return changes.map(({ slug, id, isNew }) => {
    const before = plain(present[folder].get(slug) ?? {})
    const after = plain(pack[folder].get(slug) ?? {})
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return {
      action: isNew ? `${kind}.import` : `${kind}.import_change`,
      subject: { kind, id },
      at,
      changes: keys.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null })),
    }
  })
}

function plain(value: object): Record<string, AuditValue> {
  return JSON.parse(JSON.stringify(value)) as Record<string, AuditValue>
}
