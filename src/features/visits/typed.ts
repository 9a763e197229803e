import { type Locale, locales } from '#platform/i18n/locales.ts'
import {
  type EntryWords,
  limits,
  neighbourLanguages,
  type PersonWords,
  type Side,
  sides,
  type TaskWords,
  type Typed,
  type VisitWords,
  type Words,
} from './model.ts'

/** What each form holds, and how what is kept looks in it. */

const inLanguages = (name: string) => locales.map((locale) => `${name}.${locale}`)
const slots = (side: Side) => Array.from({ length: limits.partners }, (_, at) => `${side}.${at}`)

export const visitFields: readonly string[] = [
  ...['title', 'delegation', 'place', 'preparation'].flatMap(inLanguages),
  ...['startsOn', 'endsOn', 'first', 'second', 'notes', 'officer'],
  ...sides.flatMap(slots),
]

export const personFields: readonly string[] = [
  ...['name', 'title', 'address', 'institution'].flatMap(inLanguages),
  ...['side', 'rank', 'other.language', 'other.name', 'partner', 'email', 'phone'],
]

export const entryFields: readonly string[] = [
  ...['what', 'place', 'who'].flatMap(inLanguages),
  ...['day', 'startsAt', 'endsAt'],
]

export const taskFields: readonly string[] = ['what', 'officer', 'dueOn']

const asTyped = (values: Typed['values']): Typed => ({ values, keep: [] })

const wordsTyped = (name: string, words: Words) =>
  Object.fromEntries(locales.map((locale) => [`${name}.${locale}`, words[locale] ?? '']))

export function newVisitTyped(locale: Locale, officerId: string): Typed {
  return asTyped({ first: locale, officer: officerId })
}

export function visitTyped(visit: VisitWords): Typed {
  const partners = (side: Side, ids: readonly string[]) =>
    Object.fromEntries(slots(side).map((slot, at) => [slot, ids[at] ?? '']))
  return asTyped({
    ...wordsTyped('title', visit.titles),
    ...wordsTyped('delegation', visit.delegation),
    ...wordsTyped('place', visit.place),
    ...wordsTyped('preparation', visit.preparation),
    startsOn: visit.startsOn,
    endsOn: visit.endsOn,
    first: visit.firstLanguage,
    second: visit.secondLanguage ?? '',
    notes: visit.notes ?? '',
    officer: visit.officerId ?? '',
    ...partners('host', visit.hostIds),
    ...partners('guest', visit.guestIds),
  })
}

export function personTyped(person: PersonWords): Typed {
  const other = neighbourLanguages.find((language) => person.names[language] !== undefined)
  return asTyped({
    ...wordsTyped('name', person.names),
    ...wordsTyped('title', person.titles),
    ...wordsTyped('address', person.address),
    ...wordsTyped('institution', person.institution),
    side: person.side,
    rank: String(person.rank),
    'other.language': other ?? '',
    'other.name': other === undefined ? '' : (person.names[other] ?? ''),
    partner: person.partnerId ?? '',
    email: person.email ?? '',
    phone: person.phone ?? '',
  })
}

export function entryTyped(entry: EntryWords): Typed {
  return asTyped({
    ...wordsTyped('what', entry.what),
    ...wordsTyped('place', entry.place),
    ...wordsTyped('who', entry.who),
    day: entry.day,
    startsAt: entry.startsAt ?? '',
    endsAt: entry.endsAt ?? '',
  })
}

export function taskTyped(task: TaskWords): Typed {
  return asTyped({ what: task.what, officer: task.officerId ?? '', dueOn: task.dueOn ?? '' })
}

export const emptyTyped = (values: Typed['values'] = {}): Typed => asTyped(values)
