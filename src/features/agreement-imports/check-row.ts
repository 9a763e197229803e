import { hash } from 'node:crypto'
import { checkDraft } from '#features/agreements/check.ts'
import type { AgreementWords } from '#features/agreements/model.ts'
import { fieldsOf } from '#features/agreements/words.ts'
import { checkSignatures, type PlacedSignature } from '#features/signatures/model.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { draftOfRow, type RowSetting } from './row-draft.ts'
import type { RowProblem, Target } from './model.ts'

/** A row as the rules of agreements see it. */
export interface CheckedRow {
  readonly words: AgreementWords | undefined
  readonly signatures: readonly PlacedSignature[]
  readonly state: string
  readonly problems: readonly RowProblem[]
  /** By which it is known again, also where something else is wrong with it. */
  readonly reference: string
  readonly title: string
  readonly kind: string
  readonly sourceLocale: Locale
  readonly confidential: boolean
  /** SHA-256 of all that it says; undefined where something is wrong. */
  readonly hash: string | undefined
}

/** Checks a row by the rules for every agreement. What it says of people and places is looked up. */
export function checkRow(cells: readonly string[], setting: RowSetting): CheckedRow {
  const { draft, signatures: typed, state, problems: unread } = draftOfRow(cells, setting)
  const checked = checkDraft(draft, setting.lookups.vocabulary)
  // What the papers of an old agreement do not show is a gap: a signatory without a day is no barrier.
  const signed = checkSignatures(typed, setting.today, { withoutDay: () => true })
  const found = [...('problems' in checked ? checked.problems : []), ...signed.problems]
  const problems = [...unread]
  const sourceLocale = isLocale(draft.sourceLocale) ? draft.sourceLocale : setting.settings.sourceLocale
  for (const { path, code, params } of found) {
    const key = targetOfPath(path, draft.sourceLocale, setting)
    // What cannot be read is missing for the rules: one message for one cause.
    if (unread.some((one) => one.key === key)) continue
    problems.push(params === undefined ? { key, code } : { key, code, params })
  }
  const words = problems.length === 0 && 'words' in checked ? checked.words : undefined
  return {
    words,
    signatures: signed.signatures,
    state,
    problems,
    reference: draft.reference,
    title: draft.titles[sourceLocale],
    kind: draft.kind,
    sourceLocale,
    confidential: draft.visibility === 'confidential',
    hash: words === undefined ? undefined : hashOf(words, signed.signatures, state),
  }
}

// The fields come in one order, so that their plain JSON is the same for the same words. Titles in further languages
// and signatories came later than the first imports: where there are none, the hash is what it was before.
function hashOf(words: AgreementWords, signatures: readonly PlacedSignature[], state: string): string {
  const { otherTitles, ...fields } = fieldsOf(words)
  const said = otherTitles === null ? fields : { ...fields, otherTitles }
  return hash('sha256', JSON.stringify(signatures.length === 0 ? [said, state] : [said, state, signatures]))
}

const paths: Readonly<Record<string, Target>> = {
  sourceLocale: 'source_language',
  otherTitles: 'other_titles',
  officialTitles: 'official_titles',
  officerId: 'officer',
  openEnded: 'open_ended',
  renewalMonths: 'renewal_months',
  renewalLimit: 'renewal_limit',
  noticeAmount: 'notice',
  noticeUnit: 'notice_unit',
  leadDays: 'lead_days',
  amount: 'value',
  technologyAmount: 'technology_amount',
  registrationNumber: 'registration_number',
  authentic: 'authentic_languages',
  authenticOthers: 'authentic_languages',
  prevailing: 'prevailing_language',
}

const partyPaths: Readonly<Record<string, Target>> = {
  language: 'party_names',
  others: 'party_names',
  role: 'party_roles',
  country: 'party_countries',
  contactName: 'contact_names',
  contactAddress: 'contact_addresses',
  contactEmail: 'contact_emails',
  contactPhone: 'contact_phones',
}

const signaturePaths: Readonly<Record<string, Target>> = {
  language: 'signatory_names',
  others: 'signatory_names',
  address: 'signatory_addresses',
  title: 'signatory_titles',
  signedOn: 'signatory_days',
}

/** The column that a field of the form comes from. */
function targetOfPath(path: string, sourceLocale: string, { settings }: RowSetting): Target {
  const [first = '', second = '', third = ''] = path.split('.')
  if (first === 'signatures') {
    const target = signaturePaths[third] ?? 'signatories'
    return settings.columns.includes(target) ? target : 'signatories'
  }
  if (first === 'parties') return partyPaths[third] ?? 'parties'
  if (first === 'titles' || first === 'summaries') {
    const name = first === 'titles' ? 'title' : 'summary'
    const own = `${name}_${second}` as Target
    return second === sourceLocale && !settings.columns.includes(own) ? name : own
  }
  return paths[first] ?? (first as Target)
}
