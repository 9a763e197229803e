import { isDeepStrictEqual } from 'node:util'
import { fieldsOf, type WordFields } from '#features/agreements/words.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { locales } from '#platform/i18n/locales.ts'

export const amendmentKinds = ['term', 'parties', 'value', 'scope', 'other'] as const

export type AmendmentKind = (typeof amendmentKinds)[number]

export const limits = { summary: 2000, number: 999, months: 1200, noticeAmount: 3650 } as const

/** What an amendment may change, by the part of the agreement that it belongs to. */
export const amendable = {
  term: ['effective', 'ends', 'openEnded', 'renewal', 'renewalMonths', 'renewalLimit', 'notice'],
  parties: ['parties', 'contacts'],
  value: ['value', 'technologyAmount'],
  scope: [
    ...locales.map((locale) => `title.${locale}`),
    'otherTitles',
    ...locales.map((locale) => `summary.${locale}`),
    'fields',
  ],
} as const satisfies Record<Exclude<AmendmentKind, 'other'>, readonly string[]>

export const amendableFields: readonly string[] = Object.values(amendable).flat()

/** What was agreed, as flat fields: those of the words, and of the term. */
export type Agreed = WordFields

/** What an agreement holds of what amendments change. */
export function agreedOf(words: AgreementWords): Agreed {
  const fields = fieldsOf(words)
  return Object.fromEntries(amendableFields.map((field) => [field, fields[field] ?? null]))
}

export interface AmendmentChange {
  readonly field: string
  readonly before: AuditValue
  readonly after: AuditValue
}

/** An amendment as far as it decides what holds on which day. */
export interface AmendmentEffect {
  /** 1, 2, 3 … within the agreement. */
  readonly number: number
  readonly effectiveOn: Temporal.PlainDate
  readonly changes: readonly AmendmentChange[]
  /** The agreement's row has taken its changes over. */
  readonly applied: boolean
}

/** By day of effect, and by number on one day: the order in which they were entered says nothing. */
export function compareEffects(
  a: Pick<AmendmentEffect, 'number' | 'effectiveOn'>,
  b: Pick<AmendmentEffect, 'number' | 'effectiveOn'>,
): number {
  return Temporal.PlainDate.compare(a.effectiveOn, b.effectiveOn) || a.number - b.number
}

/** What holds on a day: what was agreed first, with every amendment that has taken effect by then, one after the other. */
export function consolidated(base: Agreed, amendments: readonly AmendmentEffect[], day: Temporal.PlainDate): Agreed {
  const inEffect = amendments.filter(({ effectiveOn }) => Temporal.PlainDate.compare(effectiveOn, day) <= 0)
  const agreed: Record<string, AuditValue> = { ...base }
  for (const { changes } of inEffect.toSorted(compareEffects)) {
    for (const { field, after } of changes) agreed[field] = after
  }
  return agreed
}

type Step = AmendmentChange & { readonly by: AmendmentEffect }

/** What happened to one field, in order of effect. */
function stepsOf(field: string, amendments: readonly AmendmentEffect[]): Step[] {
  return amendments
    .toSorted(compareEffects)
    .flatMap((by) => by.changes.filter((change) => change.field === field).map((change) => ({ ...change, by })))
}

const touched = (amendments: readonly AmendmentEffect[]) =>
  new Set(amendments.flatMap(({ changes }) => changes.map(({ field }) => field)))

/**
 * Rebuilds what holds when just the amendments that `counts` picks (a beginning of their order) have taken effect.
 *
 * The agreement's row is what holds today, so it holds all amendments that were applied; a correction made to the row
 * itself counts for the stretch between two amendments in which today lies. Earlier and later stretches come from what
 * the amendments went from and to.
 * @param row what the agreement's row says now
 */
export function agreedWhen(
  row: Agreed,
  amendments: readonly AmendmentEffect[],
  counts: (amendment: AmendmentEffect) => boolean,
): Agreed {
  const agreed: Record<string, AuditValue> = { ...row }
  for (const field of touched(amendments)) {
    const steps = stepsOf(field, amendments)
    const reached = steps.filter(({ by }) => counts(by)).length
    const present = steps.filter(({ by }) => by.applied).length
    if (reached === present) continue
    const last = steps[reached - 1]
    agreed[field] = last === undefined ? (steps[0]?.before ?? null) : last.after
  }
  return agreed
}

