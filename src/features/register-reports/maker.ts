import type { Database } from '#db/client.ts'
import { may } from '#features/accounts/model.ts'
import { findActor } from '#features/accounts/queries.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { briefLanguages, inOrder } from '#features/briefs/languages.ts'
import { wholeSlug } from '#features/briefs/model.ts'
import { registerReportFor } from '#features/briefs/office-queries.ts'
import { registerReportOf } from '#features/briefs/queries.ts'
import { recipeOf } from '#features/issued-briefs/public-briefs.ts'
import type { Maker } from '#features/made-briefs/maker.ts'
import { DomainError } from '#platform/errors.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { createRenderer } from '#platform/pdf/pool/renderer.ts'

/** A thread for one report and no longer: nobody waits for it, and its memory is given back. */
const patient = { threads: 1, timeoutMs: 3_600_000, heapMb: 1536 } as const

/**
 * A report of the register, of any length: of what is public, or of what the person who asked for it may see when it is
 * made.
 */
export const makeReport: Maker<'register'> = (context, { order, ownerId }, { progress, signal }) => {
  const languages = briefLanguages(order.languages)
  const search = new URLSearchParams(order.query)
  // It is read a second time to see that nothing has changed meanwhile; what is told then would go back to the start.
  let told: typeof progress | undefined = progress
  const again = async (at: Temporal.Instant): Promise<DocumentModel> => {
    const asOf = { ...context, clock: { now: () => at } }
    const reading = { signal, ...(told && { progress: told }) }
    told = undefined
    if (ownerId === null) return registerReportOf(asOf, search, languages, reading)
    const owner = await ownerOf(context.database, ownerId)
    return registerReportFor(asOf, owner, readOfficeFilters(search), languages, reading)
  }
  const isInternal = ownerId !== null
  const recipe = isInternal ? {} : { recipe: recipeOf({ kind: 'register', slug: wholeSlug, search }, languages) }
  return Promise.resolve({
    brief: { kind: 'register', languages: inOrder(languages), isInternal, again, isUndated: true, ...recipe },
    leftOut: 0,
    layOut: (document) => layOutPatiently(document, signal),
    inPlace: true,
  })
}

/** @throws DomainError `report_rights_changed` for whoever may not read the register any more */
async function ownerOf(database: Database, id: string) {
  const owner = await findActor(database, id)
  if (owner === undefined || !may(owner, 'agreements.read')) throw new DomainError('report_rights_changed')
  return owner
}

async function layOutPatiently(document: DocumentModel, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted()
  const renderer = createRenderer(patient)
  const leave = () => void renderer.abandon()
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await renderer.render(document)
  } catch (error) {
    // There is nobody else in its line: the thread has ended.
    if (error instanceof DomainError && error.code === 'busy')
      throw new Error('a report was given up', { cause: error })
    throw error
  } finally {
    signal.removeEventListener('abort', leave)
    await renderer.close()
  }
}
