import { bestName, type Hub } from '#features/hub/model.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { type CellValue, fillWorkbook } from '#platform/spreadsheet/template/fill.ts'
import { figureKey } from './model.ts'
import { periodKey, yearBefore } from './period.ts'
import { type Report, valueOf } from './queries.ts'
import { figureLabel, periodLabel } from './words.ts'

export interface Wording {
  readonly hub: Hub
  readonly t: Translate
  readonly locale: Locale
  /** The office's day. */
  readonly today: Temporal.PlainDate
}

/**
 * Every name that a report has a value for: `title`, `organisation`, `made_on`, `period`, `period_before`, the heading
 * `heading_figure`, and for each figure its value, that of the year before (`…_before`) and its label (`label_…`).
 */
export function cellValues(report: Report, { hub, t, locale, today }: Wording): ReadonlyMap<string, CellValue> {
  const text = (value: string): CellValue => ({ text: value })
  return new Map<string, CellValue>([
    ['title', text(t('reports:sheet_title'))],
    ['organisation', text(bestName(hub.organisation, locale)?.value ?? '')],
    ['made_on', text(t('reports:made_on', { date: formatDate(today.toString(), locale) }))],
    ['heading_figure', text(t('reports:figure'))],
    ['period', text(periodLabel(report.period, t, locale))],
    ['period_before', text(periodLabel(yearBefore(report.period), t, locale))],
    ...report.lines.flatMap(({ figure, now, before }) => {
      const key = figureKey(figure)
      return [
        [`label_${key}`, text(figureLabel(figure, t))],
        [key, { number: valueOf(now) }],
        [`${key}_before`, { number: valueOf(before) }],
      ] as [string, CellValue][]
    }),
  ])
}

/** The report as a workbook. */
export function reportBytes(report: Report, template: Uint8Array, wording: Wording): Uint8Array {
  return fillWorkbook(template, cellValues(report, wording))
}

export function reportFileName(report: Report, t: Translate): string {
  return `${t('reports:file_name', { period: periodKey(report.period) })}.xlsx`
}
