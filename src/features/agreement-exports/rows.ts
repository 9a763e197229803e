import { choiceWord, isChoiceKey } from '#features/agreements/sheet-choices.ts'
import {
  keyIn,
  nothingKnown,
  type SheetColumn,
  sheetColumns,
  type SheetKey,
} from '#features/agreements/sheet-columns.ts'
import { languageOfName, nameLine, titleLines } from '#features/agreements/sheet-names.ts'
import { bestLanguage } from '#features/agreements/names.ts'
import { bestName, countryName, type Hub, type Names, termName } from '#features/hub/model.ts'
import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { ExportContents, ExportedAgreement, ExportedParty } from './model.ts'

/** For whom a sheet is written. */
export interface SheetReader {
  readonly t: Translate
  readonly locale: Locale
  readonly hub: Hub
  /** The site's public origin. */
  readonly baseUrl: string
  /** IANA name. */
  readonly officeTimeZone: string
}

/**
 * A cell as text whatever its column's form: dates and numbers in their plain form (`2026-05-01`, `1200000.5`), which
 * a spreadsheet's own dates and numbers are made of; null where it is empty.
 */
export type Cell = string | null

const ofThePublic: ReadonlySet<SheetKey> = new Set([
  ...(['reference', 'other_titles', 'source_language', 'kind', 'state'] as const),
  ...(['parties', 'party_names', 'party_roles', 'party_countries'] as const),
  ...(['signed', 'effective', 'ends', 'fields', 'labs', 'address'] as const),
  ...locales.flatMap((locale) => [keyIn('title', locale), keyIn('summary', locale)]),
])

/** The columns of an export: what is public has fewer. */
export function columnsOf(contents: ExportContents): readonly SheetColumn[] {
  return contents === 'all' ? sheetColumns : sheetColumns.filter(({ key }) => ofThePublic.has(key))
}

/** An agreement's cells in the order of the columns. */
export function rowOf(agreement: ExportedAgreement, columns: readonly SheetColumn[], reader: SheetReader): Cell[] {
  const cells = cellsOf(agreement, reader)
  return columns.map(({ key }) => cells[key] ?? null)
}

function cellsOf(agreement: ExportedAgreement, reader: SheetReader): Partial<Record<SheetKey, Cell>> {
  const { hub, locale, t } = reader
  const { parties } = agreement
  const each = (of: (party: ExportedParty) => Cell | undefined) => linesOf(parties.map((party) => of(party) ?? null))
  const name = (names: Names) => bestName(names, locale)?.value
  return {
    reference: agreement.reference,
    ...Object.fromEntries(
      locales.flatMap((each) => [
        [keyIn('title', each), agreement.titles[each] ?? null],
        [keyIn('summary', each), agreement.summaries[each] ?? null],
      ]),
    ),
    other_titles: titleLines(agreement.titles, (language) => !isLocale(language)),
    source_language: agreement.sourceLocale,
    kind: word(t, 'kind', agreement.kind),
    state: word(t, 'state', agreement.state),
    parties: each(({ names }) => name(names)),
    party_names: each(namesBeside),
    party_roles: each(({ role }) => word(t, 'party_roles', role)),
    party_countries: each(({ country }) => country && countryName(hub, country, locale)),
    signed: agreement.signed,
    effective: agreement.effective,
    ends: agreement.ends,
    fields: linesOf(agreement.fields.map((code) => termName(hub.fields, code, locale))),
    labs: linesOf(agreement.labs.map(({ names, id }) => name(names) ?? id)),
    address: addressOf(agreement, reader),
    ...officeCells(agreement, reader),
  }
}

