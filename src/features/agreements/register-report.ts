import type { Draft, Drawing, Part } from '#features/briefs/draft.ts'
import { briefDocument, type Issue } from '#features/briefs/document.ts'
import { columns, fact, facts, heading, named, paragraph, plain } from '#features/briefs/parts.ts'
import type { Named } from '#features/hub/model.ts'
import { barsScene } from '#platform/charts/bars-scene.ts'
import { formatDate, formatNumber } from '#platform/i18n/format.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import type { Run, Runs } from '#platform/pdf/model.ts'
import { type AgreementKind, agreementKinds } from './model.ts'
import { stateLabel } from './labels.ts'

/** An agreement as the report lists it. */
export interface ReportRow {
  readonly title: Named
  /** Absolute. */
  readonly href: string
  readonly reference: string | null
  readonly parties: readonly Named[]
  readonly kind: AgreementKind
  /** Null for what was only reported in public. */
  readonly state: string | null
  readonly confidential: boolean
  readonly signed: PartialDate | null
  readonly ends: PartialDate | null
  readonly openEnded: boolean
  /** The office's: what the public report has no column for. */
  readonly office?: { readonly nextDue: Temporal.PlainDate | null; readonly officer: string | undefined }
}

export interface ReportMatter {
  readonly rows: readonly ReportRow[]
  /** What the list was narrowed to, as one reads it; empty for all of it. */
  readonly narrowed: readonly string[]
  /** Of the list, with its filters. */
  readonly path: string
  readonly internal?: 'internal' | 'confidential'
}

/** Fewer agreements need no drawing. */
const fewestDrawn = 3

/** The register as a report: a list as somebody had filtered it, in landscape. */
export function registerReport({ rows, narrowed, path, internal }: ReportMatter, issue: Issue): Draft {
  const { locale } = issue
  const t = translator(locale)
  const count = t('portal:count.agreements', { count: rows.length, n: formatNumber(rows.length, locale) })
  const filters = narrowed.length === 0 ? t('briefs:register.all') : narrowed.join('\n')
  return briefDocument(issue, {
    kind: 'register',
    path,
    orientation: 'landscape',
    name: { value: t(internal === undefined ? 'portal:agreements.title' : 'briefs:register.office'), lang: '' },
    cover: { subtitle: plain(count) },
    ...(internal && { internal }),
    blocks: [
      heading(2, t('briefs:register.overview')),
      ...facts([
        fact(t('portal:nav.agreements'), count),
        fact(t('briefs:register.filters'), filters),
        fact(t('briefs:register.states'), statesIn(rows, issue)),
      ]),
      ...(rows.length < fewestDrawn ? [] : [heading(3, t('briefs:register.kinds')), kindsDrawing(rows, issue)]),
      ...(rows.length === 0
        ? [paragraph(t('briefs:register.none'), 'body')]
        : [{ type: 'pageBreak' } as const, heading(2, t('portal:nav.agreements')), table(rows, issue)]),
    ],
  })
}

function statesIn(rows: readonly ReportRow[], { locale }: Issue): string {
  const t = translator(locale)
  const counted = Map.groupBy(rows, ({ state }) => state)
  return [...counted]
    .toSorted(([a, inA], [b, inB]) => inB.length - inA.length || (String(a) < String(b) ? -1 : 1))
    .map(([state, { length }]) =>
      t('milestones:timeline.counted', {
        state: state === null ? t('portal:agreements.reported') : stateLabel(t, state),
        n: formatNumber(length, locale),
      }),
    )
    .join(' · ')
}

function kindsDrawing(rows: readonly ReportRow[], { locale }: Issue): Drawing {
  const t = translator(locale)
  const counted = agreementKinds
    .map((kind) => ({ kind, count: rows.filter((row) => row.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
  return {
    type: 'drawing',
    alt: t('briefs:register.kinds_drawn'),
    // The page is broad, and its words are no larger for it.
    share: 0.62,
    words: counted.map(({ kind }) => t(`agreements:kind.${kind}`)),
    draw: (words) =>
      barsScene(
        counted.map(({ count }, at) => ({
          label: words[at] ?? '',
          values: [count],
          text: formatNumber(count, locale),
        })),
      ),
  }
}

function table(rows: readonly ReportRow[], { locale, languages }: Issue): Part {
  const t = translator(locale)
  const isOffice = rows.some(({ office }) => office !== undefined)
  const day = (date: PartialDate | null) => (date === null ? '' : formatDate(date, locale))
  return {
    type: 'table',
    ...(rows.some(({ state }) => state === null) && { caption: plain(t('portal:agreements.reported_note')) }),
    columns: columns(
      [t('briefs:column.number'), 0.55, 'end'],
      [t('briefs:column.agreement'), 4.2],
      [t('portal:fact.parties'), isOffice ? 3.1 : 3.8],
      [t('briefs:column.kind'), 2],
      [t('portal:fact.state'), 1.8],
      [t('portal:fact.signed'), 1.9],
      [t('portal:fact.ends'), 1.9],
      ...(isOffice ? ([[t('briefs:column.next_due'), 1.9]] as const) : []),
    ),
    rows: rows.map((row, at): Runs[] => [
      // Numbered once, also where the rest is said in two languages.
      plain(formatNumber(at + 1, languages[0] ?? locale)),
      [named(row.title, { href: row.href }), ...(row.reference === null ? [] : [{ text: `\n${row.reference}` }])],
      row.parties.flatMap((party, n): Run[] => (n === 0 ? [named(party)] : [{ text: '\n' }, named(party)])),
      plain(t(`agreements:kind.${row.kind}`)),
      [
        { text: row.state === null ? t('portal:agreements.reported') : stateLabel(t, row.state) },
        ...(row.confidential ? [{ text: `\n${t('register:confidential')}`, weight: 'bold' } as const] : []),
      ],
      plain(day(row.signed)),
      plain(row.openEnded ? t('register:timeline.open') : day(row.ends)),
      ...(isOffice ? [plain(row.office?.nextDue ? formatDate(row.office.nextDue.toString(), locale) : '')] : []),
    ]),
  }
}
