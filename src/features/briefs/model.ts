import type { BriefKind as BriefSegment } from '#platform/paths.ts'

export const briefKinds = ['partner', 'lab', 'facility', 'country', 'catalogue', 'agreement', 'register'] as const

export type BriefKind = (typeof briefKinds)[number]

/** Kinds of which there is one document, about no record in particular. */
export const wholeKinds: readonly BriefKind[] = ['catalogue', 'register']

/** The slug of those. */
export const wholeSlug = 'all'

/** What the addresses of each kind's briefs say. */
export const segments: Readonly<Record<BriefKind, BriefSegment>> = {
  partner: 'partners',
  lab: 'labs',
  facility: 'facilities',
  country: 'countries',
  catalogue: 'catalogue',
  agreement: 'agreements',
  register: 'register',
}

export function kindOfSegment(segment: string | undefined): BriefKind | undefined {
  return briefKinds.find((kind) => segments[kind] === segment)
}
