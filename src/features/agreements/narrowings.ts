import { writeDayRange } from './day-range.ts'
import { type Happening, happenings, type OfficeFilters } from './office-filters.ts'

/** What a list of the register is narrowed to, part by part. */

/** The parts of a list that can be taken away again, each with the list without it. */
export function narrowings(filters: OfficeFilters): { readonly part: Narrowing; readonly without: OfficeFilters }[] {
  const first = { ...filters, page: 1 }
  const all: (readonly [Narrowing | false, Partial<OfficeFilters>])[] = [
    [filters.words !== '' && { name: 'words', value: filters.words }, { words: '' }],
    ...filters.states.map((value) => {
      const states = filters.states.filter((other) => other !== value)
      return [{ name: 'state', value }, { states }] as const
    }),
    ...filters.kinds.map((value) => {
      const kinds = filters.kinds.filter((other) => other !== value)
      return [{ name: 'kind', value }, { kinds }] as const
    }),
    ...(['partner', 'country', 'officer', 'field', 'reviewer', 'release', 'confidential'] as const).map((name) => {
      const value = filters[name]
      return [value !== undefined && { name, value }, { [name]: undefined }] as const
    }),
    [filters.dueDays !== undefined && { name: 'due', value: String(filters.dueDays) }, { dueDays: undefined }],
    [filters.endsDays !== undefined && { name: 'ends', value: String(filters.endsDays) }, { endsDays: undefined }],
    ...happenings.map((name) => {
      const { [name]: range, ...others } = filters.when
      return [range !== undefined && { name, value: writeDayRange(range) }, { when: others }] as const
    }),
    [filters.least !== undefined && { name: 'from', value: filters.least }, { least: undefined }],
    [filters.most !== undefined && { name: 'to', value: filters.most }, { most: undefined }],
    [filters.year !== undefined && { name: 'year', value: String(filters.year) }, { year: undefined }],
  ]
  return all.flatMap(([part, without]) => (part === false ? [] : [{ part, without: { ...first, ...without } }]))
}

export interface Narrowing {
  readonly name:
    | 'words'
    | 'state'
    | 'kind'
    | 'partner'
    | 'country'
    | 'officer'
    | 'field'
    | 'reviewer'
    | 'release'
    | 'confidential'
    | 'due'
    | 'ends'
    | Happening
    | 'from'
    | 'to'
    | 'year'
  readonly value: string
}

export function isNarrowed(filters: OfficeFilters): boolean {
  return narrowings(filters).length > 0
}
