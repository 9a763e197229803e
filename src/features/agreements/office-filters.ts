import { DomainError } from '#platform/errors.ts'
import { isUuid } from '#platform/forms/once.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { isCurrency, parseAmount } from './amount.ts'
import { type AgreementState, agreementStates } from './lifecycle.ts'
import { type AgreementKind, agreementKinds } from './model.ts'
import { type DayRange, readDayRange, writeDayRange } from './day-range.ts'

export const sortings = ['updated', 'title', 'reference', 'state', 'signed', 'ends', 'due', 'value'] as const

export type Sorting = (typeof sortings)[number]

/** Those that begin with the greatest: the latest change, the latest signature, the highest value. */
const descendingByNature: readonly Sorting[] = ['updated', 'signed', 'value']

export const pageSizes = [50, 20, 100] as const

export const views = ['list', 'timeline'] as const

/** Days on which something happened to an agreement; `happenings.ts` says what each means exactly. */
export const happenings = ['signed', 'begun', 'ended', 'renewed'] as const

export type Happening = (typeof happenings)[number]

/** Agreements for which nobody is responsible yet. */
export const nobody = 'nobody'

/** What is due before today, and not today itself: due within minus one day. */
export const overdueDays = -1

/** What somebody asked the office's list for; all of it is in the address. */
export interface OfficeFilters {
  readonly words: string
  readonly states: readonly AgreementState[]
  readonly kinds: readonly AgreementKind[]
  /** Id of a partner; a name that is still to be looked up stands in `partnerName`. */
  readonly partner: string | undefined
  readonly partnerName: string
  /** ISO 3166-1. */
  readonly country: string | undefined
  /** Id of a member of staff, or `nobody`. */
  readonly officer: string | undefined
  readonly field: string | undefined
  /** Something is due within so many days, or was due before; `overdueDays` for the latter alone. */
  readonly dueDays: number | undefined
  /** The period that runs ends within so many days, today included. */
  readonly endsDays: number | undefined
  /** Id of a member of staff whose turn it is to decide on the review. */
  readonly reviewer: string | undefined
  /** A release was asked for, and nobody has decided yet. */
  readonly release: 'asked' | undefined
  readonly confidential: 'yes' | 'no' | undefined
  /** Something happened on a day of each of these ranges. */
  readonly when: Readonly<Partial<Record<Happening, DayRange>>>
  /** Plain decimal texts, in `currency`. */
  readonly least: string | undefined
  readonly most: string | undefined
  readonly currency: string
  /** Year of signature. */
  readonly year: number | undefined
  readonly sort: Sorting
  readonly descending: boolean
  /** From 1. */
  readonly page: number
  readonly size: (typeof pageSizes)[number]
  readonly view: (typeof views)[number]
}

const longestWords = 100
const longestDueDays = 3660
const usualCurrency = 'CNY'

