import { setTimeout } from 'node:timers/promises'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { type Download, fileDownload } from '#platform/uploads/download.ts'
import { shorten } from '#platform/text/shorten.ts'
import { beginMaking } from './make.ts'
import { type MadeBrief, stateOfMade } from './orders.ts'

/** How long an answer waits for a brief, so that a short one needs no second page. */
const patienceMs = 2000

const glanceMs = 250

/** Begins with the briefs that wait, and waits a moment for this one. */
export async function makeForAMoment(context: AppContext, code: string): Promise<void> {
  void beginMaking(context)
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += glanceMs) {
    await setTimeout(glanceMs)
    const state = await stateOfMade(context, code)
    if (state === 'ready' || state === 'failed') return
  }
}

/** Whether a page about it loads itself again; whoever looks at one that waits sees to it that somebody makes it. */
export function isUnderWay(context: AppContext, { state }: MadeBrief): boolean {
  const waits = state === 'waiting' || state === 'making'
  if (waits) void beginMaking(context)
  return waits
}

/** Characters of a title that a file is called by. */
const longestName = 80

/** The file of a brief that is ready. @throws DomainError `document_not_found` */
export function madeDownload({ storage }: AppContext, made: MadeBrief, title: string): Download {
  const { sha256, sizeBytes } = made
  if (made.state !== 'ready' || sha256 === null || sizeBytes === null) throw new DomainError('document_not_found')
  const words = shorten(title.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim(), longestName)
  const name = `${words === '' ? 'brief' : words} (${made.order.languages.join('-')}).pdf`
  const file = { name, sha256, sizeBytes, mediaType: 'application/pdf' }
  return fileDownload(file, () => storage.read(sha256))
}
