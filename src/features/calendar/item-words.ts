import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { DueItem } from './queries.ts'

/** Where something due is looked after. */
export function hrefOf({ kind, day, agreementId = '', milestone, task }: DueItem, locale: Locale): string {
  if (task !== undefined) return `${paths.office.visit(locale, task.visitId)}#task-${task.id}`
  if (milestone !== undefined) return paths.office.dueDay(locale, agreementId, milestone.id, day.toString())
  if (kind === 'filing') return paths.office.agreementPart(locale, agreementId, 'papers')
  return `${paths.office.agreement(locale, agreementId)}#term`
}

/** What is due: a milestone by its title, a task by its words, anything else by what it is. */
export function nameOf({ kind, milestone, task, renews }: DueItem, t: Translate): string {
  if (task !== undefined) return task.what
  if (milestone !== undefined) return milestone.title
  return t(kind === 'end' && renews ? 'calendar:kind.renewal' : `calendar:kind.${kind}`)
}
