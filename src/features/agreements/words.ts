import { isDeepStrictEqual } from 'node:util'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import { isLocale, locales } from '#platform/i18n/locales.ts'
import { type AgreementWords, type Contact, isKeyOf, type Party, partyKey } from './model.ts'

/** The words of an agreement as flat fields: what the audit trail, comparisons and merges speak of. */
export type WordFields = Readonly<Record<string, AuditValue>>

export const wordFieldNames: readonly string[] = [
  ...['reference', 'kind', 'visibility', 'sourceLocale', 'officerId'],
  ...locales.map((locale) => `title.${locale}`),
  ...['otherTitles', 'officialTitles', 'parties', 'contacts', 'authenticLanguages', 'prevailingLanguage'],
  ...['signed', 'effective', 'ends', 'openEnded', 'renewal', 'renewalMonths', 'renewalLimit', 'notice', 'leadDays'],
  ...['value', 'technologyAmount', 'registrationNumber', 'fields', 'labs', 'facilities'],
  ...locales.map((locale) => `summary.${locale}`),
]

/**
 * A party's contact is a field apart from the parties: it changes without anything being agreed. Contacts are kept by
 * `partyKey`, so that none goes to another party when rows move. Titles in languages that are not the site's own are
 * one field, `otherTitles`, by language; null where there are none.
 */
export function fieldsOf(words: AgreementWords): WordFields {
  const { titles, summaries, parties, ...others } = words
  const flat: Record<string, AuditValue> = JSON.parse(JSON.stringify(others)) as Record<string, AuditValue>
  flat['parties'] = parties.map(({ contact: _, ...party }) => ({ ...party }))
  const contacts = parties.flatMap((party) => (party.contact === null ? [] : [[partyKey(party), { ...party.contact }]]))
  flat['contacts'] = contacts.length === 0 ? null : (Object.fromEntries(contacts) as Record<string, AuditValue>)
  const further = Object.entries(titles).filter(([tag, title]) => !isLocale(tag) && title !== undefined)
  flat['otherTitles'] = further.length === 0 ? null : (Object.fromEntries(further) as Record<string, AuditValue>)
  for (const locale of locales) {
    flat[`title.${locale}`] = titles[locale] ?? null
    flat[`summary.${locale}`] = summaries[locale] ?? null
  }
  return flat
}

/** The inverse of `fieldsOf`. */
export function wordsFrom(fields: WordFields): AgreementWords {
  const texts = (name: 'title' | 'summary') =>
    Object.fromEntries(
      locales.flatMap((locale) => {
        const value = fields[`${name}.${locale}`]
        return typeof value === 'string' ? [[locale, value]] : []
      }),
    )
  const { contacts, parties, otherTitles, ...others } = Object.fromEntries(
    Object.entries(fields).filter(([name]) => !name.includes('.')),
  )
  const known = (contacts ?? {}) as unknown as Readonly<Record<string, Contact>>
  return {
    ...others,
    parties: ((parties ?? []) as unknown as Party[]).map((party) => ({
      ...party,
      contact: known[partyKey(party)] ?? contactOf(party, known),
    })),
    titles: { ...texts('title'), ...((otherTitles ?? {}) as Readonly<Record<string, string>>) },
    summaries: texts('summary'),
  } as unknown as AgreementWords
}

/** The contact of a party that has got another name since it was written down. */
function contactOf(party: Party, known: Readonly<Record<string, Contact>>): Contact | null {
  return Object.entries(known).find(([key]) => isKeyOf(key, party))?.[1] ?? null
}

/** What changed, field by field; `before` is null for a new agreement. */
export function changesBetween(before: AgreementWords | null, after: AgreementWords): Change[] {
  const old = before === null ? {} : fieldsOf(before)
  const now = fieldsOf(after)
  return wordFieldNames
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after))
}

/** What two people did to one agreement at the same time. */
export interface Merge {
  /** What the second wants, with the first one's changes where the second had left a field alone. */
  readonly words: AgreementWords
  /** Fields that both changed, and differently: `words` has the second one's. */
  readonly conflicts: readonly string[]
}

/**
 * Puts the edits of one who opened the form on an older version on top of what is saved now.
 * `base` holds, for each field that was changed since, what it said in that older version.
 */
export function mergeWords(mine: AgreementWords, saved: AgreementWords, base: WordFields): Merge {
  const own = fieldsOf(mine)
  const theirs = fieldsOf(saved)
  const merged: Record<string, AuditValue> = { ...own }
  const conflicts: string[] = []
  for (const [field, before] of Object.entries(base)) {
    if (!(field in own)) continue
    const value = own[field] ?? null
    if (isDeepStrictEqual(value, before)) merged[field] = theirs[field] ?? null
    else if (!isDeepStrictEqual(value, theirs[field] ?? null)) conflicts.push(field)
  }
  return { words: wordsFrom(merged), conflicts }
}
