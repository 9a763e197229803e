export const partnerKinds = [
  'university',
  'research_institute',
  'enterprise',
  'agency',
  'science_park',
  'transfer_centre',
] as const

export type PartnerKind = (typeof partnerKinds)[number]

export const partnerSides = ['yunnan', 'china', 'abroad'] as const

export type PartnerSide = (typeof partnerSides)[number]

/** `listed` from public sources; `confirmed` by the institution itself. */
export const partnerStandings = ['listed', 'confirmed'] as const
