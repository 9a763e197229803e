import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import { agreedDraftOf, type AgreedDraft, emptyAgreed } from './draft-agreed.ts'
import { inOrder } from './languages.ts'
import type { AgreementWords, Party } from './model.ts'
import { type TypedName, typedNames } from './names.ts'

/** A date as typed, in three boxes; month or day stay empty where they are not known. */
export interface TypedDate {
  readonly year: string
  readonly month: string
  readonly day: string
}

export interface TypedParty {
  readonly partnerId: string
  readonly name: string
  readonly language: string
  /** Whether the name stands so on the paper: `yes`, or empty. */
  readonly official: string
  /** Its names in further languages. */
  readonly others: readonly TypedName[]
  readonly country: string
  readonly role: string
  /** Language of its own original. */
  readonly original: string
  readonly contactName: string
  /** Form of address. */
  readonly contactAddress: string
  readonly contactEmail: string
  readonly contactPhone: string
}

/** The form as the person typed it, right or wrong: what is shown again until it can be saved. */
export interface AgreementDraft extends AgreedDraft {
  readonly reference: string
  readonly kind: string
  readonly visibility: string
  readonly sourceLocale: string
  /** The state that it is entered in; only for a new one. */
  readonly state: string
  /** Whether it holds secrets: `none` or `some`, empty for no answer; only for a new one. */
  readonly secrecy: string
  readonly titles: Readonly<Record<Locale, string>>
  /** Titles in languages that are not the site's own. */
  readonly otherTitles: readonly TypedName[]
  readonly summaries: Readonly<Record<Locale, string>>
  readonly parties: readonly TypedParty[]
  readonly signed: TypedDate
  readonly effective: TypedDate
  readonly ends: TypedDate
  readonly amount: string
  readonly currency: string
  readonly fields: readonly string[]
  /** Paths of texts that look like Zawgyi and that the person wants kept as they are. */
  readonly keep: readonly string[]
}

export const dateFields = ['signed', 'effective', 'ends'] as const

export type DateField = (typeof dateFields)[number]

const noDate: TypedDate = { year: '', month: '', day: '' }

export const perLocale = <Value>(value: (locale: Locale) => Value) =>
  Object.fromEntries(locales.map((locale) => [locale, value(locale)])) as Record<Locale, Value>

export function emptyParty(language: string): TypedParty {
  const contact = { contactName: '', contactAddress: '', contactEmail: '', contactPhone: '' }
  const named = { name: '', language, official: '', others: [] }
  return { partnerId: '', ...named, country: '', role: 'partner', original: '', ...contact }
}

/** A new form: two empty parties, and the language that the person works in. */
export function emptyDraft(locale: Locale): AgreementDraft {
  return {
    reference: '',
    kind: '',
    visibility: 'internal',
    sourceLocale: locale,
    state: 'draft',
    secrecy: '',
    titles: perLocale(() => ''),
    otherTitles: [],
    summaries: perLocale(() => ''),
    parties: atLeastTwo([], locale),
    signed: noDate,
    effective: noDate,
    ends: noDate,
    amount: '',
    currency: '',
    fields: [],
    ...emptyAgreed,
    keep: [],
  }
}

/** The form as it is opened to edit what is on record. */
export function draftOf(words: AgreementWords): AgreementDraft {
  const typed = (date: string | null): TypedDate => {
    const [year = '', month = '', day = ''] = date?.split('-') ?? []
    return { year, month, day }
  }
  return {
    reference: words.reference ?? '',
    kind: words.kind,
    visibility: words.visibility,
    sourceLocale: words.sourceLocale,
    state: '',
    secrecy: '',
    titles: perLocale((locale) => words.titles[locale] ?? ''),
    otherTitles: typedNames(words.titles, words.officialTitles, isLocale),
    summaries: perLocale((locale) => words.summaries[locale] ?? ''),
    parties: atLeastTwo(
      words.parties.map((party) => ({
        partnerId: party.partnerId ?? '',
        ...namesTyped(party, words.sourceLocale),
        country: party.country ?? '',
        role: party.role,
        original: party.originalLanguage ?? '',
        contactName: party.contact?.name ?? '',
        contactAddress: party.contact?.address ?? '',
        contactEmail: party.contact?.email ?? '',
        contactPhone: party.contact?.phone ?? '',
      })),
      words.sourceLocale,
    ),
    signed: typed(words.signed),
    effective: typed(words.effective),
    ends: typed(words.ends),
    amount: words.value?.amount ?? '',
    currency: words.value?.currency ?? '',
    fields: words.fields,
    ...agreedDraftOf(words),
    keep: [],
  }
}

/** A party's names: the one in its own original's language or else in the agreement's first, the others in rows. */
function namesTyped(party: Party, sourceLocale: string): Pick<TypedParty, 'name' | 'language' | 'official' | 'others'> {
  if (party.partnerId !== null) return { name: '', language: sourceLocale, official: '', others: [] }
  const { names, officialNames = [], originalLanguage } = party
  const wanted = [originalLanguage ?? '', sourceLocale].find((tag) => names[tag] !== undefined)
  const language = wanted ?? inOrder(Object.keys(names))[0] ?? sourceLocale
  return {
    name: names[language] ?? '',
    language,
    official: officialNames.includes(language) ? 'yes' : '',
    others: typedNames(names, officialNames, (tag) => tag === language),
  }
}

function atLeastTwo(parties: readonly TypedParty[], language: string): readonly TypedParty[] {
  return [...parties, emptyParty(language), emptyParty(language)].slice(0, Math.max(2, parties.length))
}
