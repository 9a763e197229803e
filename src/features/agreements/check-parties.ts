import { parseEmail } from '#features/accounts/model.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { checkNames, checkTag } from './check-names.ts'
import { checkText, choice, type Report, shown } from './check-fields.ts'
import type { Vocabulary } from './check.ts'
import type { AgreementDraft, TypedParty } from './draft.ts'
import { inOrder, languageTag } from './languages.ts'
import { type Contact, limits, type Party, partyKey, partyRoles } from './model.ts'

export function checkParties(draft: AgreementDraft, vocabulary: Vocabulary, report: Report): Party[] {
  if (draft.parties.length > limits.parties) report('parties', 'too_many_entries', { max: limits.parties })
  const seen = new Set<string>()
  return draft.parties.slice(0, limits.parties).flatMap((typed, index) => {
    const path = `parties.${index}`
    const party = checkParty(typed, path, draft, vocabulary, report)
    if (party === undefined) return []
    const keys = keysOf(party, vocabulary)
    if (keys.some((key) => seen.has(key)))
      report(`${path}.${party.partnerId === null ? 'name' : 'partnerId'}`, 'party_twice')
    for (const key of keys) seen.add(key)
    return [party]
  })
}

/**
 * What a party must not share with another of the same agreement: who it is, and every name that it goes by, so that a
 * name typed out beside the profile of that name is noticed.
 */
function keysOf(party: Party, { partners }: Vocabulary): string[] {
  if (party.partnerId === null) return [partyKey(party), ...Object.values(party.names).map(folded)]
  return [party.partnerId, ...(partners.get(party.partnerId) ?? []).map(folded)]
}

const folded = (name: string) => normaliseText(name).normalize('NFKC').toLowerCase()

/** A row in which neither a profile was chosen nor a name typed is no party. */
function checkParty(
  typed: TypedParty,
  path: string,
  draft: AgreementDraft,
  vocabulary: Vocabulary,
  report: Report,
): Party | undefined {
  const name = checkText(typed.name, `${path}.name`, limits.partyName, draft, report)
  const isNamed = normaliseText(typed.name) !== ''
  const contact = checkContact(typed, path, draft, report)
  const hasOthers = typed.others.some(({ value, language }) => `${value}${language}`.trim() !== '')
  if (typed.partnerId === '' && !isNamed) {
    const isEmpty = typed.name.trim() === '' && typed.country === '' && contact === null && !hasOthers
    return isEmpty ? undefined : report(`${path}.name`, 'party_name')
  }
  const role = choice(typed.role, partyRoles, `${path}.role`, report)
  const originalLanguage = typed.original === '' ? null : languageTag(typed.original)
  if (originalLanguage === undefined)
    return report(`${path}.original`, 'language_tag', { value: shown(typed.original) })
  const common = { originalLanguage, contact }
  if (typed.partnerId !== '') {
    if (typed.name.trim() !== '' || hasOthers) return report(`${path}.name`, 'party_both')
    if (!vocabulary.partners.has(typed.partnerId)) return report(`${path}.partnerId`, 'unknown_partner')
    return role && { role, partnerId: typed.partnerId, names: null, country: null, ...common }
  }
  if (typed.country !== '' && !vocabulary.countries.has(typed.country)) {
    report(`${path}.country`, 'unknown_choice', { value: shown(typed.country) })
  }
  const taken = new Set<string>()
  const language = checkTag(typed.language, `${path}.language`, taken, report)
  const rules = { path: `${path}.others`, max: limits.partyName, taken: [...taken], keep: draft.keep, report }
  const others = checkNames(typed.others, rules)
  if (name === undefined || role === undefined || language === undefined) return undefined
  const names = { [language]: name, ...others.names }
  const officialNames = inOrder([...(typed.official === '' ? [] : [language]), ...others.official])
  const country = typed.country || null
  return { role, partnerId: null, names, country, ...common, ...(officialNames.length > 0 && { officialNames }) }
}

function checkContact(typed: TypedParty, path: string, draft: AgreementDraft, report: Report): Contact | null {
  const text = (part: 'contactName' | 'contactAddress' | 'contactPhone') =>
    checkText(typed[part], `${path}.${part}`, limits.contact, draft, report) ?? null
  const [name, address, phone] = [text('contactName'), text('contactAddress'), text('contactPhone')]
  const isMailTyped = typed.contactEmail.trim() !== ''
  const email = isMailTyped ? parseEmail(typed.contactEmail) : null
  if (email === undefined) report(`${path}.contactEmail`, 'email')
  if (address !== null && name === null) report(`${path}.contactName`, 'required')
  if (name === null && phone === null && !isMailTyped) return null
  return { name, ...(address !== null && { address }), email: email ?? null, phone }
}
