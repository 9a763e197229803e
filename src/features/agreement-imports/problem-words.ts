import { headingOf, type SheetKey } from '#features/agreements/sheet-columns.ts'
import { formatDate } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import type { RowProblem, Target } from './model.ts'

/** Codes that are this room's own; all others are those of every form. */
const isOwn = (code: string) => /^(?:sheet_|import_)/.test(code) || ownDates.includes(code)

const ownDates = ['date_unreadable', 'date_no_such_day', 'date_short_year', 'date_ambiguous']

/** What is wrong, in the reader's words. */
export function problemText(
  t: Translate,
  locale: Locale,
  { code, params = {} }: { readonly code: string; readonly params?: RowProblem['params'] },
): string {
  const days =
    code === 'date_ambiguous' ? { first: day(params['first'], locale), second: day(params['second'], locale) } : {}
  return t((isOwn(code) ? `imports:problem.${code}` : `errors:field.${code}`) as MessageKey, { ...params, ...days })
}

const day = (value: unknown, locale: Locale) => formatDate(String(value), locale)

/** What a column is taken for, by its name in the register. */
export function targetLabel(t: Translate, target: Target): string {
  return target === 'title' || target === 'summary'
    ? t(`imports:target.${target}`)
    : headingOf(t, target satisfies SheetKey)
}

/** The column of a problem: its heading in the file, else its name in the register. */
export function columnLabel(
  t: Translate,
  key: RowProblem['key'],
  headings: readonly string[],
  columns: readonly string[],
): string {
  if (key === 'row') return t('imports:row.whole')
  const heading = headings[columns.indexOf(key)] ?? ''
  return heading === '' ? targetLabel(t, key) : heading
}
