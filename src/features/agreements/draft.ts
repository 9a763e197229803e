import { DomainError } from '#platform/errors.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { agreedDraftOf, type AgreedDraft, agreedLists, agreedTexts, emptyAgreed } from './draft-agreed.ts'
import type { AgreementWords } from './model.ts'

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
  readonly country: string
  readonly role: string
  /** Language of its own original. */
  readonly original: string
  readonly contactName: string
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

const perLocale = <Value>(value: (locale: Locale) => Value) =>
  Object.fromEntries(locales.map((locale) => [locale, value(locale)])) as Record<Locale, Value>

export function emptyParty(language: string): TypedParty {
  const contact = { contactName: '', contactEmail: '', contactPhone: '' }
  return { partnerId: '', name: '', language, country: '', role: 'partner', original: '', ...contact }
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
    summaries: perLocale((locale) => words.summaries[locale] ?? ''),
    parties: atLeastTwo(
      words.parties.map((party) => {
        const [language = words.sourceLocale, name = ''] = Object.entries(party.names ?? {})[0] ?? []
        return {
          partnerId: party.partnerId ?? '',
          name,
          language,
          country: party.country ?? '',
          role: party.role,
          original: party.originalLanguage ?? '',
          contactName: party.contact?.name ?? '',
          contactEmail: party.contact?.email ?? '',
          contactPhone: party.contact?.phone ?? '',
        }
      }),
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

function atLeastTwo(parties: readonly TypedParty[], language: string): readonly TypedParty[] {
  return [...parties, emptyParty(language), emptyParty(language)].slice(0, Math.max(2, parties.length))
}

const single = new Set([
  ...[
    'reference',
    'kind',
    'visibility',
    'sourceLocale',
    'state',
    'secrecy',
    'amount',
    'currency',
    'do',
    'token',
    'version',
  ],
  ...agreedTexts,
  ...locales.flatMap((locale) => [`titles.${locale}`, `summaries.${locale}`]),
  ...dateFields.flatMap((field) => [`${field}.year`, `${field}.month`, `${field}.day`]),
])

const several = new Set<string>(['fields', 'keep', 'conflicts', ...agreedLists])

const partyField = /^parties\.(\d{1,2})\.(partnerId|name|language|country|role|original|contact(?:Name|Email|Phone))$/

export interface SentForm {
  readonly draft: AgreementDraft
  /** Fields in which the form differs from what somebody else has saved in the meantime. */
  readonly conflicts: readonly string[]
  /** The button: `save`, `add-party`, `remove-party:{n}`, `convert:{path}`, `keep:{path}`, `take:{field}`. */
  readonly button: string
  readonly token: string
  /** The version that the form was opened on; empty for a new agreement. */
  readonly version: string
}

/**
 * Reads what a browser sent. A field that is missing counts as empty.
 * @throws DomainError `bad_request` for a field that the form does not have, that came twice, or that is a file:
 * no form of ours sends that.
 */
export function readSentForm(form: FormData): SentForm {
  const values = new Map<string, string>()
  const lists = new Map<string, string[]>()
  const rows = new Map<number, Map<string, string>>()
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw new DomainError('bad_request', { parameter: name })
    const party = partyField.exec(name)
    if (several.has(name)) {
      lists.set(name, [...(lists.get(name) ?? []), value])
      continue
    }
    const [row, key] = party === null ? [values, name] : [rowOf(rows, Number(party[1])), party[2]!]
    if ((party === null && !single.has(name)) || row.has(key)) throw new DomainError('bad_request', { parameter: name })
    row.set(key, value)
  }
  const text = (name: string) => values.get(name) ?? ''
  const date = (field: DateField): TypedDate => ({
    year: text(`${field}.year`),
    month: text(`${field}.month`),
    day: text(`${field}.day`),
  })
  const parties = [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([, row]): TypedParty => ({
      partnerId: row.get('partnerId') ?? '',
      name: row.get('name') ?? '',
      language: row.get('language') ?? '',
      country: row.get('country') ?? '',
      role: row.get('role') ?? '',
      original: row.get('original') ?? '',
      contactName: row.get('contactName') ?? '',
      contactEmail: row.get('contactEmail') ?? '',
      contactPhone: row.get('contactPhone') ?? '',
    }))
  return {
    draft: {
      reference: text('reference'),
      kind: text('kind'),
      visibility: text('visibility'),
      sourceLocale: text('sourceLocale'),
      state: text('state'),
      secrecy: text('secrecy'),
      titles: perLocale((locale) => text(`titles.${locale}`)),
      summaries: perLocale((locale) => text(`summaries.${locale}`)),
      parties,
      signed: date('signed'),
      effective: date('effective'),
      ends: date('ends'),
      amount: text('amount'),
      currency: text('currency'),
      fields: lists.get('fields') ?? [],
      ...(Object.fromEntries([
        ...agreedTexts.map((name) => [name, text(name)]),
        ...agreedLists.map((name) => [name, lists.get(name) ?? []]),
      ]) as unknown as AgreedDraft),
      keep: lists.get('keep') ?? [],
    },
    conflicts: lists.get('conflicts') ?? [],
    button: text('do') || 'save',
    token: text('token'),
    version: text('version'),
  }
}

function rowOf(rows: Map<number, Map<string, string>>, index: number): Map<string, string> {
  const row = rows.get(index) ?? new Map<string, string>()
  rows.set(index, row)
  return row
}
