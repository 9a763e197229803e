import type { AuditValue } from '#platform/audit/canonical.ts'
import type { HistoryChange } from '#platform/audit/history.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import { isLocale, languageNames, type Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { VisitEvent } from './queries.ts'

/** What the fields of the forms are called. */
const known: Readonly<Record<string, MessageKey>> = {
  title: 'visits:field.title',
  delegation: 'visits:field.delegation',
  place: 'visits:field.place',
  preparation: 'visits:field.preparation',
  startsOn: 'visits:field.startsOn',
  endsOn: 'visits:field.endsOn',
  first: 'selections:field.first',
  second: 'selections:field.second',
  notes: 'visits:field.notes',
  officer: 'visits:field.officer',
  selections: 'visits:field.selections',
  host: 'visits:field.host',
  guest: 'visits:field.guest',
  name: 'visits:field.name',
  job: 'visits:field.job',
  address: 'visits:field.address',
  institution: 'visits:field.institution',
  side: 'visits:field.side',
  rank: 'visits:field.rank',
  other: 'visits:field.other',
  partner: 'visits:field.partner',
  email: 'visits:field.email',
  phone: 'visits:field.phone',
  what: 'visits:field.what',
  who: 'visits:field.who',
  day: 'visits:field.day',
  startsAt: 'visits:field.startsAt',
  endsAt: 'visits:field.endsAt',
  dueOn: 'visits:field.dueOn',
}

/** `Title (Tiếng Việt)`, from the path of a form's field. */
export function fieldLabel(t: Translate, path: string): string {
  const [name = '', language] = path.split('.')
  const key = known[name]
  if (key === undefined) return path
  return isLocale(language) ? t('visits:in_language', { field: t(key), language: languageNames[language] }) : t(key)
}

/** Fields of the audit trail that the forms call otherwise. */
const inTrail: Readonly<Record<string, string>> = {
  titles: 'title',
  names: 'name',
  firstLanguage: 'first',
  secondLanguage: 'second',
  hostIds: 'host',
  guestIds: 'guest',
  officerId: 'officer',
  partnerId: 'partner',
  selectionIds: 'selections',
}

export interface EventLine {
  readonly label: string
  readonly before: string | undefined
  readonly after: string | undefined
  readonly erased: boolean
}

/** What an event changed, in words; `nameOf` knows what an id stands for. */
export function linesOf(
  { changes }: VisitEvent,
  t: Translate,
  locale: Locale,
  nameOf: (id: string) => string | undefined,
): readonly EventLine[] {
  const say = (field: string, value: AuditValue): string | undefined => {
    if (value === null || value === '') return undefined
    if (Array.isArray(value)) return value.map((one) => say(field, one as AuditValue)).join('; ')
    if (typeof value === 'object') {
      return Object.values(value)
        .map((one) => say(field, one))
        .join(' · ')
    }
    const text = String(value)
    if (field === 'side') return t(`visits:side.${text as 'host' | 'guest'}`)
    if (isLocale(text) && /Language$/.test(field)) return languageNames[text]
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text, locale)
    return /Ids?$/.test(field) ? (nameOf(text) ?? t('visits:partner_unknown')) : text
  }
  return changes.flatMap(({ field: path, before, after, erased }: HistoryChange): EventLine[] => {
    const field = path.split('.').at(-1) ?? path
    const line = {
      label: fieldLabel(t, path === 'person.titles' ? 'job' : (inTrail[field] ?? field)),
      before: say(field, before),
      after: say(field, after),
      erased,
    }
    return erased || line.before !== undefined || line.after !== undefined ? [line] : []
  })
}

/** `Programme entry saved`, from the action of an event. */
export function deedLabel(t: Translate, action: string): string {
  return t(`visits:did.${action.replace('visit.', '')}` as MessageKey)
}
