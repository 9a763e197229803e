import { eq, inArray, sql } from 'drizzle-orm'
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { Transaction } from '#db/client.ts'
import {
  agreementLabs,
  agreementParties,
  agreements,
  agreementTexts,
  facilities,
  facilityHosts,
  facilityTexts,
  labHosts,
  labs,
  labTexts,
  partners,
  partnerTexts,
} from '#db/schema/index.ts'
import type { Change } from './changes.ts'
import type { Pack } from './model.ts'
import { refreshTokensOfPartners } from '#features/agreements/search-steps.ts'
import { agreementColumns, facilityColumns, type Ids, idOf, institutionRows, labColumns, partnerColumns } from './rows.ts'
import { otherNameRows, textRows, titleRows } from './texts.ts'

const rowsAtOnce = 500

export async function writePartners(tx: Transaction, changes: readonly Change[], pack: Pack, ids: Ids): Promise<void> {
  const records = changes.map((change) => ({ change, record: pack.partners.get(change.slug)! }))
  await insert(tx, partners, records.filter(isNew).map(({ change, record }) => ({ id: change.id, slug: change.slug, ...partnerColumns(record) })))
  for (const { change, record } of records.filter(isKnown)) {
    await tx.update(partners).set({ ...partnerColumns(record), ...touched(partners.version) }).where(eq(partners.id, change.id))
  }
  for (const { change, record } of records) {
    const parentId = record.parent === undefined ? null : idOf(ids.partners, record.parent)
    if (parentId !== null || !change.isNew) await tx.update(partners).set({ parentId }).where(eq(partners.id, change.id))
  }
  await remove(tx, partnerTexts, partnerTexts.partnerId, changes)
  await insert(
    tx,
    partnerTexts,
    records.flatMap(({ change, record }) =>
      [...textRows(record.texts, ['name', 'summary'], record.sourceLocale), ...otherNameRows(record.otherNames)].map(
        (row) => ({ partnerId: change.id, ...row }),
      ),
    ),
  )
  // The office's agreements are found by the names and countries of their parties.
  await refreshTokensOfPartners(
    tx,
    records.filter(isKnown).map(({ change }) => change.id),
  )
}

export async function writeLabs(tx: Transaction, changes: readonly Change[], pack: Pack, ids: Ids): Promise<void> {
  const records = changes.map((change) => ({ change, record: pack.labs.get(change.slug)! }))
  await insert(tx, labs, records.filter(isNew).map(({ change, record }) => ({ id: change.id, slug: change.slug, ...labColumns(record) })))
  for (const { change, record } of records.filter(isKnown)) {
    await tx.update(labs).set({ ...labColumns(record), ...touched(labs.version) }).where(eq(labs.id, change.id))
  }
  await remove(tx, labTexts, labTexts.labId, changes)
  await insert(
    tx,
    labTexts,
    records.flatMap(({ change, record }) =>
      [...textRows(record.texts, ['name', 'summary'], record.sourceLocale), ...otherNameRows(record.otherNames)].map(
        (row) => ({ labId: change.id, ...row }),
      ),
    ),
  )
  await remove(tx, labHosts, labHosts.labId, changes)
  await insert(
    tx,
    labHosts,
    records.flatMap(({ change, record }) => institutionRows(record.hosts, ids).map((row) => ({ labId: change.id, ...row }))),
  )
}

export async function writeFacilities(tx: Transaction, changes: readonly Change[], pack: Pack, ids: Ids): Promise<void> {
  const records = changes.map((change) => ({ change, record: pack.facilities.get(change.slug)! }))
  await insert(tx, facilities, records.filter(isNew).map(({ change, record }) => ({ id: change.id, slug: change.slug, ...facilityColumns(record) })))
  for (const { change, record } of records.filter(isKnown)) {
    await tx.update(facilities).set({ ...facilityColumns(record), ...touched(facilities.version) }).where(eq(facilities.id, change.id))
  }
  for (const { change, record } of records) {
    const parentId = record.parent === undefined ? null : idOf(ids.facilities, record.parent)
    if (parentId !== null || !change.isNew) await tx.update(facilities).set({ parentId }).where(eq(facilities.id, change.id))
  }
  await remove(tx, facilityTexts, facilityTexts.facilityId, changes)
  await insert(
    tx,
    facilityTexts,
    records.flatMap(({ change, record }) =>
      [...textRows(record.texts, ['name', 'summary'], record.sourceLocale), ...otherNameRows(record.otherNames)].map(
        (row) => ({ facilityId: change.id, ...row }),
      ),
    ),
  )
  await remove(tx, facilityHosts, facilityHosts.facilityId, changes)
  await insert(
    tx,
    facilityHosts,
    records.flatMap(({ change, record }) => institutionRows(record.hosts, ids).map((row) => ({ facilityId: change.id, ...row }))),
  )
}

export async function writeAgreements(tx: Transaction, changes: readonly Change[], pack: Pack, ids: Ids): Promise<void> {
  const records = changes.map((change) => ({ change, record: pack.agreements.get(change.slug)! }))
  await insert(tx, agreements, records.filter(isNew).map(({ change, record }) => ({ id: change.id, slug: change.slug, ...agreementColumns(record) })))
  for (const { change, record } of records.filter(isKnown)) {
    await tx.update(agreements).set({ ...agreementColumns(record), ...touched(agreements.version) }).where(eq(agreements.id, change.id))
  }
  await remove(tx, agreementTexts, agreementTexts.agreementId, changes)
  await insert(
    tx,
    agreementTexts,
    records.flatMap(({ change, record }) =>
      titleRows(record).map((row) => ({ agreementId: change.id, ...row })),
    ),
  )
  await remove(tx, agreementParties, agreementParties.agreementId, changes)
  await insert(
    tx,
    agreementParties,
    records.flatMap(({ change, record }) =>
      institutionRows(record.parties, ids).map((row, index) => ({
        agreementId: change.id,
        role: record.parties[index]?.role ?? 'partner',
        officialNames: record.parties[index]?.official ?? [],
        ...row,
      })),
    ),
  )
  await remove(tx, agreementLabs, agreementLabs.agreementId, changes)
  await insert(
    tx,
    agreementLabs,
    records.flatMap(({ change, record }) => record.labs.map((lab) => ({ agreementId: change.id, labId: idOf(ids.labs, lab) }))),
  )
}

const isNew = ({ change }: { change: Change }) => change.isNew
const isKnown = ({ change }: { change: Change }) => !change.isNew

const touched = (version: AnyPgColumn) => ({
  version: sql<number>`${version} + 1`,
  updatedAt: sql<string>`now()`,
})

async function insert<Table extends PgTable>(tx: Transaction, table: Table, rows: Table['$inferInsert'][]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await tx.insert(table).values(rows.slice(start, start + rowsAtOnce) as never)
  }
}

/** Clears what hangs on records that are there already, to be written anew. */
async function remove(tx: Transaction, table: PgTable, owner: AnyPgColumn, changes: readonly Change[]): Promise<void> {
  const known = changes.filter((change) => !change.isNew).map((change) => change.id)
  if (known.length > 0) await tx.delete(table).where(inArray(owner, known))
}