function officeCells(agreement: ExportedAgreement, reader: SheetReader): Partial<Record<SheetKey, Cell>> {
  const { office, parties } = agreement
  if (office === null) return {}
  const { t, locale, officeTimeZone } = reader
  const contact = (part: 'name' | 'address' | 'email' | 'phone') =>
    linesOf(parties.map((party) => party.office?.contact?.[part] ?? null))
  return {
    visibility: word(t, 'visibility', office.visibility),
    official_titles: office.officialTitles.join(', '),
    open_ended: office.openEnded ? word(t, 'open_ended', 'yes') : null,
    renewal: word(t, 'renewal', office.renewal),
    renewal_months: count(office.renewalMonths),
    renewal_limit: count(office.renewalLimit),
    notice: count(office.notice?.amount ?? null),
    notice_unit: office.notice && word(t, 'notice_unit', office.notice.unit),
    lead_days: count(office.leadDays),
    next_due: office.nextDue,
    value: office.value?.amount ?? null,
    currency: office.value?.currency ?? null,
    technology_amount: office.technologyAmount,
    registration_number: office.registrationNumber,
    authentic_languages: office.authenticLanguages.join(', '),
    prevailing_language: office.prevailingLanguage,
    facilities: linesOf(office.facilities.map(({ names, id }) => bestName(names, locale)?.value ?? id)),
    officer: office.officer?.name ?? null,
    officer_email: office.officer?.email ?? null,
    ...signatoryCells(parties, locale),
    contact_names: contact('name'),
    contact_addresses: contact('address'),
    contact_emails: contact('email'),
    contact_phones: contact('phone'),
    changed: agreement.at.toZonedDateTimeISO(officeTimeZone).toPlainDate().toString(),
  }
}

/** Who signed for each party: as the reader is told it, and by language where that does not tell all of it. */
function signatoryCells(parties: readonly ExportedParty[], locale: Locale): Partial<Record<SheetKey, Cell>> {
  const each = (of: (office: NonNullable<ExportedParty['office']>) => Cell | undefined) =>
    linesOf(parties.map(({ office }) => (office === null ? null : (of(office) ?? null))))
  const best = (words: Names | null) => words?.[bestLanguage(words, locale) ?? '']
  // A name alone has the language of its letters, and what stands beside it that of the name.
  const told = (names: Names | null) => bestLanguage(names ?? {}, locale)
  const besideIn = (words: Names | null, names: Names | null) =>
    words === null || Object.keys(words).every((language) => language === told(names)) ? null : nameLine(words, [])
  return {
    signatories: each(({ signatory }) => best(signatory)),
    signatory_addresses: each(({ signatoryAddresses }) => best(signatoryAddresses)),
    signatory_titles: each(({ signatoryTitles }) => best(signatoryTitles)),
    signatory_days: each(({ signedOn }) => signedOn),
    signatory_names: each(({ signatory: names, signatoryOfficial }) => {
      const [language = '', ...others] = Object.keys(names ?? {})
      const isPlain = others.length === 0 && signatoryOfficial.length === 0
      return names === null || (isPlain && languageOfName(names[language] ?? '') === language)
        ? null
        : nameLine(names, signatoryOfficial)
    }),
    signatory_addresses_by_language: each((party) => besideIn(party.signatoryAddresses, party.signatory)),
    signatory_titles_by_language: each((party) => besideIn(party.signatoryTitles, party.signatory)),
  }
}

/** All names of a party that has no profile, where the one in its own column does not tell them. */
function namesBeside({ partnerId, names, officialNames }: ExportedParty): Cell {
  const isMore = partnerId === null && (Object.keys(names).length > 1 || officialNames.length > 0)
  return isMore ? nameLine(names, officialNames) : null
}

function addressOf({ id, slug, office }: ExportedAgreement, { baseUrl, locale }: SheetReader): Cell {
  if (office !== null) return baseUrl + paths.office.agreement(locale, id)
  return baseUrl + paths.agreement(locale, slug)
}

function word(t: Translate, key: SheetKey, code: string): Cell {
  return isChoiceKey(key) ? choiceWord(t, key, code) : code
}

const count = (value: number | null): Cell => (value === null ? null : String(value))

/** A line for each; null where all are empty. */
function linesOf(values: readonly Cell[]): Cell {
  if (values.every((value) => value === null || value === '')) return null
  return values.map((value) => value?.replaceAll(/\s*\n\s*/g, ' ') || nothingKnown).join('\n')
}
