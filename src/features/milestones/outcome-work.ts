import type { DueItem } from '#features/agreements/next-due.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { sentVersion } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { settleOccurrence } from './outcome-commands.ts'
import { type MilestoneVisit, type Unsaved, unsaved } from './form-work.ts'
import type { Outcome } from './model.ts'
import { checkOutcome, type OutcomeDraft, outcomeDraftOf, readOutcomeForm } from './outcome.ts'
import { type PaperOption, papersOf, requireMilestone, requireOccurrence } from './queries.ts'
import type { MilestoneRecord } from './rows.ts'

export interface OutcomeVisit extends MilestoneVisit {
  readonly milestoneId: string
  /** As the address says it. */
  readonly due: string
}

export interface OutcomeWork extends Unsaved {
  readonly record: AgreementRecord
  readonly milestone: MilestoneRecord
  readonly occurrence: DueItem & Outcome
  readonly draft: OutcomeDraft
  readonly papers: readonly PaperOption[]
}

/** Opens, changes or saves what became of a due day. @throws DomainError `not_found`, `bad_request` */
export async function workOnOutcome(
  context: AppContext,
  visit: OutcomeVisit,
): Promise<OutcomeWork | { readonly saved: string }> {
  const { actor, agreementId, milestoneId, form } = visit
  const { database } = context
  const read = async () => {
    const milestone = await requireMilestone(database, actor, agreementId, milestoneId)
    return { milestone, occurrence: await requireOccurrence(database, milestoneId, visit.due) }
  }
  const record = await requireRecord(database, actor, agreementId)
  const { milestone, occurrence } = await read()
  const papers = await papersOf(database, agreementId)
  const fresh: OutcomeWork = {
    record,
    milestone,
    occurrence,
    papers,
    draft: outcomeDraftOf(occurrence),
    token: newId(),
    version: String(milestone.version),
    problems: [],
    status: 200,
    notice: undefined,
  }
  if (form === undefined) return fresh
  const { draft, fields } = readOutcomeForm(form)
  const same: OutcomeWork = { ...fresh, draft, token: fields.text('token'), version: fields.text('version') }
  if (visit.resumed) return { ...same, notice: 'resumed' }
  const button = fields.text('do') || 'save'
  if (button !== 'save') return { ...same, draft: pressNote(draft, button) }
  const today = officeDay(context.clock, context.config.officeTimeZone)
  const checked = checkOutcome(
    draft,
    milestone.words.money,
    papers.map(({ id }) => id),
    today,
  )
  if ('problems' in checked) return { ...same, problems: checked.problems, status: 422 }
  try {
    const { outcome } = checked
    await settleOccurrence(context, actor, {
      ...{ id: milestoneId, due: occurrence.due, outcome },
      ...{ version: sentVersion(fields), token: fields.text('token') },
    })
    return { saved: outcome.state }
  } catch (error) {
    const now = await read()
    return { ...same, ...now, ...(await unsaved(error, () => Promise.resolve(String(now.milestone.version)))) }
  }
}

function pressNote(draft: OutcomeDraft, button: string): OutcomeDraft {
  if (button === 'convert:note') return { ...draft, note: zawgyiToUnicode(draft.note) }
  if (button === 'keep:note') return { ...draft, keep: ['note'] }
  throw new DomainError('bad_request', { parameter: 'do' })
}
