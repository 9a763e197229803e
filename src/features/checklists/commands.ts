import { agreementChecks } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { markOf } from './mark.ts'
import { answers, type GivenAnswer, isPoint, longestReason, points, pointsFor, stages } from './model.ts'
import { readAnswers } from './queries.ts'

export interface ChecklistAnswers {
  readonly id: string
  readonly token: string
  /** `markOf` the answers that the form was opened on. */
  readonly seen: string
  /** Points without an answer are left as they are. */
  readonly answers: readonly { readonly point: string; readonly answer: string; readonly reason: string }[]
}

/**
 * Answers points of an agreement's checklists; returns its id. Each answer carries its reason.
 * @throws DomainError `not_found`, `stale_version` where somebody has answered in the meantime,
 * `transition_not_allowed` for an agreement that came to nothing, `invalid_input`.
 */
export const answerChecklist = command(
  'agreements.answer_checklist',
  (context: OnceContext, actor, input: ChecklistAnswers) =>
    once(context, actor, { token: input.token, action: `agreement.check:${input.id}` }, async (tx) => {
      const record = await lockOwn(tx, actor, input.id)
      if (['declined', 'withdrawn'].includes(record.state)) throw new DomainError('transition_not_allowed')
      const known = await readAnswers(tx, record.id)
      if (markOf(known) !== input.seen) throw new DomainError('stale_version', { version: record.version })
      const given = checkAnswers(input.answers, new Set(stages.flatMap((stage) => pointsFor(record.words.kind, stage))))
      const changed = given.filter((one) => {
        const old = known.find(({ point }) => point === one.point)
        return old === undefined || old.answer !== one.answer || old.reason !== one.reason
      })
      if (changed.length === 0) return record.id
      const at = context.clock.now()
      const by = actor.kind === 'user' ? actor.id : null
      for (const { point, answer, reason } of changed) {
        const row = { answer, reason, by, at: at.toString() }
        await tx
          .insert(agreementChecks)
          .values({ agreementId: record.id, stage: points[point].stage, point, ...row })
          .onConflictDoUpdate({
            target: [agreementChecks.agreementId, agreementChecks.stage, agreementChecks.point],
            set: row,
          })
      }
      await recordAudit(tx, actor, {
        action: 'agreement.check',
        subject: { kind: 'agreement', id: record.id },
        at,
        changes: changed.map(({ point, answer, reason }) => {
          const old = known.find((one) => one.point === point)
          const before = old === undefined ? null : { answer: old.answer, reason: old.reason }
          return { field: `check.${point}`, before, after: { answer, reason } }
        }),
      })
      return record.id
    }),
)

function checkAnswers(given: ChecklistAnswers['answers'], asked: ReadonlySet<string>) {
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  const checked = given.flatMap(({ point, answer, reason: typed }) => {
    if (!isPoint(point) || !asked.has(point) || seen.has(point)) {
      throw new DomainError('bad_request', { parameter: 'point' })
    }
    seen.add(point)
    const reason = normaliseText(typed, { lines: true })
    const known = answers.find((one) => one === answer)
    if (answer === '' && reason === '') return []
    if (answer === '') problems.push({ path: `answer.${point}`, code: 'required' })
    else if (known === undefined) {
      problems.push({ path: `answer.${point}`, code: 'unknown_choice', params: { value: answer.slice(0, 40) } })
    }
    if (reason === '') problems.push({ path: `reason.${point}`, code: 'required' })
    if (lengthOf(reason) > longestReason) {
      const params = { max: longestReason, length: lengthOf(reason) }
      problems.push({ path: `reason.${point}`, code: 'too_long', params })
    }
    return known === undefined ? [] : [{ point, answer: known, reason } satisfies GivenAnswer]
  })
  if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
  return checked
}
