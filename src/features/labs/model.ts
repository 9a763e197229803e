export const labKinds = [
  'joint_laboratory',
  'joint_research_centre',
  'joint_institute',
  'overseas_institute',
  'innovation_centre',
  'cooperation_centre',
  'transfer_centre',
] as const

export type LabKind = (typeof labKinds)[number]

/** How far a lab has come, as its sources say and no further. */
export const labStages = ['announced', 'signed', 'unveiled', 'operating'] as const

export type LabStage = (typeof labStages)[number]
