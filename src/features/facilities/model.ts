import { labStages } from '#features/labs/model.ts'

export const facilityKinds = ['centre', 'base', 'platform', 'branch'] as const

export type FacilityKind = (typeof facilityKinds)[number]

/** `named`: in the plan of 2018, present status not verified; the rest as for labs. */
export const facilityStages = ['named', ...labStages] as const

export type FacilityStage = (typeof facilityStages)[number]
