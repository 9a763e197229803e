import { decimalsIn, decimalsOf, isCurrency, parseAmount } from '#features/agreements/amount.ts'
import { writeDayRange } from '#features/agreements/day-range.ts'
import { type AgreementKind, agreementKinds, statutoryKinds } from '#features/agreements/model.ts'
import { milestoneKinds } from '#features/milestones/model.ts'
import { daysOf, type Period } from './period.ts'

/** Figures that are counts, in the order of a report; each kind of agreement has one of its own after `signed`. */
export const countFigures = [
  'signed',
  'begun',
  'ended',
  'renewed',
  'technology_contracts',
  'partners',
  'countries',
  'milestones_due',
  'milestones_met',
  'milestones_overdue',
] as const

/** Figures that are sums, each currency by itself. */
export const valueFigures = ['contract_value', 'technology_value'] as const

export type CountFigure = (typeof countFigures)[number]
export type ValueFigure = (typeof valueFigures)[number]

/** One figure of a report. */
export type Figure =
  | { readonly name: CountFigure }
  | { readonly name: 'kind'; readonly kind: AgreementKind }
  | { readonly name: ValueFigure; readonly currency: string }

/** As a figure is kept, and named in a template: `signed`, `kind_technology_licence`, `technology_value_CNY`. */
export function figureKey(figure: Figure): string {
  if ('kind' in figure) return `kind_${figure.kind}`
  return 'currency' in figure ? `${figure.name}_${figure.currency}` : figure.name
}

/** The inverse of `figureKey`; undefined for what is no figure. */
export function parseFigure(key: string): Figure | undefined {
  const count = countFigures.find((name) => name === key)
  if (count !== undefined) return { name: count }
  const kind = agreementKinds.find((one) => key === `kind_${one}`)
  if (kind !== undefined) return { name: 'kind', kind }
  const [, name, currency = ''] = /^(contract_value|technology_value)_([A-Z]{3})$/.exec(key) ?? []
  const value = valueFigures.find((one) => one === name)
  return value !== undefined && isCurrency(currency) ? { name: value, currency } : undefined
}

/** All figures of a report that has values in some currencies. */
export function figuresWith(currencies: readonly string[]): Figure[] {
  return countFigures.flatMap((name): Figure[] => {
    const kinds = name === 'signed' ? agreementKinds.map((kind) => ({ name: 'kind' as const, kind })) : []
    const values =
      name === 'technology_contracts'
        ? currencies.flatMap((currency) => valueFigures.map((value) => ({ name: value, currency })))
        : []
    return [{ name }, ...kinds, ...values]
  })
}

/** The list that a figure counts, as the query of the register's or of the calendar's address. */
export interface FigureList {
  readonly of: 'agreements' | 'calendar'
  readonly query: Readonly<Record<string, string | readonly string[]>>
}

/**
 * What each figure counts, exactly: the entries of this list. No report has a confidential agreement in it, so that it
 * is the same for everybody; whoever may and must report one adds it by hand.
 *
 * - `signed`: agreements whose date of signature lies in the period, whatever became of them since; `kind` those of one
 *   kind, `technology_contracts` those of the kinds that the law knows as technology contracts.
 * - `contract_value`, `technology_value`: sum of the contract value (成交额), or of the technology transaction value
 *   (技术交易额), of the technology contracts signed in the period with a value in that currency.
 * - `begun`: agreements that came into force on a day of the period; `ended`: those that were completed, expired, were
 *   terminated or superseded; `renewed`: those that renewed themselves. `happenings.ts` says by which day.
 * - `partners`, `countries`: distinct partners with a profile, and distinct countries of parties, among the agreements
 *   signed in the period.
 * - `milestones_due`: due days, in the period, of milestones, obligations and payments of signed agreements;
 *   `milestones_met`: those of them that were met in full; `milestones_overdue`: those that are past today without
 *   anybody having said what became of them.
 *
 * A date known to the month or year alone counts where the whole month or year lies in the period.
 */
export function listOf(figure: Figure, period: Period): FigureList {
  const days = writeDayRange(daysOf(period))
  const open = { confidential: 'no' }
  const agreements = (query: FigureList['query']): FigureList => ({ of: 'agreements', query: { ...query, ...open } })
  const due = (query: FigureList['query']): FigureList => ({
    of: 'calendar',
    query: { view: 'agenda', days, what: milestoneKinds, ...query, ...open },
  })
  switch (figure.name) {
    case 'signed':
    case 'partners':
    case 'countries':
      return agreements({ signed: days })
    case 'kind':
      return agreements({ signed: days, kind: figure.kind })
    case 'technology_contracts':
      return agreements({ signed: days, kind: statutoryKinds })
    case 'contract_value':
    case 'technology_value':
      return agreements({ signed: days, kind: statutoryKinds, from: '0', currency: figure.currency })
    case 'begun':
    case 'ended':
    case 'renewed':
      return agreements({ [figure.name]: days })
    case 'milestones_due':
      return due({})
    case 'milestones_met':
      return due({ show: 'met' })
    case 'milestones_overdue':
      return due({ show: 'overdue' })
  }
}

export const limits = { reason: 500 } as const

/** A value as typed for a figure, as plain decimal text: a whole number, or an amount of the currency. */
export function checkValue(figure: Figure, typed: string): { value: string } | { problem: string } {
  const parsed = parseAmount(typed)
  if ('problem' in parsed) return parsed
  const decimals = 'currency' in figure ? decimalsOf(figure.currency) : 0
  if (decimalsIn(parsed.amount) <= decimals) return { value: parsed.amount }
  return { problem: 'currency' in figure ? 'amount' : 'whole_number' }
}
