import { officeDay } from '#platform/clock.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import type { Issue } from './document.ts'
import { type Draft, finished } from './draft.ts'
import { type BriefLanguages, inOrder } from './languages.ts'
import type { BriefContext } from './queries.ts'
import { sideBySide } from './side-by-side.ts'

/** One draft as it is, or two side by side. */
export function documentIn([one, other]: readonly Draft[]): DocumentModel {
  if (one === undefined) throw new Error('a document in no language')
  return finished(other === undefined ? one : sideBySide(one, other))
}

/** What a document in a language is issued with, but for the hub. */
export function issueIn(
  { clock, config }: BriefContext,
  locale: Locale,
  languages: BriefLanguages,
): Omit<Issue, 'hub'> {
  const day = officeDay(clock, config.officeTimeZone)
  return { locale, languages: inOrder(languages), day, baseUrl: config.baseUrl }
}
