import { type AgreementState, leadsTo, type TransitionName, transitionNames } from './lifecycle.ts'

/** Where a state stands in the drawing: column by its distance from the draft, row by whether it goes on. */
export interface DrawnState {
  readonly state: AgreementState
  readonly column: number
  readonly row: number
  readonly isFinal: boolean
}

export interface DrawnStep {
  /** From 1, as the table under the drawing counts. */
  readonly number: number
  readonly name: TransitionName
  readonly from: AgreementState
  readonly to: AgreementState
}

/** The lifecycle as a drawing, from its table alone. */
export function drawLifecycle(): { readonly states: readonly DrawnState[]; readonly steps: readonly DrawnStep[] } {
  const columns = new Map<AgreementState, number>([['draft', 0]])
  const steps: DrawnStep[] = []
  for (const [from, column] of columns) {
    for (const name of transitionNames) {
      const to = leadsTo(name, from)
      if (to === undefined) continue
      steps.push({ number: steps.length + 1, name, from, to })
      if (!columns.has(to)) columns.set(to, column + 1)
    }
  }
  const filled = new Map<number, number>()
  const goesOn = (state: AgreementState) => steps.some((step) => step.from === state)
  const waysInto = (state: AgreementState) => steps.filter((step) => step.to === state).length
  // An end stands right of everything that leads to it.
  for (const { from, to } of steps) {
    if (!goesOn(to)) columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(from) ?? 0) + 1))
  }
  const states = [...columns]
    // States from which it goes on make the first row, so that the way through is a straight line; the ends that
    // most ways lead to come last, where their lines have room.
    .toSorted(([a], [b]) => Number(goesOn(b)) - Number(goesOn(a)) || waysInto(a) - waysInto(b))
    .map(([state, column]) => {
      const row = filled.get(column) ?? 0
      filled.set(column, row + 1)
      return { state, column, row, isFinal: !goesOn(state) }
    })
  return { states, steps }
}
