import { type AuditValue, textOf } from '#platform/audit/canonical.ts'
import type { HistoryChange } from '#platform/audit/history.ts'
import { languageName } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { lifeFields } from './describe-life.ts'
import { describeValue, type Describer, fieldLabel, fieldLang } from './describe.ts'
import { roomFields } from './history-fields.ts'
import { inOrder } from './languages.ts'
import { partOf } from './office-history.ts'
import { wordFieldNames } from './words.ts'

/** Rooms whose doings stand in an agreement's history, with words of their own. */
const rooms: Readonly<Record<string, string>> = {
  milestone: 'milestones',
  amendment: 'amendments',
  document: 'documents',
  note: 'notes',
  paper: 'papers',
  link: 'links',
  clause: 'languages',
  reminder: 'reminders',
}

/** What was done: `Milestone added`. */
export function eventLabel(t: Translate, action: string): string {
  const [subject = '', verb = ''] = action.split('.')
  if (action === 'agreement.amend') return t('amendments:did.amend')
  const room = rooms[subject]
  return t(
    (room === undefined ? `agreements:did.${action.replace('agreement.', '')}` : `${room}:did.${verb}`) as MessageKey,
  )
}

/** What the trail keeps and no reader is told: `version` only counts the changes that stand beside it. */
export const hiddenFields: readonly string[] = ['version']

const fieldsOfRooms = Object.keys(roomFields)

/** Every field that has words, in the order in which an event tells them; parts of a clause stand where it does. */
export const toldFields: readonly string[] = [
  ...[...fieldsOfRooms, 'clause', 'state', 'release', 'note', 'readers', 'content'],
  ...[...lifeFields, ...wordFieldNames],
]

/** Fields of which there are many, `check.{point}`, `clause.{n}`: they are told as their group is. */
const groups = [...lifeFields, 'clause']

/** The entry of `toldFields` that tells of a field of the trail; undefined where none does. */
export function toldAs(field: string): string | undefined {
  const [group = ''] = field.split('.')
  return toldFields.find((told) => told === (groups.includes(group) ? group : field))
}

/** One line of an event: what a field was, and what it is. */
export interface HistoryLine {
  readonly label: string
  /** BCP 47 tag of the values, where they have a language of their own. */
  readonly lang: string | undefined
  readonly before: string | undefined
  readonly after: string | undefined
  readonly erased: boolean
}

/** What an event changed, as a person reads it. What is empty before and after is left out, and nothing else. */
export function linesOf(changes: readonly HistoryChange[], view: Describer): HistoryLine[] {
  const rank = ({ field }: HistoryChange) => {
    const told = toldAs(field)
    return told === undefined ? toldFields.length : toldFields.indexOf(told)
  }
  return changes
    .filter(({ field }) => !hiddenFields.includes(field))
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(partsOfClause)
    .flatMap(partsOfTitles)
    .map(({ field, before, after, erased }) => ({
      label: labelOf(field, view),
      lang: langOf(field),
      before: valueOf(field, before, view),
      after: valueOf(field, after, view),
      erased,
    }))
    .filter(({ before, after, erased }) => erased || before !== undefined || after !== undefined)
}

/** A clause is told by what changed in it: its heading, and its words in each language. */
function partsOfClause(change: HistoryChange): HistoryChange[] {
  const { field, before, after } = change
  if (!field.startsWith('clause.') || change.erased) return [change]
  const words = [partOf(before, 'words'), partOf(after, 'words')] as const
  const tags = [...new Set(words.flatMap((one) => Object.keys(one ?? {})))]
  const parts = [
    { field: `${field}.heading`, before: partOf(before, 'heading'), after: partOf(after, 'heading') },
    ...tags.map((tag) => ({
      field: `${field}.words.${tag}`,
      before: partOf(words[0], tag),
      after: partOf(words[1], tag),
    })),
  ]
  return parts.filter((part) => part.before !== part.after).map((part) => ({ ...part, erased: false }))
}

/** Titles in languages that are not the site's own are told one by one, each in its language. */
function partsOfTitles(change: HistoryChange): HistoryChange[] {
  if (change.field !== 'otherTitles' || change.erased) return [change]
  const { before, after } = change
  const tags = inOrder([before, after].flatMap((side) => Object.keys((side ?? {}) as object)))
  return tags
    .map((tag) => ({
      field: `${change.field}.${tag}`,
      before: partOf(before, tag),
      after: partOf(after, tag),
      erased: false,
    }))
    .filter((part) => part.before !== part.after)
}

function labelOf(field: string, { t, locale }: Describer): string {
  const [group, n = '', part, tag] = field.split('.')
  if (group === 'clause') {
    const clause = t('languages:numbered', { n })
    if (part === 'heading') return `${clause} · ${t('languages:heading')}`
    return tag === undefined ? clause : `${clause} · ${languageName(tag, locale)}`
  }
  if (group === 'otherTitles' && n !== '') {
    return t('agreements:field_in', { field: t('agreements:field.title'), language: languageName(n, locale) })
  }
  const own = roomFields[field]
  if (own !== undefined) return t(own[0])
  // Better the bare name of a field than silence about it.
  return toldAs(field) === undefined ? field : fieldLabel(t, field)
}

function langOf(field: string): string | undefined {
  const [group, first, part, tag] = field.split('.')
  if (group === 'otherTitles') return first
  if (group === 'clause') return part === 'words' ? tag : undefined
  return field in roomFields ? undefined : fieldLang(field)
}

function valueOf(field: string, value: AuditValue, view: Describer): string | undefined {
  if (value === null) return undefined
  if (field.startsWith('otherTitles.')) return textOf(value)
  const own = roomFields[field]
  return own === undefined ? describeValue(field, value, view) : own[1](value, view) || undefined
}
