import { type AgreementState, releasableStates } from './lifecycle.ts'
import type { AgreementWords } from './model.ts'

/** Why an agreement cannot be released to the public register, each with the field where that is mended. */
export const releaseObstacleFields = { internal: 'visibility', state: 'state', parties: 'parties' } as const

export type ReleaseObstacle = keyof typeof releaseObstacleFields

export function releaseObstacles(record: {
  readonly state: AgreementState
  readonly words: Pick<AgreementWords, 'visibility' | 'parties'>
}): readonly ReleaseObstacle[] {
  const { state, words } = record
  return [
    ...(words.visibility === 'public' ? [] : (['internal'] as const)),
    ...(releasableStates.includes(state) ? [] : (['state'] as const)),
    ...(words.parties.length >= 2 ? [] : (['parties'] as const)),
  ]
}

/** Characters. */
export const releaseLimits = { reviewer: 200, basis: 500 } as const

const longestSlug = 80

/** A public address from a title, as far as it has Latin letters; undefined when too little is left of it. */
export function slugFromTitle(title: string | undefined): string | undefined {
  const plain = (title ?? '').normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  const slug = words.length <= longestSlug ? words : words.slice(0, longestSlug).replace(/-[^-]*$/, '')
  return slug.length >= 8 ? slug : undefined
}
