import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { SigningError } from '#platform/signing/signer.ts'

/** The operator's language, where that is one of the five. */
export function operatorLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const [language] = (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'en').toLowerCase().split(/[_.-]/)
  return isLocale(language) ? language : 'en'
}

/** What is wrong with the operator's PKCS #12 file, in the operator's language, and the code by which to look it up. */
export function explainSigning({ problem, params }: SigningError, locale: Locale): string {
  return `SIGNING_P12 ${params.path}: ${translator(locale)(`cli:signing.${problem}`)} [signing_${problem}]`
}
