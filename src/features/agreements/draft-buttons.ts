import { DomainError } from '#platform/errors.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import { zawgyiToUnicode } from '#platform/text/zawgyi.ts'
import { type AgreementDraft, draftOf, emptyParty } from './draft.ts'
import type { AgreedDraft } from './draft-agreed.ts'
import { nameLanguage } from './languages.ts'
import { type AgreementWords, limits } from './model.ts'
import { emptyName, type TypedName } from './names.ts'
import { wordFieldNames } from './words.ts'

/**
 * What the buttons of the form other than `save` make of it, without a script: rows added and removed, Zawgyi text
 * converted or kept, what somebody else saved taken over. `saved` is the agreement as it stands.
 * @throws DomainError `bad_request` for a button that the form does not have.
 */
export function pressButton(draft: AgreementDraft, button: string, saved: AgreementWords | undefined): AgreementDraft {
  const [name, argument = ''] = button.split(':', 2)
  const refuse = (): never => {
    throw new DomainError('bad_request', { parameter: 'do' })
  }
  switch (name) {
    case 'add-party':
      if (draft.parties.length >= limits.parties) return draft
      return { ...draft, parties: [...draft.parties, emptyParty(draft.sourceLocale)] }
    case 'remove-party':
      return { ...draft, parties: draft.parties.filter((_, index) => String(index) !== argument) }
    case 'add-name':
      return mapNames(draft, argument, addRow) ?? refuse()
    case 'remove-name': {
      const [, path = '', row = ''] = /^(.+)\.(\d{1,2})$/.exec(argument) ?? []
      return mapNames(draft, path, (rows) => rows.filter((_, index) => String(index) !== row)) ?? refuse()
    }
    case 'convert':
      return mapText(draft, argument, zawgyiToUnicode) ?? refuse()
    case 'keep':
      return { ...draft, keep: [...new Set([...draft.keep, argument])] }
    case 'take':
      return saved === undefined || !wordFieldNames.includes(argument) ? refuse() : takeField(draft, argument, saved)
    default:
      return refuse()
  }
}

/** The text at a path of the form. */
export function textAt(draft: AgreementDraft, path: string): string | undefined {
  let found: string | undefined
  mapText(draft, path, (text) => (found = text))
  return found
}

function mapText(draft: AgreementDraft, path: string, change: (text: string) => string): AgreementDraft | undefined {
  const [group, key = '', field] = path.split('.')
  if (path === 'reference' || path === 'registrationNumber') return { ...draft, [path]: change(draft[path]) }
  if ((group === 'titles' || group === 'summaries') && isLocale(key)) {
    return { ...draft, [group]: { ...draft[group], [key]: change(draft[group][key]) } }
  }
  const row = /^(.+)\.(\d{1,2})\.value$/.exec(path)
  if (row !== null) return mapRow(draft, row[1]!, Number(row[2]), change)
  const part = partyTexts.find((name) => name === field)
  if (group !== 'parties' || part === undefined || draft.parties[Number(key)] === undefined) return undefined
  const parties = draft.parties.map((party, index) =>
    String(index) === key ? { ...party, [part]: change(party[part]) } : party,
  )
  return { ...draft, parties }
}

const addRow = (rows: readonly TypedName[]) => (rows.length < limits.otherNames ? [...rows, emptyName] : rows)

/** The rows of names at a path: `otherTitles`, `parties.2.others`. */
function mapNames(
  draft: AgreementDraft,
  path: string,
  change: (rows: readonly TypedName[]) => readonly TypedName[],
): AgreementDraft | undefined {
  if (path === 'otherTitles') return { ...draft, otherTitles: change(draft.otherTitles) }
  const at = /^parties\.(\d{1,2})\.others$/.exec(path)?.[1]
  if (at === undefined || draft.parties[Number(at)] === undefined) return undefined
  const parties = draft.parties.map((party, index) =>
    index === Number(at) ? { ...party, others: change(party.others) } : party,
  )
  return { ...draft, parties }
}

function mapRow(
  draft: AgreementDraft,
  path: string,
  at: number,
  change: (text: string) => string,
): AgreementDraft | undefined {
  let isThere = false
  const mapped = mapNames(draft, path, (rows) => {
    isThere = rows[at] !== undefined
    return rows.map((row, index) => (index === at ? { ...row, value: change(row.value) } : row))
  })
  return isThere ? mapped : undefined
}

const partyTexts = ['name', 'contactName', 'contactAddress', 'contactPhone'] as const

/** Fields of the form that hold a field of the words under another name, or in parts. */
const formFields: Readonly<Record<string, readonly (keyof AgreedDraft | 'amount' | 'currency')[]>> = {
  value: ['amount', 'currency'],
  notice: ['noticeAmount', 'noticeUnit'],
  authenticLanguages: ['authentic', 'authenticOthers'],
  prevailingLanguage: ['prevailing'],
}

function takeField(draft: AgreementDraft, field: string, saved: AgreementWords): AgreementDraft {
  const theirs = draftOf(saved)
  const [group, locale] = field.split('.')
  if (isLocale(locale)) {
    const texts = group === 'title' ? 'titles' : 'summaries'
    return { ...draft, [texts]: { ...draft[texts], [locale]: theirs[texts][locale] } }
  }
  if (field === 'officialTitles') return takeOfficial(draft, saved)
  if (field === 'contacts') return takeContacts(draft, theirs)
  const parts = formFields[field] ?? [field as keyof AgreementDraft]
  return { ...draft, ...Object.fromEntries(parts.map((part) => [part, theirs[part]])) }
}

/** Which titles they marked, those in further languages among them. */
function takeOfficial(draft: AgreementDraft, { officialTitles }: AgreementWords): AgreementDraft {
  const isMarked = ({ language }: TypedName) => officialTitles.includes(nameLanguage(language) ?? '')
  return {
    ...draft,
    officialTitles: officialTitles.filter(isLocale),
    otherTitles: draft.otherTitles.map((row) => ({ ...row, official: isMarked(row) ? 'yes' : '' })),
  }
}

/** Their contacts, for the parties that both have. */
function takeContacts(draft: AgreementDraft, theirs: AgreementDraft): AgreementDraft {
  const parties = draft.parties.map((party) => {
    const same = theirs.parties.find((other) => other.partnerId === party.partnerId && other.name === party.name)
    const { contactName = '', contactAddress = '', contactEmail = '', contactPhone = '' } = same ?? {}
    return { ...party, contactName, contactAddress, contactEmail, contactPhone }
  })
  return { ...draft, parties }
}
