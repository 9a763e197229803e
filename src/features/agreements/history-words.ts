import { bestName } from '#features/hub/model.ts'
import { paperInHistory } from '#features/papers/describe.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { formatDate, formatList, formatMoney, formatNumber, languageName } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { Describer } from './describe.ts'
import { otherIn } from './office-history.ts'

/** Rooms whose doings stand in an agreement's history, with words of their own. */
const rooms: Readonly<Record<string, string>> = {
  milestone: 'milestones',
  amendment: 'amendments',
  document: 'documents',
  note: 'notes',
  paper: 'papers',
  link: 'links',
  clause: 'languages',
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

/** Plain values are words, days or numbers; anything else has a way of its own. */
const plain = (value: AuditValue) => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')

type Show = (value: AuditValue, t: Translate, locale: Locale, names: Describer['partnerNames']) => string

const asText: Show = (value) => plain(value)
const asDay: Show = (value, _, locale) => formatDate(plain(value), locale)
const asNumber: Show = (value, _, locale) => formatNumber(Number(plain(value)), locale)
const asWord =
  (group: string): Show =>
  (value, t) =>
    t(`${group}.${plain(value)}` as MessageKey)

const linked =
  (group: string): Show =>
  (value, t, locale, names) => {
    const { kind } = value as { kind: string }
    const other = bestName(names.get(otherIn(value) ?? '') ?? {}, locale)?.value ?? t('links:hidden')
    return `${t(`links:${group}.${kind}` as MessageKey)} ${other}`
  }

/** Fields of milestones, amendments, documents and notes that the history tells, in its order. */
const fields: Readonly<Record<string, readonly [MessageKey, Show]>> = {
  milestone: ['milestones:field.title', asText],
  'milestone.title': ['milestones:field.title', asText],
  'milestone.kind': ['milestones:field.kind', asWord('milestones:kind')],
  'milestone.first_due': ['milestones:field.firstDue', asDay],
  'milestone.money': [
    'milestones:column.amount',
    (value, _, locale) => {
      const { amount, currency } = value as { amount: string; currency: string }
      return formatMoney(amount, currency, locale)
    },
  ],
  'milestone.due': ['milestones:column.due', asDay],
  'milestone.state': ['milestones:column.state', asWord('milestones:state')],
  'milestone.met_on': ['milestones:field.metOn', asDay],
  'milestone.paid': ['milestones:payments.paid', asText],
  'milestone.note': ['milestones:field.note', asText],
  'paper.seal': ['papers:seal.title', (value, t, locale) => paperInHistory('paper.seal', value, t, locale) ?? ''],
  'paper.power': ['papers:power.title', (value, t, locale) => paperInHistory('paper.power', value, t, locale) ?? ''],
  'paper.original': [
    'papers:original.title',
    (value, t, locale) => paperInHistory('paper.original', value, t, locale) ?? '',
  ],
  'link.earlier': ['links:earlier', linked('kind')],
  'link.later': ['links:later', linked('kind_of_later')],
  'filing.archiveNumber': ['papers:filing.field.archiveNumber', asText],
  'filing.retention': ['papers:filing.field.retention', asWord('papers:retention')],
  'filing.filedOn': ['papers:filing.field.filedOn', asDay],
  'filing.filingDue': ['papers:filing.field.filingDue', asDay],
  'automatic.effective': ['agreements:automatic.effective', asDay],
  'automatic.ended': ['agreements:automatic.ended', asDay],
  'automatic.number': ['agreements:automatic.number', asNumber],
  'automatic.until': ['agreements:automatic.until', asDay],
  amendment: ['amendments:field.number', asNumber],
  'amendment.kind': ['amendments:field.kind', asWord('amendments:kind')],
  'amendment.summary': ['amendments:field.summary', asText],
  'amendment.signed': ['amendments:field.signedOn', asDay],
  'amendment.effective': ['amendments:field.effectiveOn', asDay],
  document: ['documents:field.document', asText],
  'document.kind': ['documents:field.documentKind', asWord('documents:kind')],
  'document.language': ['documents:field.language', (value, _, locale) => languageName(plain(value), locale)],
  'document.file': ['documents:field.fileName', asText],
  'document.sha256': ['documents:field.sha256', asText],
  'note.mentions': ['notes:field.mentions', (value, _, locale) => formatList(value as readonly string[], locale)],
}

export const otherRoomsFields = Object.keys(fields)

/** The name of such a field; undefined for any other. */
export function otherRoomsLabel(t: Translate, field: string): string | undefined {
  const found = fields[field]
  return found === undefined ? undefined : t(found[0])
}

/** Its value as a person reads it. */
export function otherRoomsValue(field: string, value: AuditValue, view: Describer): string | undefined {
  return value === null ? undefined : fields[field]?.[1](value, view.t, view.locale, view.partnerNames)
}
