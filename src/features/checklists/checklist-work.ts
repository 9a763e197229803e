import type { Actor } from '#features/accounts/model.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { answerChecklist } from './commands.ts'
import { markOf } from './mark.ts'
import { openPoints, type Point, pointNames, pointsFor, type Stage, stages } from './model.ts'
import { type KnownAnswer, readNamedAnswers } from './queries.ts'

export interface ShownPoint {
  readonly point: Point
  /** As typed, else as it is on record. */
  readonly answer: string
  readonly reason: string
  readonly known: (KnownAnswer & { readonly who: string | undefined }) | undefined
}

/** What the checklist's page shows: never less than what was typed. */
export interface ChecklistWork {
  readonly record: AgreementRecord
  readonly stages: readonly { readonly stage: Stage; readonly open: number; readonly points: readonly ShownPoint[] }[]
  /** A mark of the answers shown. */
  readonly seen: string
  readonly failure: DomainError | undefined
  readonly resumed: boolean
  readonly status: number
}

export interface ChecklistVisit {
  readonly actor: Extract<Actor, { kind: 'user' }>
  readonly form: FormData | undefined
  readonly resumed: boolean
  readonly id: string
}

const fields = ['token', 'seen', ...pointNames.flatMap((point) => [`answer.${point}`, `reason.${point}`])]

const tellable = ['invalid_input', 'transition_not_allowed', 'stale_version', 'forbidden']

/**
 * Opens the checklist of an agreement, or saves it.
 * @throws DomainError `bad_request` for what the form does not send, and `not_found`.
 */
export async function workOnChecklist(
  context: AppContext,
  { actor, form, resumed, id }: ChecklistVisit,
): Promise<ChecklistWork | { readonly done: true }> {
  const record = await requireRecord(context.database, actor, id)
  const asked = stages.flatMap((stage) => pointsFor(record.words.kind, stage))
  const typed = form === undefined ? undefined : readForm(form)
  const text = (name: string) => typed?.get(name) ?? ''
  let failure: DomainError | undefined
  if (typed !== undefined && !resumed) {
    const answers = asked.map((point) => ({ point, answer: text(`answer.${point}`), reason: text(`reason.${point}`) }))
    try {
      await answerChecklist(context, actor, { id, token: text('token'), seen: text('seen'), answers })
      return { done: true }
    } catch (error) {
      if (!(error instanceof DomainError) || !tellable.includes(error.code)) throw error
      failure = error
    }
  }
  const known = await readNamedAnswers(context.database, id)
  const show = (point: Point): ShownPoint => {
    const answer = known.find((one) => one.point === point)
    return {
      point,
      answer: (typed && text(`answer.${point}`)) || (answer?.answer ?? ''),
      reason: typed === undefined ? (answer?.reason ?? '') : text(`reason.${point}`) || (answer?.reason ?? ''),
      known: answer,
    }
  }
  return {
    record,
    stages: stages.map((stage) => ({
      stage,
      open: openPoints(record.words.kind, stage, known).length,
      points: pointsFor(record.words.kind, stage).map(show),
    })),
    seen: markOf(known),
    failure,
    resumed: typed !== undefined && resumed,
    status: failure?.status ?? 200,
  }
}

function readForm(form: FormData): Map<string, string> {
  const typed = new Map<string, string>()
  for (const [name, value] of form) {
    if (typeof value !== 'string' || !fields.includes(name) || typed.has(name)) {
      throw new DomainError('bad_request', { parameter: name })
    }
    typed.set(name, value)
  }
  return typed
}
