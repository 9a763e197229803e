import type { Actor } from '#features/accounts/model.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { type SentFields, sentVersion } from '#platform/forms/read-fields.ts'
import { newId } from '#platform/ids.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { checkMilestone } from './check.ts'
import { addMilestone, archiveMilestone, editMilestone } from './commands.ts'
import { emptyMilestone, type MilestoneDraft, milestoneDraftOf, readMilestoneForm } from './draft.ts'
import { requireMilestone } from './queries.ts'
import type { MilestoneRecord } from './rows.ts'

export interface MilestoneVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly agreementId: string
  /** Undefined for a new one. */
  readonly milestoneId: string | undefined
}

/** What came of a form that was not saved: why, and what was typed. */
export interface Unsaved {
  readonly token: string
  readonly version: string
  readonly problems: readonly FieldProblem[]
  readonly status: number
  /** `resumed`: signed in again, nothing done yet. `stale`: somebody else was first. `sent`: saved before, then changed. */
  readonly notice: 'resumed' | 'stale' | 'sent' | undefined
}

/** What the form's page shows: never less than what was typed. */
export interface MilestoneWork extends Unsaved {
  readonly record: AgreementRecord
  readonly milestone: MilestoneRecord | undefined
  readonly draft: MilestoneDraft
}

export type SavedAs = { readonly saved: 'added' | 'saved' | 'archived' }

/** Opens, changes or saves the form. @throws DomainError `not_found`, `bad_request` */
export async function workOnMilestone(context: AppContext, visit: MilestoneVisit): Promise<MilestoneWork | SavedAs> {
  const { actor, agreementId, milestoneId, form } = visit
  const record = await requireRecord(context.database, actor, agreementId)
  const milestone =
    milestoneId === undefined ? undefined : await requireMilestone(context.database, actor, agreementId, milestoneId)
  const fresh: Unsaved = {
    token: newId(),
    version: String(milestone?.version ?? ''),
    problems: [],
    status: 200,
    notice: undefined,
  }
  if (form === undefined) {
    return {
      ...fresh,
      record,
      milestone,
      draft: milestone === undefined ? emptyMilestone : milestoneDraftOf(milestone.words),
    }
  }
  const { draft, fields } = readMilestoneForm(form)
  const same = { ...fresh, record, milestone, draft, token: fields.text('token'), version: fields.text('version') }
  if (visit.resumed) return { ...same, notice: 'resumed' }
  const button = fields.text('do') || 'save'
  if (button !== 'save' && button !== 'archive') return { ...same, draft: pressTitle(draft, button) }
  try {
    if (button === 'archive') {
      if (milestone === undefined) throw new DomainError('bad_request', { parameter: 'do' })
      await archiveMilestone(context, actor, {
        id: milestone.id,
        version: sentVersion(fields),
        token: fields.text('token'),
      })
      return { saved: 'archived' }
    }
    return await save(context, visit, same, fields)
  } catch (error) {
    return {
      ...same,
      ...(await unsaved(error, async () =>
        String((await requireMilestone(context.database, actor, agreementId, milestoneId ?? '')).version),
      )),
    }
  }
}

async function save(
  context: AppContext,
  { actor, agreementId, milestoneId }: MilestoneVisit,
  work: MilestoneWork,
  fields: SentFields,
): Promise<MilestoneWork | SavedAs> {
  const checked = checkMilestone(work.draft, work.record.words.parties.length, work.milestone?.words.rule ?? null)
  if ('problems' in checked) return { ...work, problems: checked.problems, status: 422 }
  const { words } = checked
  const token = fields.text('token')
  if (milestoneId === undefined) {
    await addMilestone(context, actor, { agreementId, token, words })
    return { saved: 'added' }
  }
  await editMilestone(context, actor, { id: milestoneId, version: sentVersion(fields), token, words })
  return { saved: 'saved' }
}

/**
 * What the page says of a write that was refused. @param newest the version that stands now
 * @throws what a person can do nothing about
 */
export async function unsaved(error: unknown, newest: () => Promise<string>): Promise<Partial<Unsaved>> {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'invalid_input') return { problems: error.problems, status: error.status }
  if (error.code === 'duplicate') return { notice: 'sent', status: error.status, token: newId() }
  if (error.code !== 'stale_version') throw error
  return { notice: 'stale', status: error.status, token: newId(), version: await newest() }
}

function pressTitle(draft: MilestoneDraft, button: string): MilestoneDraft {
  if (button === 'convert:title') return { ...draft, title: zawgyiToUnicode(draft.title) }
  if (button === 'keep:title') return { ...draft, keep: ['title'] }
  throw new DomainError('bad_request', { parameter: 'do' })
}
