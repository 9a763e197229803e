import type { FieldMessages } from '#features/accounts/field-messages.ts'
import type { FieldProblem } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { problemText } from './problem-words.ts'

/** What stands beside the fields of this room's forms, and above them as a list. `labelOf` names a field. */
export function importMessages(
  t: Translate,
  locale: Locale,
  problems: readonly FieldProblem[],
  labelOf: (path: string) => string,
): FieldMessages {
  return {
    all: problems.map((problem) => ({
      name: problem.path,
      message: t('office:problem_at', { field: labelOf(problem.path), problem: problemText(t, locale, problem) }),
    })),
    beside: (path) => {
      const found = problems.find((problem) => problem.path === path)
      return found && problemText(t, locale, found)
    },
  }
}
