import { bestLanguage, emptyName, rowsSent, typedNames } from '#features/agreements/names.ts'
import { limits } from '#features/agreements/model.ts'
import { DomainError } from '#platform/errors.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import type { Signature, TypedSignatory, TypedSignature } from './model.ts'

/** A party's row of the form, with all that it can hold. */
export interface SignatureDraft extends Required<TypedSignature> {
  readonly others: readonly Required<TypedSignatory>[]
}

export interface SentSignatures {
  readonly drafts: readonly SignatureDraft[]
  /** Paths of texts that look like Zawgyi and shall stay so. */
  readonly keep: readonly string[]
  /** `save`, `add-name:{position}`, `remove-name:{position}.{row}`, `convert:{path}`, `keep:{path}`. */
  readonly button: string
  readonly version: string
  readonly token: string
  readonly seen: string
}

const parts = ['name', 'language', 'address', 'title', 'official', 'signedOn'] as const
const partyField = new RegExp(`^signatures\\.(\\d|[1-9]\\d)\\.(${parts.join('|')})$`)
const nameField = /^signatures\.(\d|[1-9]\d)\.others\.(\d{1,2})\.(language|value|address|title|official)$/

/** Reads what a browser sent. @throws DomainError `bad_request` for what the form does not send */
export function readSentSignatures(form: FormData): SentSignatures {
  const values = new Map<string, string>()
  const parties = new Map<number, Map<number, Map<string, string>>>()
  for (const [name, value] of form) {
    if (name === 'keep' && typeof value === 'string') continue
    const party = partyField.exec(name)
    const row = nameField.exec(name)
    const isKnown = ['token', 'version', 'seen', 'do'].includes(name) || party !== null || row !== null
    if (typeof value !== 'string' || !isKnown || values.has(name)) {
      throw new DomainError('bad_request', { parameter: name })
    }
    values.set(name, value)
    const position = (party ?? row)?.[1]
    if (position === undefined) continue
    const rows = parties.get(Number(position)) ?? new Map<number, Map<string, string>>()
    parties.set(Number(position), rows)
    if (row === null) continue
    const at = rows.get(Number(row[2])) ?? new Map<string, string>()
    rows.set(Number(row[2]), at.set(row[3]!, value))
  }
  const text = (name: string) => values.get(name) ?? ''
  return {
    drafts: [...parties].map(([position, rows]) => ({
      position,
      ...(Object.fromEntries(parts.map((part) => [part, text(`signatures.${position}.${part}`)])) as Record<
        (typeof parts)[number],
        string
      >),
      others: othersSent(rows),
    })),
    keep: form.getAll('keep').filter((path) => typeof path === 'string'),
    button: text('do') || 'save',
    version: text('version'),
    token: text('token'),
    seen: text('seen'),
  }
}

function othersSent(rows: ReadonlyMap<number, ReadonlyMap<string, string>>): Required<TypedSignatory>[] {
  const sent = [...rows].toSorted(([a], [b]) => a - b).map(([, row]) => row)
  const part = (index: number, name: string) => sent[index]?.get(name) ?? ''
  return rowsSent(rows).map((row, n) => ({ ...row, address: part(n, 'address'), title: part(n, 'title') }))
}

/** The row as it is opened on what is on record: the first name in the agreement's own language where there is one. */
export function draftOfSignature(position: number, signed: Signature, sourceLocale: string): SignatureDraft {
  const { names, addresses, titles, official, signedOn } = signed
  const language = bestLanguage(names, sourceLocale) ?? sourceLocale
  return {
    position,
    name: names[language] ?? '',
    language,
    address: addresses[language] ?? '',
    title: titles[language] ?? '',
    official: official.includes(language) ? 'yes' : '',
    others: typedNames(names, official, (tag) => tag === language).map((row) => ({
      ...row,
      address: addresses[row.language] ?? '',
      title: titles[row.language] ?? '',
    })),
    signedOn: signedOn ?? '',
  }
}

/**
 * What a button other than `save` makes of the form: Zawgyi converted or kept, rows that come and go.
 * @throws DomainError `bad_request` for one that is not there
 */
export function press({ drafts, keep, button }: SentSignatures): Pick<SentSignatures, 'drafts' | 'keep'> {
  const [name, path = ''] = button.split(':', 2)
  if (name === 'convert') return { drafts: mapText(drafts, path, zawgyiToUnicode), keep }
  if (name === 'keep') return { drafts: mapText(drafts, path, (text) => text), keep: [...new Set([...keep, path])] }
  return { drafts: pressButton(drafts, button), keep }
}

const words = ['name', 'value', 'address', 'title']

/** Changes the text at a path of the form. */
function mapText(
  drafts: readonly SignatureDraft[],
  path: string,
  change: (text: string) => string,
): readonly SignatureDraft[] {
  const [, position, part = ''] = partyField.exec(path) ?? []
  const [, place, row, rowPart = ''] = nameField.exec(path) ?? []
  let isThere = false
  const at = <Row extends object>(one: Row, key: string): Row => {
    const text = (one as Readonly<Record<string, unknown>>)[key]
    if (!words.includes(key) || typeof text !== 'string') return one
    isThere = true
    return { ...one, [key]: change(text) }
  }
  const mapped = drafts.map((draft) => {
    if (String(draft.position) === position) return at(draft, part)
    if (String(draft.position) !== place) return draft
    return { ...draft, others: draft.others.map((other, n) => (String(n) === row ? at(other, rowPart) : other)) }
  })
  if (!isThere) throw new DomainError('bad_request', { parameter: 'do' })
  return mapped
}

/** Rows added and taken away. @throws DomainError `bad_request` for a button that is not there */
export function pressButton(drafts: readonly SignatureDraft[], button: string): SignatureDraft[] {
  const [, name, position, row] = /^(add-name|remove-name):(\d{1,2})(?:\.(\d{1,2}))?$/.exec(button) ?? []
  const isThere = drafts.some((draft) => String(draft.position) === position)
  if (!isThere || (name === 'remove-name') !== (row !== undefined)) {
    throw new DomainError('bad_request', { parameter: 'do' })
  }
  return drafts.map((draft) => {
    if (String(draft.position) !== position) return draft
    const { others } = draft
    if (name === 'remove-name') return { ...draft, others: others.filter((_, index) => String(index) !== row) }
    return others.length < limits.otherNames
      ? { ...draft, others: [...others, { ...emptyName, address: '', title: '' }] }
      : draft
  })
}
