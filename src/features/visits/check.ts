import { personLimits } from '#features/people/model.ts'
import type { FieldProblem } from '#platform/errors.ts'
import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import { asciiDigits, lengthOf, normaliseText } from '#platform/text/normalise.ts'
import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'
import {
  type EntryWords,
  type Known,
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

/** Reads a form field by field, and gathers what is wrong. */
function reader({ values, keep }: Typed) {
  const problems: FieldProblem[] = []
  const report = (path: string, code: string, params: FieldProblem['params'] = {}) => {
    problems.push({ path, code, params })
  }
  const raw = (path: string) => values[path] ?? ''

  function text(path: string, max: number, { required = false, lines = false } = {}): string {
    const found = normaliseText(raw(path), { lines })
    const length = lengthOf(found)
    if (required && found === '') report(path, 'required')
    else if (length > max) report(path, 'too_long', { max, length })
    else if (!keep.includes(path) && looksLikeZawgyi(found)) report(path, 'zawgyi')
    return found
  }

  /** The words of a field in all five languages; `required`: in one of them at least, said beside the first. */
  function words(name: string, max: number, { required, lines = false }: { required?: Locale; lines?: boolean } = {}) {
    const found = locales.flatMap((locale) => {
      const value = text(`${name}.${locale}`, max, { lines })
      return value === '' ? [] : [[locale, value] as const]
    })
    if (found.length === 0 && required !== undefined) report(`${name}.${required}`, 'required')
    return Object.fromEntries(found) as Words
  }

  function day(path: string, { required = false } = {}): string | null {
    const typed = asciiDigits(normaliseText(raw(path)))
    if (typed === '') {
      if (required) report(path, 'required')
      return null
    }
    if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) {
      report(path, 'day_form')
      return null
    }
    try {
      const { year } = Temporal.PlainDate.from(typed, { overflow: 'reject' })
      if (year < 1990 || year > 2200) report(path, 'date_range', { min: 1990, max: 2200 })
      return typed
    } catch {
      report(path, 'date')
      return null
    }
  }

  function time(path: string): string | null {
    const typed = asciiDigits(normaliseText(raw(path))).replace(/[.：]/, ':')
    if (typed === '') return null
    const [, hours = '', minutes = ''] = /^(\d{1,2}):(\d{2})$/.exec(typed) ?? []
    if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) {
      report(path, 'time')
      return null
    }
    return `${hours.padStart(2, '0')}:${minutes}`
  }

  function choice(
    path: string,
    known: readonly string[] | ReadonlySet<string>,
    { required = false } = {},
  ): string | null {
    const value = raw(path)
    const isKnown = Array.isArray(known) ? known.includes(value) : (known as ReadonlySet<string>).has(value)
    if (value === '') {
      if (required) report(path, 'required')
      return null
    }
    if (!isKnown) report(path, 'unknown_choice', { value: value.slice(0, 40) })
    return value
  }

  return { problems, report, raw, text, words, day, time, choice }
}

type Checked<Of> = { readonly words: Of } | { readonly problems: readonly FieldProblem[] }

function outcome<Of>(problems: readonly FieldProblem[], words: Of): Checked<Of> {
  return problems.length > 0 ? { problems } : { words }
}

export function checkVisit(typed: Typed, selections: readonly string[], known: Known): Checked<VisitWords> {
  const read = reader(typed)
  const first = read.choice('first', locales, { required: true })
  const second = read.choice('second', locales)
  if (second !== null && second === first) read.report('second', 'same_language')
  const firstLanguage = isLocale(first) ? first : 'zh'
  const startsOn = read.day('startsOn', { required: true })
  const endsOn = read.day('endsOn') ?? startsOn
  if (startsOn !== null && endsOn !== null) {
    const isBackwards = endsOn < startsOn
    if (isBackwards) read.report('endsOn', 'end_before_start')
    else if (Temporal.PlainDate.from(startsOn).until(endsOn).days > 60)
      read.report('endsOn', 'visit_too_long', { max: 60 })
  }
  const partners = (side: Side) => {
    const ids = Array.from({ length: limits.partners }, (_, at) => read.choice(`${side}.${at}`, known.partners))
    return [...new Set(ids.filter((id) => id !== null))]
  }
  const chosen = [...new Set(selections)]
  if (chosen.some((id) => !known.selections.has(id))) read.report('selections', 'unknown_selection')
  if (chosen.length > limits.selections) read.report('selections', 'too_many_entries', { max: limits.selections })
  const notes = read.text('notes', limits.lines, { lines: true })
  return outcome(read.problems, {
    titles: read.words('title', limits.title, { required: firstLanguage }),
    delegation: read.words('delegation', limits.title),
    place: read.words('place', limits.words),
    startsOn: startsOn ?? '',
    endsOn: endsOn ?? '',
    firstLanguage,
    secondLanguage: isLocale(second) ? second : null,
    hostIds: partners('host'),
    guestIds: partners('guest'),
    preparation: read.words('preparation', limits.lines, { lines: true }),
    notes: notes === '' ? null : notes,
    officerId: read.choice('officer', known.officers),
    selectionIds: chosen,
  })
}

export function checkPerson(typed: Typed, known: Known): Checked<PersonWords> {
  const read = reader(typed)
  const side = read.choice('side', sides, { required: true })
  const rank = asciiDigits(normaliseText(read.raw('rank')))
  if (!/^\d{1,3}$/.test(rank) || Number(rank) < 1) read.report('rank', 'count', { max: 999 })
  const own = read.words('name', personLimits.name)
  const language = read.choice('other.language', neighbourLanguages)
  const other = read.text('other.name', personLimits.name)
  if (other !== '' && language === null) read.report('other.language', 'required')
  const names = { ...own, ...(other !== '' && language !== null && { [language]: other }) }
  if (Object.keys(names).length === 0) read.report('name.zh', 'name_missing')
  const email = read.text('email', 254)
  if (email !== '' && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) read.report('email', 'email')
  const phone = read.text('phone', 60)
  return outcome(read.problems, {
    side: side as Side,
    rank: Number(rank),
    names,
    titles: read.words('title', personLimits.title),
    address: read.words('address', personLimits.address),
    partnerId: read.choice('partner', known.partners),
    institution: read.words('institution', limits.title),
    email: email === '' ? null : email,
    phone: phone === '' ? null : phone,
  })
}

export function checkEntry(
  typed: Typed,
  visit: Pick<VisitWords, 'startsOn' | 'endsOn' | 'firstLanguage'>,
): Checked<EntryWords> {
  const read = reader(typed)
  const day = read.day('day', { required: true })
  if (day !== null && (day < visit.startsOn || day > visit.endsOn)) read.report('day', 'day_outside')
  const startsAt = read.time('startsAt')
  const endsAt = read.time('endsAt')
  if (startsAt !== null && endsAt !== null && endsAt < startsAt) read.report('endsAt', 'end_before_start')
  return outcome(read.problems, {
    day: day ?? '',
    startsAt,
    endsAt,
    what: read.words('what', limits.words, { required: visit.firstLanguage }),
    place: read.words('place', limits.words),
    who: read.words('who', limits.words),
  })
}

export function checkTask(typed: Typed, known: Known): Checked<TaskWords> {
  const read = reader(typed)
  return outcome(read.problems, {
    what: read.text('what', limits.words, { required: true }),
    officerId: read.choice('officer', known.officers),
    dueOn: read.day('dueOn'),
  })
}
