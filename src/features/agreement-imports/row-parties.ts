import { readChoice } from '#features/agreements/sheet-choices.ts'
import type { TypedParty } from '#features/agreements/draft.ts'
import { nothingKnown } from '#features/agreements/sheet-columns.ts'
import { languageOfName, readNameLine } from '#features/agreements/sheet-names.ts'
import type { TypedSignature } from '#features/signatures/model.ts'
import { type ImportSettings, justName, type Target } from './model.ts'
import type { Lookups } from './lookups.ts'
import { idsNamed, likeNamed } from './names.ts'
import type { ReportCell, RowSetting } from './row-draft.ts'
import { signatoriesIn, signatureOf } from './row-signatories.ts'
import { foldName, nameLanguageOf } from './words-in-cells.ts'

/** The lines of a cell; the last empty ones say nothing. */
export function linesOf(cell: string): string[] {
  const lines = cell.split(/\r?\n/).map((line) => line.trim())
  while (lines.at(-1) === '') lines.pop()
  return lines
}

/** The lines of a column that goes with the parties: empty where nothing is known of one. */
const perParty = (cell: string) => linesOf(cell).map((line) => (line === nothingKnown ? '' : line))

/**
 * The names of a cell: a line each; where there is one line, semicolons and bars part them, and 、 where what is
 * between them is no name of its own (`lookups` know it).
 */
export function namesIn(cell: string, isKnown: (name: string) => boolean): string[] {
  const lines = linesOf(cell)
  if (lines.length !== 1) return lines
  const [only = ''] = lines
  if (isKnown(only)) return [only]
  const parts = only.split(/[;；|]/).flatMap((part) => (isKnown(part) ? [part] : part.split('、')))
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Whom a name stands for. */
export type Meant =
  { readonly partnerId: string } | { readonly name: string } | { readonly candidates: readonly string[] }

/**
 * The partner of this name, whoever was chosen for it before, or just the name where no partner's is like it. Names
 * that several have, or that are only like others, have to be decided.
 */
export function partnerMeant(name: string, settings: Pick<ImportSettings, 'partners'>, lookups: Lookups): Meant {
  const chosen = settings.partners[foldName(name)]
  if (chosen === justName) return { name }
  if (chosen !== undefined && lookups.vocabulary.partners.has(chosen)) return { partnerId: chosen }
  const named = idsNamed(lookups.partners, name)
  if (named.length === 1) return { partnerId: named[0]! }
  if (named.length > 1) return { candidates: named }
  const like = likenessOf(lookups).get(name) ?? likeNamed(lookups.partners, name)
  likenessOf(lookups).set(name, like)
  return like.length === 0 ? { name } : { candidates: like }
}

const remembered = new WeakMap<Lookups, Map<string, readonly string[]>>()

/** A name that comes in a thousand rows is compared with all others once. */
function likenessOf(lookups: Lookups): Map<string, readonly string[]> {
  const known = remembered.get(lookups) ?? new Map<string, readonly string[]>()
  remembered.set(lookups, known)
  return known
}

/** The parties of a row and who signed for them, from the columns that go together line by line. */
export function partiesOf(
  cell: (key: Target) => string,
  setting: RowSetting,
  report: ReportCell,
): { readonly parties: TypedParty[]; readonly signatures: TypedSignature[] } {
  const { settings, lookups } = setting
  const names = namesIn(cell('parties'), (name) => idsNamed(lookups.partners, name).length > 0)
  const [named, roles, countries] = (['party_names', 'party_roles', 'party_countries'] as const).map((key) =>
    perParty(cell(key)),
  )
  const [people, addresses, emails, phones] = (
    ['contact_names', 'contact_addresses', 'contact_emails', 'contact_phones'] as const
  ).map((key) => perParty(cell(key)))
  const signatories = signatoriesIn(cell)
  const told = [named, roles, countries, people, addresses, emails, phones].map((lines) => lines!.length)
  const most = Math.max(...told, signatories.most)
  if (most > names.length) report('parties', 'import_lines', { lines: most, parties: names.length })
  const signatures: TypedSignature[] = []
  let position = 0
  const parties = names.flatMap((name, index): TypedParty[] => {
    if (name === '') return []
    const meant = partnerMeant(name, settings, lookups)
    if ('candidates' in meant) {
      report('parties', 'import_partner', { name: name.slice(0, 200), count: meant.candidates.length })
    }
    const role = roles![index] ?? ''
    const known = role === '' ? 'partner' : readChoice('party_roles', role)
    if (known === undefined) report('party_roles', 'unknown_choice', { value: role.slice(0, 40) })
    const typed = countries![index] ?? ''
    const country = typed === '' ? '' : lookups.countries.get(foldName(typed))
    if (country === undefined) report('party_countries', 'unknown_choice', { value: typed.slice(0, 40) })
    const isPartner = 'partnerId' in meant
    const signature = signatureOf(position, signatories.of(index), setting, report)
    if (signature !== undefined) signatures.push(signature)
    position += 1
    return [
      {
        partnerId: isPartner ? meant.partnerId : '',
        ...namesOf(isPartner ? '' : name, isPartner ? '' : (named![index] ?? '')),
        country: isPartner ? '' : (country ?? ''),
        role: known ?? 'partner',
        original: '',
        contactName: people![index] ?? '',
        contactAddress: addresses![index] ?? '',
        contactEmail: emails![index] ?? '',
        contactPhone: phones![index] ?? '',
      },
    ]
  })
  return { parties, signatures }
}

/** The name of the parties' column, with its language as far as the line of all names tells it, and the others of it. */
function namesOf(name: string, line: string): Pick<TypedParty, 'name' | 'language' | 'official' | 'others'> {
  const all = line === '' ? [] : readNameLine(line, nameLanguageOf)
  const own = all.find(({ value }) => foldName(value) === foldName(name))
  return {
    name,
    language: own?.language ?? languageOfName(name),
    official: own?.official ?? '',
    others: all.filter((one) => one !== own),
  }
}
