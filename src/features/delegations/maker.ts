import { briefFile } from '#features/briefs/files.ts'
import { now as urgently } from '#features/briefs/later.ts'
import { officeRecordsOf } from '#features/issued-briefs/office-records.ts'
import type { Maker } from '#features/made-briefs/maker.ts'
import { requireVisit } from '#features/visits/queries.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import { delegationDocument } from './document.ts'

/** A delegation's brief, of a visitor's selection or of a visit. */
export const makeDelegation: Maker<'delegation'> = async (context, { order, visitId }, { progress }) => {
  const { database } = context
  // Before the visit itself: what changes in between then shows as a change.
  const officeRecords = await officeRecordsOf(database, 'visit', visitId === null ? [] : [visitId])
  // The visit is read as whoever runs the hub: who may have the file is asked of those who fetch it.
  const visit = visitId === null ? undefined : await requireVisit(database, { kind: 'system' }, visitId)
  const { document, leftOut } = await delegationDocument(context, order, visit, progress)
  return {
    brief: {
      kind: 'delegation',
      document,
      again: async (at) => (await delegationDocument({ ...context, clock: { now: () => at } }, order, visit)).document,
      languages: order.languages.filter((language) => isLocale(language)),
      // What a visit is about is not public: its page says that the brief is genuine, and whether the visit has changed.
      isInternal: visit !== undefined,
      officeRecords,
    },
    leftOut,
    layOut: (one) => urgently(async () => (await briefFile(one)).bytes),
    inPlace: false,
  }
}
