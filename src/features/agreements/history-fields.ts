import { agreedLabel, describeAgreed } from '#features/amendments/describe.ts'
import { ruleInWords } from '#features/milestones/words.ts'
import { paperInHistory } from '#features/papers/describe.ts'
import { reminderKinds } from '#features/reminders/model.ts'
import { bestName } from '#features/hub/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { formatDate, formatList, formatMoney, formatNumber, languageName } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import { type Describer, nameOf } from './describe.ts'
import { otherIn, partOf } from './office-history.ts'

/** Plain values are words, days or numbers; anything else has a way of its own. */
const plain = (value: AuditValue) => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')

type Show = (value: AuditValue, view: Describer) => string

const asText: Show = (value) => plain(value)
const asDay: Show = (value, { locale }) => formatDate(plain(value), locale)
const asNumber: Show = (value, { locale }) => formatNumber(Number(plain(value)), locale)
const asNumbers: Show = (value, { locale }) =>
  formatList(
    (value as readonly number[]).map((day) => formatNumber(day, locale)),
    locale,
  )
/** What an id stands for. */
const asName: Show = (value, view) => nameOf(plain(value), view)
const asWord =
  (group: string): Show =>
  (value, { t }) =>
    t(`${group}.${plain(value)}` as MessageKey)

/** An amount with its currency; earlier versions wrote down what was paid without one. */
const asMoney: Show = (value, { locale }) =>
  typeof value === 'string'
    ? formatNumber(Number(value), locale)
    : formatMoney(plain(partOf(value, 'amount')), plain(partOf(value, 'currency')), locale)

const linked =
  (group: string): Show =>
  (value, { t, locale, partnerNames }) => {
    const other = bestName(partnerNames.get(otherIn(value) ?? '') ?? {}, locale)?.value ?? t('links:hidden')
    return `${t(`links:${group}.${plain(partOf(value, 'kind'))}` as MessageKey)} ${other}`
  }

const asPaper =
  (field: string): Show =>
  (value, view) =>
    paperInHistory(field, value, view.t, view.locale, (id) => nameOf(id, view)) ?? ''

/** What an amendment changes, a line a field. */
const asChanges: Show = (value, view) => {
  const changes = value as readonly {
    readonly field: string
    readonly before: AuditValue
    readonly after: AuditValue
  }[]
  const side = (which: 'before' | 'after') => Object.fromEntries(changes.map((change) => [change.field, change[which]]))
  return changes
    .map(({ field, before, after }) => {
      const [old, now] = [
        describeAgreed(field, before, view, side('before')),
        describeAgreed(field, after, view, side('after')),
      ]
      const nothing = view.t('amendments:nothing')
      return `${agreedLabel(view.t, field)}: ${old ?? nothing} → ${now ?? nothing}`
    })
    .join('\n')
}

/** Fields of milestones, amendments, documents, papers, links and notes, in the order in which the history tells them. */
export const roomFields: Readonly<Record<string, readonly [MessageKey, Show]>> = {
  milestone: ['milestones:field.title', asText],
  'milestone.title': ['milestones:field.title', asText],
  'milestone.owed_by': [
    'milestones:field.party',
    (value, { t }) => t('agreements:party.numbered', { n: Number(plain(value)) + 1 }),
  ],
  'milestone.kind': ['milestones:field.kind', asWord('milestones:kind')],
  'milestone.first_due': ['milestones:field.firstDue', asDay],
  'milestone.rule': ['milestones:field.rhythm', (value, { t, locale }) => ruleInWords(t, locale, plain(value))],
  'milestone.money': ['milestones:column.amount', asMoney],
  'milestone.due': ['milestones:column.due', asDay],
  'milestone.state': ['milestones:column.state', asWord('milestones:state')],
  'milestone.met_on': ['milestones:field.metOn', asDay],
  'milestone.paid': ['milestones:payments.paid', asMoney],
  'milestone.note': ['milestones:field.note', asText],
  'milestone.document': ['milestones:field.document', asName],
  'paper.seal': ['papers:seal.title', asPaper('paper.seal')],
  'paper.power': ['papers:power.title', asPaper('paper.power')],
  'paper.original': ['papers:original.title', asPaper('paper.original')],
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
  ...Object.fromEntries(
    reminderKinds.map((kind) => [`reminders.${kind}`, [`reminders:kind.${kind}`, asNumbers] as const]),
  ),
  'reminders.to_partners': [
    'reminders:field.toPartners',
    (value, { t }) => t(value === true ? 'reminders:yes' : 'reminders:no'),
  ],
  amendment: ['amendments:field.number', asNumber],
  'amendment.kind': ['amendments:field.kind', asWord('amendments:kind')],
  'amendment.summary': ['amendments:field.summary', asText],
  'amendment.signed': ['amendments:field.signedOn', asDay],
  'amendment.effective': ['amendments:field.effectiveOn', asDay],
  'amendment.languages': [
    'amendments:field.languages',
    (value, { locale }) =>
      formatList(
        (value as readonly string[]).map((tag) => languageName(tag, locale)),
        locale,
      ),
  ],
  'amendment.document': ['amendments:field.document', asName],
  'amendment.changes': ['amendments:form.changes', asChanges],
  document: ['documents:field.document', asText],
  'document.kind': ['documents:field.documentKind', asWord('documents:kind')],
  'document.language': ['documents:field.language', (value, { locale }) => languageName(plain(value), locale)],
  'document.file': ['documents:field.fileName', asText],
  'document.sha256': ['documents:field.sha256', asText],
  'note.mentions': ['notes:field.mentions', (value, { locale }) => formatList(value as readonly string[], locale)],
}
