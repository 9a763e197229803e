import type { DocumentOrder } from '#db/schema/brief-documents.ts'
import type { BriefContext } from '#features/briefs/queries.ts'
import type { BriefToIssue, IssueContext } from '#features/issued-briefs/issue.ts'
import type { Logger } from '#platform/log.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { Storage } from '#platform/storage/storage.ts'
import type { MadeBrief } from './orders.ts'

/** What makes an order of a kind into a document; each kind has one in its own feature. */

export interface MakeContext extends BriefContext, IssueContext {
  readonly log: Logger
  readonly storage: Storage
  /** Lays a document out, where that is not to be done as its kind does. */
  readonly layOut?: (document: DocumentModel) => Promise<Uint8Array>
}

/** Called with how many records were read, of all. */
export type Progress = (done: number, total: number) => void

export interface Making {
  readonly progress: Progress
  /** The process is about to end: what takes long is left to another. */
  readonly signal: AbortSignal
}

/** A brief on its way: read, or about to be. */
export interface Prepared {
  readonly brief: BriefToIssue
  /** Items that are not public any more. */
  readonly leftOut: number
  readonly layOut: (document: DocumentModel) => Promise<Uint8Array>
  /** Nobody else has what `layOut` gives: it may be signed as it is. */
  readonly inPlace: boolean
}

/** @throws DomainError where there can be no such document, for whoever asked for it */
export type Maker<Kind extends DocumentOrder['kind']> = (
  context: MakeContext,
  taken: MadeBrief<Extract<DocumentOrder, { readonly kind: Kind }>>,
  making: Making,
) => Promise<Prepared>
