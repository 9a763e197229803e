import type { Locale } from '#platform/i18n/locales.ts'

interface MailType {
  /** Fonts that readers' systems have, the script's own first. */
  readonly family: string
  readonly leading: number
  readonly leadingTight: number
  /** Rules for line breaks, each ended. */
  readonly breaking: string
}

// Single quotes: the values stand within double ones.
const latin = `system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,sans-serif`

/** How each script is set in letters: the site's own fonts and leading (`ui/styles/tokens.css`), without web fonts. */
export const mailTypes: Readonly<Record<Locale, MailType>> = {
  zh: {
    family: `'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',${latin}`,
    leading: 1.8,
    leadingTight: 1.35,
    breaking: 'line-break:strict;',
  },
  en: { family: latin, leading: 1.6, leadingTight: 1.3, breaking: '' },
  th: {
    family: `'Noto Sans Thai Looped','Leelawadee UI',Thonburi,'Noto Sans Thai',Tahoma,${latin}`,
    leading: 1.75,
    leadingTight: 1.45,
    breaking: '',
  },
  vi: { family: latin, leading: 1.65, leadingTight: 1.35, breaking: '' },
  my: {
    family: `'Myanmar Text','Noto Sans Myanmar',Pyidaungsu,'Myanmar Sangam MN','Myanmar MN',Padauk,${latin}`,
    leading: 1.9,
    leadingTight: 1.7,
    breaking: '',
  },
}
