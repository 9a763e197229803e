import type { Hub, Named } from '#features/hub/model.ts'
import { bestName } from '#features/hub/model.ts'
import { formatDate, languageLabel } from '#platform/i18n/format.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { partialDateOf } from '#platform/partial-date.ts'
import type { Block, Runs } from '#platform/pdf/model.ts'
import type { Draft, Drawing, Part } from './draft.ts'
import type { BriefKind } from './model.ts'
import { heading, named, plain } from './parts.ts'

/** What every brief is issued with: for whom, by whom, when, from which page. */
export interface Issue {
  readonly locale: Locale
  /** All languages of the document, where it is in two side by side. */
  readonly languages: readonly Locale[]
  readonly hub: Hub
  /** The office's day. */
  readonly day: Temporal.PlainDate
  /** The origin of the site, without a slash at its end. */
  readonly baseUrl: string
}

export interface BriefMatter {
  readonly kind: BriefKind | 'delegation'
  /** Of the page that it was made from. */
  readonly path: string
  readonly name: Named
  readonly blocks: readonly Part[]
  /** With a first page of its own, and what stands there under the title. */
  readonly cover?: { readonly subtitle?: Runs; readonly figure?: Drawing }
  /** For the office alone, which every page then says. */
  readonly internal?: 'internal' | 'confidential'
  readonly orientation?: 'landscape'
}

/** A brief from its parts: head, foot, cover and title are the same for all. */
export function briefDocument({ locale, hub, day, baseUrl }: Issue, matter: BriefMatter): Draft {
  const { kind, path, name, internal } = matter
  const t = translator(locale)
  const issued = formatDate(partialDateOf(day), locale)
  const kindName = t(`briefs:kind.${kind}`)
  const author = bestName(hub.organisation, locale)
  const demonstration: Block[] = hub.demonstration
    ? [{ type: 'notice', runs: plain(t('common:notice.demonstration')) }]
    : []
  const issuedBy = author === undefined ? [] : [[named(author, { weight: 'bold' })]]
  const opening: readonly Part[] =
    matter.cover === undefined
      ? [heading(1, [named(name)])]
      : [
          {
            type: 'opening',
            kind: plain(kindName),
            title: [named(name)],
            ...(matter.cover.subtitle && { subtitle: matter.cover.subtitle }),
            ...(matter.cover.figure && { figure: matter.cover.figure }),
            lines: [...issuedBy, plain(t('briefs:issued', { date: issued }))],
          },
        ]
  return {
    locale,
    title: name.value,
    subject: t('briefs:subject', { kind: kindName, name: name.value }),
    author: author?.value ?? t('common:site.name'),
    issued: { iso: day.toString(), text: issued },
    head: { site: t('common:site.name'), kind: kindName },
    foot: { label: t('briefs:address'), address: `${baseUrl}${path}`, issued: t('briefs:issued', { date: issued }) },
    pageLabel: t('briefs:page'),
    unprintable: { note: t('briefs:unprintable') },
    ...(internal && { marking: plain(t(`briefs:marking.${internal}`)) }),
    ...(matter.orientation && { orientation: matter.orientation }),
    blocks: [...opening, ...demonstration, ...matter.blocks],
  }
}

/**
 * Names in languages that the document is not in, as far as a printed page can show them: those that no face can print
 * are left out.
 */
export function otherNameBlocks(
  names: readonly (Named & { readonly language: string; readonly official?: boolean })[],
  { locale, languages }: Pick<Issue, 'locale' | 'languages'>,
  canPrint: (text: string) => boolean,
  level: 2 | 3 = 2,
): Block[] {
  const t = translator(locale)
  const rows = names
    .filter(({ language }) => !isLocale(language) || !languages.includes(language))
    .filter((name) => canPrint(name.value))
    .map((name) => {
      const label = languageLabel(name.lang, locale)
      const marked = name.official === true ? `${label} · ${t('agreements:official_short')}` : label
      return { label: plain(marked), value: [named(name)] }
    })
  if (rows.length === 0) return []
  return [heading(level, t('briefs:names')), { type: 'keyValues', rows }]
}

/** Where it was read: a line of facts, which needs no heading of its own. */
export function sourceBlocks(sources: readonly string[], locale: Locale): Block[] {
  if (sources.length === 0) return []
  const links = sources.flatMap((source, at) => [...(at === 0 ? [] : [{ text: '\n' }]), link(source)])
  return [{ type: 'keyValues', rows: [{ label: plain(translator(locale)('portal:sources.title')), value: links }] }]
}

const link = (address: string) => ({ text: address, href: address, lang: 'en' })

export function sourceList(sources: readonly string[]): Block {
  return { type: 'list', items: sources.map((source) => [link(source)]) }
}
