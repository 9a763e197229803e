import { createHash } from 'node:crypto'
import { bestName, type Hub } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { ExportContents, ExportedAgreement } from './model.ts'
import { awardStatus, type ContractStatus, relationship } from './ocds-codes.ts'
import { exactDay, momentOf, ocdsContract, type OcdsPlace, startOf } from './ocds-contract.ts'
import { inLanguages, type Json, ocdsParties } from './ocds-parties.ts'

/** What a package of releases says of itself. */
export interface OcdsPublisher extends OcdsPlace {
  readonly hub: Hub
  /** `ocds-` and six characters that the Open Contracting Partnership gave. */
  readonly prefix: string
}

/** Of `contracts/signatories`. */
const signatoriesExtension =
  'https://raw.githubusercontent.com/open-contracting-extensions/ocds_contract_signatories_extension/master/extension.json'

export interface OcdsPackage {
  /** A UUID. */
  readonly id: string
  readonly at: Temporal.Instant
  readonly locale: Locale
  readonly contents: ExportContents
}

/** The head of a release package of OCDS 1.1; its releases follow. What is public has no signatories. */
export function packageHead({ hub, baseUrl }: OcdsPublisher, { id, at, locale, contents }: OcdsPackage): Json {
  return {
    uri: `urn:uuid:${id}`,
    version: '1.1',
    extensions: contents === 'all' ? [signatoriesExtension] : undefined,
    publishedDate: momentOf(at),
    publisher: { name: bestName(hub.organisation, locale)?.value ?? baseUrl, uri: baseUrl },
  }
}

/** The ocid of an agreement's process. */
export const ocidOf = (prefix: string, agreementId: string) => `${prefix}-${agreementId}`

/**
 * An agreement as one release that says how its whole process stands. Its id is made of what it says, so that the same
 * release never comes under two ids, nor two under one.
 */
export function ocdsRelease(agreement: ExportedAgreement, publisher: OcdsPublisher): Json {
  const { id, at, sourceLocale, titles, signed, office } = agreement
  const ocid = ocidOf(publisher.prefix, id)
  const contract = ocdsContract(agreement, publisher)
  const body = {
    date: momentOf(at),
    tag: tagsOf(contract),
    initiationType: 'tender',
    language: sourceLocale,
    parties: ocdsParties(agreement, publisher.hub, (day) => startOf(day, publisher)),
    awards: [
      {
        id,
        ...inLanguages('title', titles, sourceLocale),
        status: awardStatus[contract['status'] as ContractStatus],
        date: exactDay(signed, publisher),
      },
    ],
    contracts: [contract],
    relatedProcesses:
      office === null || office.details.links.length === 0
        ? undefined
        : office.details.links.map(({ kind, otherId }, n) => ({
            id: String(n + 1),
            relationship: [relationship[kind]],
            scheme: 'ocid',
            identifier: ocidOf(publisher.prefix, otherId),
          })),
  }
  return { ocid, id: `${ocid}-${fingerprint(body)}`, ...body }
}

/** releaseTag is a closed list: everything that a release tells of. */
function tagsOf(contract: Json): string[] {
  return [
    'award',
    'contract',
    ...(contract['amendments'] === undefined ? [] : ['contractAmendment']),
    ...(contract['implementation'] === undefined ? [] : ['implementation']),
    ...(contract['status'] === 'terminated' ? ['contractTermination'] : []),
  ]
}

const fingerprint = (body: Json) => createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)
