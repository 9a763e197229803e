import { DomainError } from '#platform/errors.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { type AgreementState, agreementStates } from './lifecycle.ts'
import { type AgreementKind, agreementKinds } from './model.ts'

export const sortings = ['updated', 'reference', 'signed', 'ends'] as const

export type Sorting = (typeof sortings)[number]

/** What somebody asked the office's list for; all of it is in the address. */
export interface OfficeFilters {
  readonly states: readonly AgreementState[]
  readonly kinds: readonly AgreementKind[]
  readonly words: string
  readonly sort: Sorting
  /** From 1. */
  readonly page: number
}

const longestWords = 100

/** @throws DomainError `bad_request` for a value that does not exist, `not_found` for a page that no list has. */
export function readOfficeFilters(search: URLSearchParams): OfficeFilters {
  const several = <Value extends string>(name: string, known: readonly Value[]): Value[] =>
    [...new Set(search.getAll(name).filter((value) => value !== ''))].map((value) => {
      const found = known.find((one) => one === value)
      if (found === undefined) throw new DomainError('bad_request', { parameter: name })
      return found
    })
  const single = (name: string) => {
    const [value = '', ...more] = search.getAll(name)
    if (more.length > 0) throw new DomainError('bad_request', { parameter: name })
    return value
  }
  const words = normaliseText(single('q'))
  if (words.length > longestWords) throw new DomainError('bad_request', { parameter: 'q' })
  const sort = single('sort') || 'updated'
  const sorting = sortings.find((one) => one === sort)
  if (sorting === undefined) throw new DomainError('bad_request', { parameter: 'sort' })
  const page = single('page') || '1'
  if (!/^\d{1,12}$/.test(page)) throw new DomainError('bad_request', { parameter: 'page' })
  if (Number(page) < 1) throw new DomainError('not_found')
  return {
    states: several('state', agreementStates),
    kinds: several('kind', agreementKinds),
    words,
    sort: sorting,
    page: Number(page),
  }
}

export function officeQuery({ states, kinds, words, sort, page }: OfficeFilters) {
  return {
    q: words,
    state: states,
    kind: kinds,
    sort: sort === 'updated' ? undefined : sort,
    page: page === 1 ? undefined : page,
  }
}
