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

/** What a report says of its agreements beside listing them: counted while they are read, so that they need not be kept. */
export interface ReportSums {
  count: number
  readonly states: Map<string | null, number>
  readonly kinds: Map<AgreementKind, number>
  isConfidential: boolean
}

export const noSums = (): ReportSums => ({ count: 0, states: new Map(), kinds: new Map(), isConfidential: false })

export function addTo(sums: ReportSums, rows: readonly ReportRow[]): void {
  sums.count += rows.length
  for (const { state, kind, confidential } of rows) {
    sums.states.set(state, (sums.states.get(state) ?? 0) + 1)
    sums.kinds.set(kind, (sums.kinds.get(kind) ?? 0) + 1)
    sums.isConfidential ||= confidential
  }
}

export interface ReportMatter {
  readonly sums: ReportSums
  /** What the list was narrowed to, as one reads it; empty for all of it. */
  readonly narrowed: readonly string[]
  /** Of the list, with its filters. */
  readonly path: string
  /** Of what somebody of the office may see, with the office's columns. */
  readonly isInternal: boolean
}

/** Fewer agreements need no drawing. */
const fewestDrawn = 3

/** The register as a report: a list as somebody had filtered it, in landscape. Its table has no rows yet. */
export function registerReport({ sums, narrowed, path, isInternal }: ReportMatter, issue: Issue): Draft {
  const { locale } = issue
  const t = translator(locale)
  const count = t('portal:count.agreements', { count: sums.count, n: formatNumber(sums.count, locale) })
  const filters = narrowed.length === 0 ? t('briefs:register.all') : narrowed.join('\n')
  return briefDocument(issue, {
    kind: 'register',
    path,
    orientation: 'landscape',
    name: { value: t(isInternal ? 'briefs:register.office' : 'portal:agreements.title'), lang: '' },
    cover: { subtitle: plain(count) },
    ...(isInternal && { internal: sums.isConfidential ? 'confidential' : 'internal' }),
    blocks: [
      heading(2, t('briefs:register.overview')),
      ...facts([
        fact(t('portal:nav.agreements'), count),
        fact(t('briefs:register.filters'), filters),
        fact(t('briefs:register.states'), statesIn(sums, issue)),
      ]),
      ...(sums.count < fewestDrawn ? [] : [heading(3, t('briefs:register.kinds')), kindsDrawing(sums, issue)]),
      ...(sums.count === 0
        ? [paragraph(t('briefs:register.none'), 'body')]
        : [{ type: 'pageBreak' } as const, heading(2, t('portal:nav.agreements')), table(sums, isInternal, issue)]),
    ],
  })
}

function statesIn({ states }: ReportSums, { locale }: Issue): string {
  const t = translator(locale)
  return [...states]
    .toSorted(([a, inA], [b, inB]) => inB - inA || (String(a) < String(b) ? -1 : 1))
    .map(([state, count]) =>
      t('milestones:timeline.counted', {
        state: state === null ? t('portal:agreements.reported') : stateLabel(t, state),
        n: formatNumber(count, locale),
      }),
    )
    .join(' · ')
}

function kindsDrawing({ kinds }: ReportSums, { locale }: Issue): Drawing {
  const t = translator(locale)
  const counted = agreementKinds
    .map((kind) => ({ kind, count: kinds.get(kind) ?? 0 }))
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

function table({ states }: ReportSums, isInternal: boolean, { locale }: Issue): Part {
  const t = translator(locale)
  return {
    type: 'table',
    ...(states.has(null) && { caption: plain(t('portal:agreements.reported_note')) }),
    columns: columns(
      [t('briefs:column.number'), 0.55, 'end'],
      [t('briefs:column.agreement'), 4.2],
      [t('portal:fact.parties'), isInternal ? 3.1 : 3.8],
      [t('briefs:column.kind'), 2],
      [t('portal:fact.state'), 1.8],
      [t('portal:fact.signed'), 1.9],
      [t('portal:fact.ends'), 1.9],
      ...(isInternal ? ([[t('briefs:column.next_due'), 1.9]] as const) : []),
    ),
    rows: [],
  }
}

/**
 * Agreements as rows of the report's table.
 * @param before how many rows there are before these
 */
export function reportCells(rows: readonly ReportRow[], before: number, { locale, languages }: Issue): Runs[][] {
  const t = translator(locale)
  const day = (date: PartialDate | null) => (date === null ? '' : formatDate(date, locale))
  return rows.map((row, at): Runs[] => [
    // Numbered once, also where the rest is said in two languages.
    plain(formatNumber(before + at + 1, languages[0] ?? locale)),
    [named(row.title, { href: row.href }), ...(row.reference === null ? [] : [{ text: `\n${row.reference}` }])],
    row.parties.flatMap((party, n): Run[] => (n === 0 ? [named(party)] : [{ text: '\n' }, named(party)])),
    plain(t(`agreements:kind.${row.kind}`)),
    [
      { text: row.state === null ? t('portal:agreements.reported') : stateLabel(t, row.state) },
      ...(row.confidential ? [{ text: `\n${t('register:confidential')}`, weight: 'bold' } as const] : []),
    ],
    plain(day(row.signed)),
    plain(row.openEnded ? t('register:timeline.open') : day(row.ends)),
    ...(row.office ? [plain(row.office.nextDue ? formatDate(row.office.nextDue.toString(), locale) : '')] : []),
  ])
}