/** @throws DomainError `bad_request` for a value that does not exist, `not_found` for a page that no list has. */
export function readOfficeFilters(search: URLSearchParams): OfficeFilters {
  const bad = (parameter: string) => new DomainError('bad_request', { parameter })
  const single = (name: string) => {
    const [value = '', ...more] = search.getAll(name)
    if (more.length > 0) throw bad(name)
    return value
  }
  const several = <Value extends string>(name: string, known: readonly Value[]): Value[] =>
    [...new Set(search.getAll(name).filter((value) => value !== ''))].map((value) => {
      const found = known.find((one) => one === value)
      if (found === undefined) throw bad(name)
      return found
    })
  const one = <Value extends string | number>(name: string, known: readonly [Value, ...Value[]]): Value => {
    const value = single(name)
    const found = value === '' ? known[0] : known.find((each) => String(each) === value)
    if (found === undefined) throw bad(name)
    return found
  }
  const fitting = (name: string, fits: (value: string) => boolean): string | undefined => {
    const value = single(name)
    if (value !== '' && !fits(value)) throw bad(name)
    return value || undefined
  }
  const number = (name: string, least: number, most: number): number | undefined => {
    const value = fitting(name, (text) => /^-?\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most)
    return value === undefined ? undefined : Number(value)
  }
  const amount = (name: string): string | undefined => {
    const typed = single(name)
    if (typed.trim() === '') return undefined
    const parsed = typed.length > 40 ? { problem: 'amount' } : parseAmount(typed)
    if (!('amount' in parsed)) throw bad(name)
    return parsed.amount
  }
  const words = (name: string) => {
    const typed = normaliseText(single(name))
    if (typed.length > longestWords) throw bad(name)
    return typed
  }
  const ranges = () =>
    Object.fromEntries(
      happenings.flatMap((name) => {
        const typed = single(name)
        if (typed === '') return []
        const range = readDayRange(typed)
        if (range === undefined) throw bad(name)
        return [[name, range]]
      }),
    )
  const sort = one('sort', sortings)
  const order = one('order', ['', 'asc', 'desc'] as const)
  const page = single('page') || '1'
  if (!/^\d{1,12}$/.test(page)) throw bad('page')
  if (Number(page) < 1) throw new DomainError('not_found')
  return {
    words: words('q'),
    states: several('state', agreementStates),
    kinds: several('kind', agreementKinds),
    partner: fitting('partner', isUuid),
    partnerName: words('partner_name'),
    country: fitting('country', (code) => /^[A-Z]{2}$/.test(code)),
    officer: fitting('officer', (text) => text === nobody || isUuid(text)),
    field: fitting('field', (code) => /^[a-z0-9_-]{1,60}$/.test(code)),
    dueDays: number('due', overdueDays, longestDueDays),
    endsDays: number('ends', 0, longestDueDays),
    reviewer: fitting('reviewer', isUuid),
    release: one('release', ['', 'asked'] as const) || undefined,
    confidential: one('confidential', ['', 'yes', 'no'] as const) || undefined,
    when: ranges(),
    least: amount('from'),
    most: amount('to'),
    currency: fitting('currency', isCurrency) ?? usualCurrency,
    year: number('year', 1900, 2200),
    sort,
    descending: order === '' ? descendingByNature.includes(sort) : order === 'desc',
    page: Number(page),
    size: one('size', pageSizes),
    view: one('view', views),
  }
}

const rangeOf = (range: DayRange | undefined) => (range === undefined ? undefined : writeDayRange(range))

/** The query of a list, in one order always and without what goes without saying. */
export function officeQuery(filters: OfficeFilters) {
  const { sort, descending, page, size, view } = filters
  const priced = filters.least !== undefined || filters.most !== undefined
  return {
    q: filters.words,
    state: filters.states,
    kind: filters.kinds,
    partner: filters.partner,
    partner_name: filters.partnerName,
    country: filters.country,
    officer: filters.officer,
    field: filters.field,
    due: filters.dueDays,
    ends: filters.endsDays,
    reviewer: filters.reviewer,
    release: filters.release,
    confidential: filters.confidential,
    signed: rangeOf(filters.when.signed),
    begun: rangeOf(filters.when.begun),
    ended: rangeOf(filters.when.ended),
    renewed: rangeOf(filters.when.renewed),
    from: filters.least,
    to: filters.most,
    currency: priced ? filters.currency : undefined,
    year: filters.year,
    sort: sort === 'updated' ? undefined : sort,
    order: descending === descendingByNature.includes(sort) ? undefined : descending ? 'desc' : 'asc',
    size: size === pageSizes[0] ? undefined : size,
    view: view === 'list' ? undefined : view,
    page: page === 1 ? undefined : page,
  }
}

/** The same list in the order of a column; a second time, in the opposite one. */
export function sortedBy(filters: OfficeFilters, sort: Sorting): OfficeFilters {
  const descending = filters.sort === sort ? !filters.descending : descendingByNature.includes(sort)
  return { ...filters, sort, descending, page: 1 }
}
