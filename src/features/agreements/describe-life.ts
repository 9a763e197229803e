import { bestName } from '#features/hub/model.ts'
import { type AuditValue, textOf } from '#platform/audit/canonical.ts'
import { formatDate, formatList, languageName } from '#platform/i18n/format.ts'
import type { MessageKey } from '#platform/i18n/keys.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import type { Translate } from '#platform/i18n/translate.ts'
import { beside } from '#features/people/model.ts'
import { localizedNames } from './names.ts'

/** Fields of the history that tell of reviews, sign-offs, checklists and signatures, in the order they are shown. */
export const lifeFields: readonly string[] = [
  ...['review', 'aspect', 'approval', 'signOff', 'signatory', 'check', 'confidentialityReview'],
]

/** The name of such a field; undefined for any other. `check.{point}` and `signatory.{position}` name their part. */
export function lifeFieldLabel(t: Translate, field: string): string | undefined {
  const [group = '', part = ''] = field.split('.')
  if (!lifeFields.includes(group)) return undefined
  if (group === 'check') return t(`checklists:point.${part}` as MessageKey)
  if (group === 'signatory') return t('agreements:field.signatory', { n: Number(part) + 1 })
  return t(`agreements:field.${group}` as MessageKey)
}

const shownDigits = 12

/** Such a field's value as a person reads it; undefined for any other field. */
export function describeLifeField(
  field: string,
  value: AuditValue,
  t: Translate,
  locale: Locale,
  names: ReadonlyMap<string, Readonly<Record<string, string>>>,
): string | undefined {
  const [group = ''] = field.split('.')
  const part = (name: string): AuditValue =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? ((value as Readonly<Record<string, AuditValue>>)[name] ?? null)
      : null
  switch (group) {
    case 'aspect':
      return t(`reviews:aspect.${textOf(value)}` as MessageKey)
    case 'approval':
    case 'content':
      return textOf(value).slice(0, shownDigits)
    case 'review': {
      const named = (part('reviewers') ?? []) as readonly { readonly aspect: string; readonly userId?: string }[]
      const parts = named.map(({ aspect, userId }) => {
        const who = bestName(names.get(userId ?? '') ?? {}, locale)?.value
        const label = t(`reviews:aspect.${aspect}` as MessageKey)
        return who === undefined ? label : t('agreements:party.line', { name: label, role: who })
      })
      const mode = part('mode') === null ? [] : [t(`reviews:mode.${textOf(part('mode'))}` as MessageKey)]
      const round = t('reviews:round.numbered', { n: textOf(part('round')) })
      return [round, ...mode, formatList(parts, locale)].join(' · ')
    }
    case 'signOff': {
      const authority = t(`reviews:authority.${textOf(part('authority'))}` as MessageKey)
      return [authority, textOf(part('formNumber') ?? ''), formatDate(textOf(part('signedOn')), locale)]
        .filter(Boolean)
        .join(' · ')
    }
    case 'check':
      return `${t(`checklists:answer.${textOf(part('answer'))}` as MessageKey)} · ${textOf(part('reason'))}`
    case 'signatory': {
      const names = (part('names') ?? {}) as Readonly<Record<string, string>>
      const day = part('signedOn')
      return [...signatoryLines(names, part, t, locale), day === null ? null : formatDate(textOf(day), locale)]
        .filter(Boolean)
        .join(' · ')
    }
    case 'confidentialityReview':
      return t('office:release.reviewed', { name: textOf(part('reviewer')), basis: textOf(part('basis')) })
    default:
      return undefined
  }
}

/**
 * The name of whoever signed in each language, with form of address and title or office; earlier versions wrote one
 * title alone.
 */
function signatoryLines(
  names: Readonly<Record<string, string>>,
  part: (name: string) => AuditValue,
  t: Translate,
  locale: Locale,
): string[] {
  const addresses = (part('addresses') ?? {}) as Readonly<Record<string, string>>
  const titles = (part('titles') ?? {}) as Readonly<Record<string, string>>
  const official = (part('official') ?? []) as readonly string[]
  const isPlain = Object.keys(names).length === 1 && official.length === 0
  const lines = localizedNames(names, official).map(({ language, value, official: isOfficial }) => {
    const name = beside(value, addresses[language], titles[language])
    if (isPlain) return name
    const key = isOfficial ? 'agreements:names.line_official' : 'agreements:names.line'
    return t(key, { language: languageName(language, locale, Object.keys(names)), name })
  })
  return [...lines, textOf(part('title') ?? '')].filter(Boolean)
}
