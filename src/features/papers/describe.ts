import { type AuditValue, textOf } from '#platform/audit/canonical.ts'
import { formatDate, formatNumber, languageName } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { filingFields, paperFields, type PaperKind } from './model.ts'

export interface PaperView {
  readonly t: Translate
  readonly locale: Locale
  partyName(position: number): string
  documentTitle(id: string): string
}

/** A row or the filing as label and value, what is empty left out. */
export function describePaper(
  kind: PaperKind | 'filing',
  values: Readonly<Record<string, AuditValue>>,
  view: PaperView,
): readonly { readonly label: string; readonly value: string }[] {
  const fields = kind === 'filing' ? filingFields : Object.keys(paperFields[kind])
  return fields.flatMap((field) => {
    const value = values[field] ?? null
    if (value === null) return []
    return [{ label: view.t(`papers:${kind}.field.${field}` as MessageKey), value: describeField(field, value, view) }]
  })
}

function describeField(field: string, value: AuditValue, view: PaperView): string {
  const { t, locale } = view
  switch (field) {
    case 'partyPosition':
      return view.partyName(Number(value))
    case 'documentId':
      return view.documentTitle(textOf(value))
    case 'kind':
      return t(`papers:seal.${textOf(value)}` as MessageKey)
    case 'retention':
      return t(`papers:retention.${textOf(value)}` as MessageKey)
    case 'copies':
      return formatNumber(Number(value), locale)
    case 'language':
      return languageName(textOf(value), locale)
    case 'sealedOn':
    case 'issuedOn':
    case 'validUntil':
    case 'filedOn':
    case 'filingDue':
      return formatDate(textOf(value), locale)
    default:
      return textOf(value)
  }
}

/** A row in the history: `Official seal · 3 May 2026`. */
export function paperInHistory(
  field: string,
  value: AuditValue,
  t: Translate,
  locale: Locale,
  documentTitle: PaperView['documentTitle'],
): string | undefined {
  const [room, part = ''] = field.split('.')
  if (value === null) return undefined
  const view: PaperView = {
    t,
    locale,
    partyName: (position) => t('agreements:party.numbered', { n: position + 1 }),
    documentTitle,
  }
  if (room === 'filing') return describeField(part, value, view)
  return describePaper(part as PaperKind, value as Readonly<Record<string, AuditValue>>, view)
    .map((line) => line.value)
    .join(' · ')
}
