import { inArray } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreements, visits } from '#db/schema/index.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { addressesOf } from './addresses.ts'

type VersionsOf = (database: Queryable, ids: readonly string[]) => Promise<readonly { id: string; version: number }[]>

/** How to find out the version that a record of the office has now, for each kind that briefs are made from. */
const versions = {
  agreement: (database, ids) =>
    database
      .select({ id: agreements.id, version: agreements.version })
      .from(agreements)
      .where(inArray(agreements.id, [...ids])),
  visit: (database, ids) =>
    database
      .select({ id: visits.id, version: visits.version })
      .from(visits)
      .where(inArray(visits.id, [...ids])),
} as const satisfies Readonly<Record<string, VersionsOf>>

export type OfficeRecordKind = keyof typeof versions

/** A record that is not public, as a brief saw it. */
export interface OfficeRecord {
  readonly kind: OfficeRecordKind
  readonly id: string
  readonly version: number
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
  const ids = addressesOf(document, baseUrl).flatMap(([locale, office, room, id = '', ...more]) => {
    const isAgreement = isLocale(locale) && office === 'office' && room === 'agreements' && more.length === 0
    return isAgreement && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? [id] : []
  })
  if (ids.length === 0) return []
  const found = await versions.agreement(database, [...new Set(ids)])
  return found.map(({ id, version }) => ({ kind: 'agreement' as const, id, version }))
}
