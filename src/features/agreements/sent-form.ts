import { DomainError } from '#platform/errors.ts'
import { locales } from '#platform/i18n/locales.ts'
import { type AgreementDraft, type DateField, dateFields, perLocale, type TypedDate, type TypedParty } from './draft.ts'
import { type AgreedDraft, agreedLists, agreedTexts } from './draft-agreed.ts'
import { rowsSent } from './names.ts'

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

const partyField =
  /^parties\.(\d{1,2})\.(partnerId|name|language|official|country|role|original|contact(?:Name|Address|Email|Phone))$/

/** A field of a row for a name in a further language. */
const nameField = /^(otherTitles|parties\.(?:\d|[1-9]\d)\.others)\.(\d{1,2})\.(language|value|official)$/

export interface SentForm {
  readonly draft: AgreementDraft
  /** Fields in which the form differs from what somebody else has saved in the meantime. */
  readonly conflicts: readonly string[]
  /**
   * The button: `save`, `add-party`, `remove-party:{n}`, `add-name:{path}`, `remove-name:{path}`, `convert:{path}`,
   * `keep:{path}`, `take:{field}`.
   */
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
  const names = new Map<string, Map<number, Map<string, string>>>()
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw new DomainError('bad_request', { parameter: name })
    const party = partyField.exec(name)
    if (several.has(name)) {
      lists.set(name, [...(lists.get(name) ?? []), value])
      continue
    }
    const named = nameField.exec(name)
    const [row, key] =
      party !== null
        ? [rowOf(rows, Number(party[1])), party[2]!]
        : named !== null
          ? [rowOf(groupOf(names, named[1]!), Number(named[2])), named[3]!]
          : [values, name]
    if ((party === null && named === null && !single.has(name)) || row.has(key))
      throw new DomainError('bad_request', { parameter: name })
    row.set(key, value)
  }
  const text = (name: string) => values.get(name) ?? ''
  const date = (field: DateField): TypedDate => ({
    year: text(`${field}.year`),
    month: text(`${field}.month`),
    day: text(`${field}.day`),
  })
  // A row of names of a party that sent nothing else belongs to no party, and to no page of ours.
  for (const path of names.keys()) {
    const party = /^parties\.(\d+)/.exec(path)
    if (party !== null && !rows.has(Number(party[1]))) throw new DomainError('bad_request', { parameter: path })
  }
  const parties = [...rows]
    .toSorted(([a], [b]) => a - b)
    .map(([index, row]): TypedParty => ({
      partnerId: row.get('partnerId') ?? '',
      name: row.get('name') ?? '',
      language: row.get('language') ?? '',
      official: row.get('official') ?? '',
      others: rowsSent(names.get(`parties.${index}.others`)),
      country: row.get('country') ?? '',
      role: row.get('role') ?? '',
      original: row.get('original') ?? '',
      contactName: row.get('contactName') ?? '',
      contactAddress: row.get('contactAddress') ?? '',
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
      otherTitles: rowsSent(names.get('otherTitles')),
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

function groupOf<Rows>(groups: Map<string, Map<number, Rows>>, path: string): Map<number, Rows> {
  const group = groups.get(path) ?? new Map<number, Rows>()
  groups.set(path, group)
  return group
}

function rowOf(rows: Map<number, Map<string, string>>, index: number): Map<string, string> {
  const row = rows.get(index) ?? new Map<string, string>()
  rows.set(index, row)
  return row
}
