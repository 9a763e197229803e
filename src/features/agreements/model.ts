/** Kinds of agreement; the statutory kinds of technology contract (开发, 转让, 许可, 咨询, 服务) are registered by law. */
export const agreementKinds = [
  'letter_of_intent',
  'memorandum_of_understanding',
  'framework_agreement',
  'cooperation_agreement',
  'joint_laboratory_agreement',
  'technology_development_contract',
  'technology_transfer_contract',
  'technology_licence',
  'technology_consulting_contract',
  'technology_service_contract',
  'confidentiality_agreement',
  'personnel_exchange_agreement',
] as const

export type AgreementKind = (typeof agreementKinds)[number]

export const partyRoles = ['lead', 'partner', 'funder', 'guarantor', 'witness'] as const

export type PartyRole = (typeof partyRoles)[number]
