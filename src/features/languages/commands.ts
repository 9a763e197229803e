import { eq } from 'drizzle-orm'
import { agreementClauses } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import { checkText, collectProblems } from '#features/milestones/check-parts.ts'
import { voidIfChanged } from '#features/reviews/steps.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import { clausesOf, markOfClauses } from './queries.ts'
import { type Clause, limits } from './model.ts'

export interface ClauseEdit {
  readonly agreementId: string
  readonly token: string
  /** `markOfClauses` the clauses that the page showed. */
  readonly seen: string
  /** `save` (a position past the last adds one), `up`, `down` or `remove`. */
  readonly act: 'save' | 'up' | 'down' | 'remove'
  /** From 0. */
  readonly position: number
  readonly typed: { readonly heading: string; readonly words: Readonly<Record<string, string>> }
  readonly keep: readonly string[]
}

/**
 * Enters, changes, moves or removes a clause; returns the agreement's id. A change voids what was approved.
 * @throws DomainError `not_found`, `forbidden`, `stale_version` where somebody has changed the clauses, `invalid_input`
 */
export const editClauses = command('papers.record', (context: OnceContext, actor, edit: ClauseEdit) => {
  const { agreementId, token, seen, act, position, typed } = edit
  const content = { act, position, heading: typed.heading, words: { ...typed.words } }
  return once(context, actor, { token, action: `clause.edit:${agreementId}`, content }, async (tx) => {
    const record = await lockOwn(tx, actor, agreementId)
    const before = await clausesOf(tx, record.id)
    if (markOfClauses(before) !== seen) throw new DomainError('stale_version', { version: record.version })
    const after = changed(before, edit)
    await write(tx, record.id, after)
    const at = context.clock.now()
    const said = (clauses: readonly Clause[], index: number) => {
      const clause = clauses[index]
      return clause === undefined ? null : { heading: clause.heading, words: { ...clause.words } }
    }
    const changes = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => ({
      field: `clause.${index + 1}`,
      before: said(before, index),
      after: said(after, index),
    }))
    await recordAudit(tx, actor, {
      action: `clause.${act}`,
      subject: { kind: 'agreement', id: record.id },
      at,
      changes,
    })
    await voidIfChanged(tx, actor, { id: record.id, at })
    return record.id
  })
})

function changed(before: readonly Clause[], { act, position, typed, keep }: ClauseEdit): readonly Clause[] {
  if (act === 'save') {
    if (position > before.length || position >= limits.clauses)
      throw new DomainError('bad_request', { parameter: 'position' })
    return before.toSpliced(position, 1, checkClause(typed, keep))
  }
  const clause = before[position]
  if (clause === undefined) throw new DomainError('not_found')
  const without = before.toSpliced(position, 1)
  if (act === 'remove') return without
  return without.toSpliced(Math.max(0, position + (act === 'up' ? -1 : 1)), 0, clause)
}

/** @throws DomainError `invalid_input` with every problem */
function checkClause(typed: ClauseEdit['typed'], keep: readonly string[]): Clause {
  const { problems, report } = collectProblems()
  const heading = checkText(typed.heading, 'heading', { max: limits.heading, keep }, report) ?? null
  const words = Object.fromEntries(
    Object.entries(typed.words).flatMap(([tag, text]) => {
      const checked = checkText(text, `words.${tag}`, { max: limits.words, lines: true, keep }, report)
      return checked === undefined ? [] : [[tag, checked]]
    }),
  )
  const [first = ''] = Object.keys(typed.words)
  if (problems.length === 0 && Object.keys(words).length === 0) report(`words.${first}`, 'required')
  if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
  return { heading, words }
}

async function write(tx: Parameters<typeof voidIfChanged>[0], agreementId: string, clauses: readonly Clause[]) {
  await tx.delete(agreementClauses).where(eq(agreementClauses.agreementId, agreementId))
  if (clauses.length === 0) return
  await tx
    .insert(agreementClauses)
    .values(clauses.map(({ heading, words }, position) => ({ agreementId, position, heading, words: { ...words } })))
}
