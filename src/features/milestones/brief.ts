import type { Drawing, Part } from '#features/briefs/draft.ts'
import { columns, heading, plain } from '#features/briefs/parts.ts'
import { formatDate, formatMoney, formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type Translate, translator } from '#platform/i18n/translate.ts'
import type { Run, Runs } from '#platform/pdf/model.ts'
import { type MilestonesPage, partyName } from './page.ts'
import type { DueLine } from './queries.ts'
import { drawTimeline, type TimelineMatter } from './timeline.ts'
import { timelineScene, withLegend } from './timeline-scene.ts'
import { ruleInWords } from './words.ts'

/** Units of a drawing as wide as a column of a page, about a point each. */
const width = 460
const labelSize = 8.5

const markStates = ['overdue', 'scheduled', 'met', 'partially_met', 'not_met'] as const

/** The term and what is due in it, drawn along time, with what its marks stand for. */
export function timelineDrawing(matter: TimelineMatter, locale: Locale): Drawing {
  const t = translator(locale)
  const timeline = drawTimeline(matter, width)
  const dates = timeline.shapes.flatMap((shape) => (shape.kind === 'label' ? [shape.date] : []))
  const counted = markStates
    .map((state) => ({
      state,
      n: matter.items.filter((item) => (item.overdue ? 'overdue' : item.state) === state).length,
    }))
    .filter(({ n }) => n > 0)
  const lines = (['today', 'lead', 'notice'] as const).filter(
    (name) => name === 'today' || matter.deadlines.some((deadline) => deadline.name === name),
  )
  return {
    type: 'drawing',
    alt: t('briefs:timeline.drawn'),
    words: [
      ...dates.map((date) => formatDate(date, locale)),
      ...counted.map(({ state, n }) =>
        t('milestones:timeline.counted', {
          state: state === 'overdue' ? t('milestones:overdue') : t(`milestones:state.${state}`),
          n: formatNumber(n, locale),
        }),
      ),
      ...lines.map((name) => t(`milestones:timeline.${name}`)),
    ],
    draw: (words) => {
      const dateWords = (date: string) => words[dates.indexOf(date)] ?? date
      const of = [...counted.map(({ state }) => state), ...lines]
      return withLegend(
        timelineScene(timeline, dateWords, labelSize),
        of.map((name, at) => ({ of: name, text: words[dates.length + at] ?? '' })),
      )
    },
  }
}

/** Everything due, by its day. */
export function milestoneBlocks(page: MilestonesPage, locale: Locale): readonly Part[] {
  const t = translator(locale)
  if (page.lines.length === 0) return []
  const lines = page.lines.toSorted((a, b) => Temporal.PlainDate.compare(a.due, b.due))
  return [
    heading(2, t('milestones:title')),
    {
      type: 'table',
      columns: columns(
        [t('milestones:column.due'), 2.1],
        [t('milestones:column.what'), 3.3],
        [t('milestones:column.owed_by'), 2.5],
        [t('milestones:column.amount'), 2.1, 'end'],
        [t('milestones:column.state'), 2.8],
      ),
      rows: lines.map((line): Runs[] => {
        const { words } = line.milestone
        const rule = words.rule === null ? [] : [{ text: `\n${ruleInWords(t, locale, words.rule)}` }]
        return [
          plain(page.day(line.due)),
          [{ text: words.title }, ...rule],
          plain(partyName(page, words.partyPosition, t, locale) ?? ''),
          plain(words.money === null ? '' : formatMoney(words.money.amount, words.money.currency, locale)),
          becameOf(line, page, t, locale),
        ]
      }),
    },
    ...paymentBlocks(page, t, locale),
  ]
}

function becameOf(
  { overdue, state, metOn, paid, milestone }: DueLine,
  page: MilestonesPage,
  t: Translate,
  locale: Locale,
) {
  const said: Run = {
    text: overdue ? t('milestones:overdue') : t(`milestones:state.${state}`),
    ...(overdue && { weight: 'bold' }),
  }
  if (metOn === null) return [said]
  const { money } = milestone.words
  const day = page.day(metOn)
  const when =
    paid !== null && money !== null
      ? t('milestones:paid_on', { amount: formatMoney(paid, money.currency, locale), date: day })
      : t('milestones:met_on', { date: day })
  return [said, { text: `\n${when}` }]
}

/** Each currency by itself. */
function paymentBlocks({ totals }: MilestonesPage, t: Translate, locale: Locale): readonly Part[] {
  if (totals.length === 0) return []
  const names = ['agreed', 'due', 'paid'] as const
  return [
    heading(3, t('milestones:payments.title')),
    {
      type: 'table',
      columns: columns(
        [t('milestones:payments.currency'), 2],
        ...names.map((name) => [t(`milestones:payments.${name}`), 3, 'end'] as const),
      ),
      rows: totals.map((total): Runs[] => [
        plain(total.currency),
        ...names.map((name) => plain(formatMoney(total[name], total.currency, locale))),
      ]),
    },
  ]
}
