import { type AgreementKind, agreementKinds, statutoryKinds } from '#features/agreements/model.ts'
import { nobody } from '#features/agreements/office-filters.ts'
import { fromUnits } from '#features/milestones/money.ts'
import { keysUnder, type Tallied, type Tally, tallied } from './tally.ts'

/** Days from today within which an end is soon. */
export const endingDays = 90

/** Of a register kept for decades, the chart shows so many years; the list has the others. */
const shownYears = 12

/** A number with the query of the list of agreements that it counts. */
export interface Counted {
  readonly count: number
  readonly query: Query
}

type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** Technology contracts, as the law knows them, and all others; together they are the whole. */
export interface Split {
  readonly technology: Counted
  readonly other: Counted
  readonly all: Counted
}

export interface CurrencyValue extends Counted {
  /** ISO 4217. */
  readonly currency: string
  /** Plain decimal texts in that currency; `technology` is the part of the value that is for technology. */
  readonly value: string
  readonly technology: string
  /** That part in thousandths of the value, for drawing. */
  readonly share: number
}

/** What waits for somebody. */
export interface Waiting {
  /** Id of the member of staff; undefined where nobody is responsible. */
  readonly userId: string | undefined
  /** To decide on a review. */
  readonly review: Counted
  /** Drafts and what is being negotiated, to be brought to review. */
  readonly preparation: Counted
  /** Approved, to be signed. */
  readonly signature: Counted
}

/** The register at a glance: each figure is defined by the list that it opens. */
export interface Dashboard {
  readonly inForce: Counted
  /** This calendar year, up to today. */
  readonly signedThisYear: Counted
  /** In force, and the period that runs ends within `endingDays`. */
  readonly ending: Counted
  /** Something is due before today: a milestone, an end, a filing. */
  readonly overdue: Counted
  /** Due days of milestones before today of which nobody has said what became; the calendar lists them. */
  readonly overdueDays: number
  readonly releases: Counted
  /** In force by country of a party; one with parties in several countries counts in each. */
  readonly countries: readonly (Split & { readonly country: string })[]
  /** In force by kind. */
  readonly kinds: readonly (Counted & { readonly kind: AgreementKind })[]
  /** By year of signature, whatever became of them since; the latest first. */
  readonly years: readonly (Split & { readonly year: number })[]
  readonly waiting: readonly Waiting[]
  /** Of what is in force; currencies are never added to one another. */
  readonly values: readonly CurrencyValue[]
}

const other = agreementKinds.filter((kind) => !statutoryKinds.includes(kind))

function splitOf(tally: Tally, key: readonly string[], query: Query): Split {
  const [technology, rest] = (['technology', 'other'] as const).map((half) => tallied(tally, ...key, half).count)
  return {
    technology: { count: technology ?? 0, query: { ...query, kind: statutoryKinds } },
    other: { count: rest ?? 0, query: { ...query, kind: other } },
    all: { count: (technology ?? 0) + (rest ?? 0), query },
  }
}

const byCount = (a: { readonly all: Counted }, b: { readonly all: Counted }) => b.all.count - a.all.count
const firstParts = (keys: readonly string[]) => [...new Set(keys.map((key) => key.split('/')[0] ?? ''))]

/** @param today the office's day, on which was counted */
export function dashboardOf(tally: Tally, today: Temporal.PlainDate): Dashboard {
  const inForce = { state: 'in_force' }
  const signedIn = (year: number) => ({ signed: `${year}-01-01/${year}-12-31` })
  const years = firstParts(keysUnder(tally, 'year')).map(Number)
  const thisYear = splitOf(tally, ['year', String(today.year)], signedIn(today.year))
  return {
    inForce: { count: tallied(tally, 'state', 'in_force').count, query: inForce },
    signedThisYear: thisYear.all,
    ending: { count: tallied(tally, 'ending').count, query: { ...inForce, ends: endingDays, sort: 'ends' } },
    overdue: { count: tallied(tally, 'overdue').count, query: { due: -1, sort: 'due' } },
    overdueDays: tallied(tally, 'overdue_days').count,
    releases: { count: tallied(tally, 'release').count, query: { release: 'asked' } },
    countries: firstParts(keysUnder(tally, 'country'))
      .map((country) => ({ country, ...splitOf(tally, ['country', country], { ...inForce, country }) }))
      .toSorted(byCount),
    kinds: agreementKinds
      .map((kind) => ({ kind, count: tallied(tally, 'kind', kind).count, query: { ...inForce, kind } }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => b.count - a.count),
    years: years
      .toSorted((a, b) => b - a)
      .slice(0, shownYears)
      .map((year) => ({ year, ...splitOf(tally, ['year', String(year)], signedIn(year)) })),
    waiting: waitingOf(tally),
    values: keysUnder(tally, 'value')
      .map((currency) => valueOf(currency, tallied(tally, 'value', currency)))
      .toSorted((a, b) => b.count - a.count || (a.currency < b.currency ? -1 : 1)),
  }
}

function waitingOf(tally: Tally): Waiting[] {
  const people = new Set(keysUnder(tally, 'waits').map((key) => key.split('/')[1] ?? ''))
  const sum = (one: Waiting) => one.review.count + one.preparation.count + one.signature.count
  return [...people]
    .map((userId): Waiting => {
      const officer = userId === '' ? nobody : userId
      const count = (what: string) => tallied(tally, 'waits', what, userId).count
      return {
        userId: userId === '' ? undefined : userId,
        review: { count: count('review'), query: { reviewer: userId } },
        preparation: { count: count('preparation'), query: { state: ['draft', 'negotiation'], officer } },
        signature: { count: count('signature'), query: { state: 'approved', officer } },
      }
    })
    .toSorted((a, b) => sum(b) - sum(a))
}

function valueOf(currency: string, { count, amount, technology }: Tallied): CurrencyValue {
  return {
    currency,
    count,
    query: { state: 'in_force', from: '0', currency },
    value: fromUnits(amount),
    technology: fromUnits(technology),
    share: amount === 0n ? 0 : Number((technology * 1000n) / amount),
  }
}
