import { bestName, countryName, type Hub, type Names } from '#features/hub/model.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { partyRole } from './ocds-codes.ts'
import type { ExportedAgreement, ExportedParty } from './model.ts'

/** What OCDS can be made of: an object of which members that are undefined are left out. */
export type Json = Readonly<Record<string, unknown>>

/** A text, and beside it the same in other languages: `title`, `title_en`, `title_th` … */
export function inLanguages(field: string, words: Names, language: string): Json {
  const main = bestName(words, isLocale(language) ? language : 'en')?.value
  const others = Object.entries(words).filter(([tag, value]) => tag !== language && value !== undefined && value !== '')
  return { [field]: main, ...Object.fromEntries(others.map(([tag, value]) => [`${field}_${tag}`, value])) }
}

/** A party's id: of its profile, else within the agreement. */
export function partyId({ id, parties }: ExportedAgreement, position: number): string | undefined {
  const party = parties[position]
  if (party === undefined) return undefined
  return party.partnerId === null ? `${id}-party-${position + 1}` : `partner-${party.partnerId}`
}

/** What refers to a party from elsewhere in the release. */
export function partyReference(agreement: ExportedAgreement, position: number | null): Json | undefined {
  const party = position === null ? undefined : agreement.parties[position]
  if (position === null || party === undefined) return undefined
  return { id: partyId(agreement, position), name: nameOf(party, agreement.sourceLocale) }
}

export function ocdsParties(agreement: ExportedAgreement, hub: Hub, dayOf: (day: string) => string): Json[] {
  const { sourceLocale } = agreement
  return agreement.parties.map((party, position) => {
    const { role, ror, names, country, office } = party
    const contact = office?.contact ?? null
    return {
      id: partyId(agreement, position),
      ...inLanguages('name', names, sourceLocale),
      identifier:
        ror === null
          ? undefined
          : { scheme: 'XI-ROR', id: ror.split('/').at(-1), uri: ror, legalName: nameOf(party, sourceLocale) },
      address: country === null ? undefined : { countryName: countryName(hub, country, localeOr(sourceLocale)) },
      contactPoint:
        contact === null
          ? undefined
          : {
              name: contact.name ?? undefined,
              honorificPrefix: contact.address,
              email: contact.email ?? undefined,
              telephone: contact.phone ?? undefined,
            },
      roles: [partyRole[role as keyof typeof partyRole]],
      details: country === null ? undefined : { country },
      signatory: signatoryOf(party, sourceLocale, dayOf),
    }
  })
}

/**
 * Who signed for a party. The standard has no place for the person: the words are those of schema.org, as its own
 * extensions take theirs, and each has the others beside it by language.
 */
function signatoryOf({ office }: ExportedParty, language: string, dayOf: (day: string) => string): Json | undefined {
  if (office === null || !hasSigned({ office })) return undefined
  const { signatory, signatoryAddresses, signatoryTitles, signedOn } = office
  return {
    ...inLanguages('name', signatory ?? {}, language),
    ...inLanguages('honorificPrefix', signatoryAddresses ?? {}, language),
    ...inLanguages('jobTitle', signatoryTitles ?? {}, language),
    dateSigned: signedOn === null ? undefined : dayOf(signedOn),
  }
}

const hasSigned = ({ office }: Pick<ExportedParty, 'office'>) => Object.keys(office?.signatory ?? {}).length > 0

/**
 * The parties of which it is known who signed, as the extension of contract signatories has them; undefined where they
 * are fewer than the two that it wants.
 */
export function ocdsSignatories(agreement: ExportedAgreement): (Json | undefined)[] | undefined {
  const all = agreement.parties.flatMap((party, position) =>
    hasSigned(party) ? [partyReference(agreement, position)] : [],
  )
  return all.length < 2 ? undefined : all
}

const localeOr = (language: string): Locale => (isLocale(language) ? language : 'en')

const nameOf = ({ names }: ExportedParty, language: string) => bestName(names, localeOr(language))?.value