/** What holds on a day. */
export function agreedOn(row: Agreed, amendments: readonly AmendmentEffect[], day: Temporal.PlainDate): Agreed {
  return agreedWhen(row, amendments, ({ effectiveOn }) => Temporal.PlainDate.compare(effectiveOn, day) <= 0)
}

/** What was agreed first, before any amendment. */
export function agreedFirst(row: Agreed, amendments: readonly AmendmentEffect[]): Agreed {
  return agreedWhen(row, amendments, () => false)
}

/** What held just before an amendment of this number took effect on that day. */
export function heldBefore(
  row: Agreed,
  amendments: readonly AmendmentEffect[],
  amendment: Pick<AmendmentEffect, 'number' | 'effectiveOn'>,
): Agreed {
  return agreedWhen(row, amendments, (other) => compareEffects(other, amendment) < 0)
}

/** The fields in which two states differ, each from what to what. */
export function changesTo(before: Agreed, after: Agreed): AmendmentChange[] {
  return amendableFields
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after))
}

/** What must be rewritten when an amendment is annulled, so that everything is as if it had never been recorded. */
export interface Annulment {
  /** What the agreement's row takes back. */
  readonly row: readonly AmendmentChange[]
  /** By number: what a later amendment changes, from what held without the annulled one. */
  readonly later: ReadonlyMap<number, readonly AmendmentChange[]>
}

/**
 * Each field goes back to what held before the annulled amendment: in the row where it was the last to change it, and
 * in the next amendment as that one's `before`. A row or a `before` that says something else than the annulled one made
 * of it was put right by a person, and stays.
 */
export function withoutAmendment(
  row: Agreed,
  amendments: readonly AmendmentEffect[],
  annulled: AmendmentEffect,
): Annulment {
  const back: AmendmentChange[] = []
  const later = new Map<number, readonly AmendmentChange[]>()
  for (const { field, before, after } of annulled.changes) {
    const steps = stepsOf(field, amendments)
    const index = steps.findIndex(({ by }) => by.number === annulled.number)
    const [former, next] = [steps[index - 1], steps[index + 1]]
    const held = former === undefined ? before : former.after
    const isLast = annulled.applied && next?.by.applied !== true
    if (isLast && isDeepStrictEqual(row[field] ?? null, after)) back.push({ field, before: after, after: held })
    if (next !== undefined && isDeepStrictEqual(next.before, after)) {
      const changes = later.get(next.by.number) ?? next.by.changes
      const rewritten = changes.map((change) => (change.field === field ? { ...change, before: held } : change))
      later.set(
        next.by.number,
        rewritten.filter((change) => !isDeepStrictEqual(change.before, change.after)),
      )
    }
  }
  return { row: back, later }
}

/** An amendment says that something else held before it than what did hold. */
export interface Contradiction {
  readonly field: string
  /** The amendment whose `before` does not fit; undefined: the row differs from what the last one made of it. */
  readonly number: number | undefined
  /** What the amendments say held then. */
  readonly said: AuditValue
  readonly held: AuditValue
}

/** Fields that change from day to day without an amendment, so that nothing has to follow from anything. */
const looseFields: readonly string[] = ['contacts']

/** Where the amendments do not follow from one another, or the row not from them; people are told. */
export function contradictions(row: Agreed, amendments: readonly AmendmentEffect[]): Contradiction[] {
  return [...touched(amendments)]
    .filter((field) => !looseFields.includes(field))
    .flatMap((field) => {
      const steps = stepsOf(field, amendments)
      const present = steps.filter(({ by }) => by.applied).length
      const now = row[field] ?? null
      const found: Contradiction[] = []
      steps.forEach(({ before, by }, index) => {
        const held = index === present ? now : steps[index - 1]?.after
        if (held !== undefined && !isDeepStrictEqual(before, held))
          found.push({ field, number: by.number, said: before, held })
      })
      const last = steps[present - 1]
      if (last !== undefined && !isDeepStrictEqual(last.after, now))
        found.push({ field, number: undefined, said: last.after, held: now })
      return found
    })
}

/**
 * What the row must take over when an amendment takes effect: nothing where another that is in effect already comes
 * after it in order.
 */
export function takenOver(amendment: AmendmentEffect, others: readonly AmendmentEffect[]): AmendmentChange[] {
  const later = others.filter((other) => other.applied && compareEffects(other, amendment) > 0)
  return amendment.changes.filter(({ field }) => !touched(later).has(field))
}
