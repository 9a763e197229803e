import type { ErrorCode, ErrorParams } from '#platform/errors.ts'
import type { PackedModel } from '#platform/pdf/pool/packed-rows.ts'

/** What the main thread asks of a worker. */
export interface RenderRequest extends PackedModel {
  readonly id: number
}

/** What a worker answers: the file, or why there is none. */
export type RenderAnswer =
  | { readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly code: ErrorCode; readonly params: ErrorParams }
  | { readonly id: number; readonly failure: string }
