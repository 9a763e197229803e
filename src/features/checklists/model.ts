import { type AgreementKind, agreementKinds } from '#features/agreements/model.ts'

/** When a checklist stands: before negotiation begins, and before the agreement is signed. */
export const stages = ['negotiation', 'signature'] as const

export type Stage = (typeof stages)[number]

export const answers = ['cleared', 'not_applicable', 'open'] as const

export type Answer = (typeof answers)[number]

/** Characters. */
export const longestReason = 1000

interface PointRule {
  readonly stage: Stage
  readonly kinds: readonly AgreementKind[]
}

const technologyContracts: readonly AgreementKind[] = [
  'technology_development_contract',
  'technology_transfer_contract',
  'technology_licence',
  'technology_consulting_contract',
  'technology_service_contract',
]

/** Kinds under which technology is made, shared or moves from one side to the other. */
const withTechnology: readonly AgreementKind[] = [
  'cooperation_agreement',
  'joint_laboratory_agreement',
  ...technologyContracts,
]

/** Kinds under which research is done together or results change hands. */
const withResearch: readonly AgreementKind[] = withTechnology.filter(
  (kind) => kind !== 'technology_consulting_contract',
)

/** Kinds under which people's data may cross a border. */
const withPeople: readonly AgreementKind[] = [
  'cooperation_agreement',
  'joint_laboratory_agreement',
  'technology_development_contract',
  'technology_consulting_contract',
  'technology_service_contract',
  'personnel_exchange_agreement',
]

/** Kinds under which the other side is given what it does not know yet. */
const withDisclosure: readonly AgreementKind[] = [
  ...withTechnology,
  'confidentiality_agreement',
  'personnel_exchange_agreement',
]

/** Kinds that settle to whom results belong. */
const withOwnership: readonly AgreementKind[] = [
  'cooperation_agreement',
  'joint_laboratory_agreement',
  'technology_development_contract',
  'technology_transfer_contract',
  'technology_licence',
]

/**
 * Every point that is looked at, with the kinds of agreement that it concerns. The office judges; the list only sees
 * to it that nothing is forgotten. Sources name the rules as they are known in China.
 */
export const points = {
  /** Who the other side is and whether it may conclude the agreement (民法典 on the capacity of contracting parties). */
  counterparty: { stage: 'negotiation', kinds: agreementKinds },
  /** 中国禁止出口限制出口技术目录; 技术进出口管理条例; 出口管制法 for dual-use items. */
  technology_export: { stage: 'negotiation', kinds: withTechnology },
  /** 中国禁止进口限制进口技术目录; 技术进出口管理条例. */
  technology_import: { stage: 'negotiation', kinds: withTechnology },
  /** 人类遗传资源管理条例 and its implementing rules: international cooperation is approved or notified first. */
  human_genetic_resources: { stage: 'negotiation', kinds: withResearch },
  /** 生物安全法 on biological resources; the Nagoya Protocol on access and benefit-sharing. */
  biological_genetic_resources: { stage: 'negotiation', kinds: withResearch },
  /** 个人信息保护法; 数据安全法; 促进和规范数据跨境流动规定. */
  personal_data: { stage: 'negotiation', kinds: withPeople },
  /** Who owns what is brought in, and whether it is free (专利法; 民法典 on technology contracts). */
  state_of_ip: { stage: 'negotiation', kinds: withOwnership },
  /** 保守国家秘密法: nothing of the kind goes to the other side. */
  disclosure: { stage: 'negotiation', kinds: withDisclosure },
  /** Export of restricted technology needs a licence, of free technology a registration of the contract. */
  export_formalities: { stage: 'signature', kinds: withTechnology },
  /** The same for import. */
  import_formalities: { stage: 'signature', kinds: withTechnology },
  /** Approvals, notifications and agreed terms for human and biological resources are in hand. */
  resource_approvals: { stage: 'signature', kinds: withResearch },
  /** A legal way for personal data to cross the border: assessment, standard contract, certification or exemption. */
  data_transfer: { stage: 'signature', kinds: withPeople },
  /** 民法典 on technology contracts: ownership and use of results and improvements are agreed. */
  ip_terms: { stage: 'signature', kinds: withOwnership },
  /** Who signs may do so by office or by power of attorney. */
  authority_to_sign: { stage: 'signature', kinds: agreementKinds },
  /** The texts in all authentic languages were compared and say the same. */
  language_versions: { stage: 'signature', kinds: agreementKinds },
} as const satisfies Record<string, PointRule>

export type Point = keyof typeof points

export const pointNames = Object.keys(points) as Point[]

export function isPoint(value: string): value is Point {
  return Object.hasOwn(points, value)
}

/** The points of a stage that an agreement of this kind has to answer. */
export function pointsFor(kind: AgreementKind, stage: Stage): readonly Point[] {
  return pointNames.filter((name) => {
    const point: PointRule = points[name]
    return point.stage === stage && point.kinds.includes(kind)
  })
}

export interface GivenAnswer {
  readonly point: string
  readonly answer: Answer
  readonly reason: string
}

/** The points of a stage that are open or have no answer. */
export function openPoints(kind: AgreementKind, stage: Stage, given: readonly GivenAnswer[]): readonly Point[] {
  const settled = new Set(given.filter(({ answer }) => answer !== 'open').map(({ point }) => point))
  return pointsFor(kind, stage).filter((point) => !settled.has(point))
}
