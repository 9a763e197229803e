import type { Actor } from '#features/accounts/model.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { readFields, type SentFields } from '#platform/forms/read-fields.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { chooseCalendar, enterDays, enterYear, removeDays } from './commands.ts'

export const calendarSteps = ['country', 'year', 'days', 'remove'] as const

export type CalendarStep = (typeof calendarSteps)[number]

/** What was done with the calendar and on which year's page one goes on, or what was wrong with what was typed. */
export type CalendarWork =
  | { readonly done: CalendarStep; readonly year: string | undefined }
  | {
      readonly step: CalendarStep
      readonly problems: readonly FieldProblem[]
      readonly sent: SentFields
      readonly status: number
    }

/** What a form about the calendar has typed in it, whatever was wrong. */
export const calendarFields = [
  'do',
  'token',
  'country',
  'of',
  'year',
  'notice',
  'source',
  'first',
  'last',
  'kind',
  'name',
  'from',
  'to',
]

/**
 * Does what a form about the calendar asks; `of` is the year of the page, `from` and `to` the days that are changed.
 * @throws DomainError `bad_request` for what no form of ours sends, `not_found` for a year that is not there
 */
export async function workOnCalendar(
  context: AppContext,
  actor: Extract<Actor, { kind: 'user' }>,
  form: FormData,
  locale: Locale,
): Promise<CalendarWork> {
  const sent = readFields(form, calendarFields)
  const step = calendarSteps.find((name) => name === sent.text('do'))
  if (step === undefined) throw new DomainError('bad_request', { parameter: 'do' })
  try {
    return { done: step, year: await run(context, actor, step, sent, locale) }
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'invalid_input') throw error
    return { step, problems: error.problems, sent, status: error.status }
  }
}

async function run(
  context: AppContext,
  actor: Extract<Actor, { kind: 'user' }>,
  step: CalendarStep,
  sent: SentFields,
  locale: Locale,
): Promise<string | undefined> {
  const token = sent.text('token')
  switch (step) {
    case 'country':
      await chooseCalendar(context, actor, { token, country: sent.text('country') })
      return undefined
    case 'year': {
      const [year, notice, source] = [sent.text('year'), sent.text('notice'), sent.text('source')]
      return enterYear(context, actor, { token, year, notice, source })
    }
    case 'days':
      return enterDays(context, actor, {
        token,
        year: yearOf(sent),
        first: sent.text('first'),
        last: sent.text('last'),
        kind: sent.text('kind'),
        name: sent.text('name'),
        locale,
        replaces: sent.text('from') === '' ? undefined : { first: dayOf(sent, 'from'), last: dayOf(sent, 'to') },
      })
    case 'remove':
      return removeDays(context, actor, {
        token,
        year: yearOf(sent),
        first: dayOf(sent, 'from'),
        last: dayOf(sent, 'to'),
      })
  }
}

function yearOf(sent: SentFields): number {
  if (!/^\d{4}$/.test(sent.text('of'))) throw new DomainError('bad_request', { parameter: 'of' })
  return Number(sent.text('of'))
}

function dayOf(sent: SentFields, name: string): string {
  try {
    return Temporal.PlainDate.from(sent.text(name), { overflow: 'reject' }).toString()
  } catch (error) {
    throw new DomainError('bad_request', { parameter: name }, [], error)
  }
}
