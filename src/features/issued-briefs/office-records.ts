import { and, eq, inArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Queryable } from '#db/client.ts'
import { agreements, auditEvents } from '#db/schema/index.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { addressesOf } from './addresses.ts'

type VersionsOf = (database: Queryable, ids: readonly string[]) => Promise<readonly { id: string; version: number }[]>

/** Of very many, in one parameter. */
const oneOf = (column: PgColumn, ids: readonly string[]) => sql`${column} = any(${sql.param([...ids])}::uuid[])`

/** What is done to that which the document of a visit shows: no tasks, and not whether it is put away. */
const shownOfVisits = ['record', 'change', 'save_person', 'remove_person', 'save_entry', 'remove_entry'].map(
  (deed) => `visit.${deed}`,
)

/** How to find out the version that a record of the office has now, for each kind that briefs are made from. */
const versions = {
  agreement: (database, ids) =>
    database
      .select({ id: agreements.id, version: agreements.version })
      .from(agreements)
      .where(oneOf(agreements.id, ids)),
  // A visit has people and a programme beside its own words: what was done to any of them counts.
  visit: (database, ids) =>
    database
      .select({ id: sql<string>`${auditEvents.subjectId}`, version: sql<number>`count(*)::int` })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.subjectKind, 'visit'),
          oneOf(auditEvents.subjectId, ids),
          inArray(auditEvents.action, shownOfVisits),
        ),
      )
      .groupBy(auditEvents.subjectId),
} as const satisfies Readonly<Record<string, VersionsOf>>

export type OfficeRecordKind = keyof typeof versions

/** A record that is not public, as a brief saw it. */
export interface OfficeRecord {
  readonly kind: OfficeRecordKind
  readonly id: string
  readonly version: number
}

/** Records in the versions that they have now. */
export async function officeRecordsOf(
  database: Queryable,
  kind: OfficeRecordKind,
  ids: readonly string[],
): Promise<OfficeRecord[]> {
  if (ids.length === 0) return []
  return (await versions[kind](database, ids)).map(({ id, version }) => ({ kind, id, version }))
}

/** Whether all of them are there still, in the version that the brief saw. */
export async function areUnchanged(database: Queryable, records: readonly OfficeRecord[]): Promise<boolean> {
  for (const [kind, ofKind] of Map.groupBy(records, (record) => record.kind)) {
    const read = (versions as Readonly<Record<string, VersionsOf>>)[kind]
    // Of a kind that this version does not know, nothing can be said for sure.
    if (read === undefined) return false
    const ids = ofKind.map(({ id }) => id)
    const now = new Map((await read(database, ids)).map(({ id, version }) => [id, version]))
    if (ofKind.some(({ id, version }) => now.get(id) !== version)) return false
  }
  return true
}

/** The agreements of the office that a document links or was made from, in the versions that they have now. */
export async function namedOfficeRecords(
  database: Queryable,
  document: DocumentModel,
  baseUrl: string,
): Promise<OfficeRecord[]> {
  const ids = (await addressesOf(document, baseUrl)).flatMap(([locale, office, room, id = '', ...more]) => {
    const isAgreement = isLocale(locale) && office === 'office' && room === 'agreements' && more.length === 0
    return isAgreement && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? [id] : []
  })
  return officeRecordsOf(database, 'agreement', [...new Set(ids)])
}
