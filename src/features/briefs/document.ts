import type { Hub, Named } from '#features/hub/model.ts'
import { bestName } from '#features/hub/model.ts'
import { formatDate, languageLabel } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { partialDateOf } from '#platform/partial-date.ts'
import type { Block, DocumentModel } from '#platform/pdf/model.ts'
import { heading, named, plain } from './parts.ts'

export type BriefKind = 'partner' | 'lab' | 'facility' | 'agreement'

/** What every brief is issued with: for whom, by whom, when, from which page. */
export interface Issue {
  readonly locale: Locale
  readonly hub: Hub
  /** The office's day. */
  readonly day: Temporal.PlainDate
  /** The origin of the site, without a slash at its end. */
  readonly baseUrl: string
}

/** A brief from its parts: head, foot and title are the same for all. */
export function briefDocument(
  { locale, hub, day, baseUrl }: Issue,
  kind: BriefKind,
  path: string,
  name: Named,
  blocks: readonly Block[],
): DocumentModel {
  const t = translator(locale)
  const issued = formatDate(partialDateOf(day), locale)
  const kindName = t(`briefs:kind.${kind}`)
  const demonstration: Block[] = hub.demonstration
    ? [{ type: 'notice', runs: plain(t('common:notice.demonstration')) }]
    : []
  return {
    locale,
    title: name.value,
    subject: t('briefs:subject', { kind: kindName, name: name.value }),
    author: bestName(hub.organisation, locale)?.value ?? t('common:site.name'),
    issued: { iso: day.toString(), text: issued },
    head: { site: t('common:site.name'), kind: kindName },
    foot: { label: t('briefs:address'), address: `${baseUrl}${path}`, issued: t('briefs:issued', { date: issued }) },
    pageLabel: t('briefs:page'),
    blocks: [heading(1, [named(name)]), ...demonstration, ...blocks],
  }
}

/** Names in other languages, as far as a printed page can show them: those that no face can print are left out. */
export function otherNameBlocks(
  names: readonly (Named & { readonly language: string; readonly official?: boolean })[],
  locale: Locale,
  canPrint: (text: string) => boolean,
): Block[] {
  const t = translator(locale)
  const rows = names
    .filter((name) => canPrint(name.value))
    .map((name) => {
      const label = languageLabel(name.lang, locale)
      const marked = name.official === true ? `${label} · ${t('agreements:official_short')}` : label
      return { label: plain(marked), value: [named(name)] }
    })
  if (rows.length === 0) return []
  return [heading(2, t('briefs:names')), { type: 'keyValues', rows }]
}

export function sourceBlocks(sources: readonly string[], locale: Locale): Block[] {
  if (sources.length === 0) return []
  return [
    heading(2, translator(locale)('portal:sources.title')),
    { type: 'list', items: sources.map((source) => [{ text: source, href: source, lang: 'en' }]) },
  ]
}
