import { isCurrency } from '#features/agreements/amount.ts'
import { offeredCurrencies } from '#features/agreements/form-choices.ts'
import { languageTag, nameLanguage, splitTags } from '#features/agreements/languages.ts'
import { languageTags, locales } from '#platform/i18n/locales.ts'

/** Two spellings of a name or a heading: width, case, white space and punctuation make no other. */
export const foldName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')

const memo = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly value: Made } | undefined
  return () => (made ??= { value: make() }).value
}

const moreCurrencies: Readonly<Record<string, string>> = {
  ...{ 元: 'CNY', 人民币元: 'CNY', rmb: 'CNY', 人民币: 'CNY', 美金: 'USD', 美元: 'USD', 欧元: 'EUR' },
  ...{
    泰铢: 'THB',
    铢: 'THB',
    บาท: 'THB',
    缅元: 'MMK',
    缅币: 'MMK',
    ကျပ်: 'MMK',
    越南盾: 'VND',
    đồng: 'VND',
    vnđ: 'VND',
  },
  ...{ baht: 'THB', yuan: 'CNY', kyat: 'MMK', dollar: 'USD', usdollar: 'USD', euro: 'EUR', หยวน: 'CNY', ดอลลาร์: 'USD' },
}

const currencies = memo(() => {
  const known = new Map(Object.entries(moreCurrencies).map(([word, code]) => [foldName(word), code]))
  for (const locale of locales) {
    const names = new Intl.DisplayNames(languageTags[locale], { type: 'currency' })
    for (const code of offeredCurrencies) known.set(foldName(names.of(code) ?? code), code)
  }
  return known
})

/** The ISO 4217 code that a cell means; undefined for what is none. */
export function currencyCode(cell: string): string | undefined {
  const code = cell.normalize('NFKC').trim().toUpperCase()
  return isCurrency(code) ? code : currencies().get(foldName(cell))
}

const spoken = [
  'zh',
  'en',
  'th',
  'vi',
  'my',
  'lo',
  'km',
  'fr',
  'id',
  'ms',
  'ne',
  'bn',
  'hi',
  'si',
  'ur',
  'ja',
  'ko',
  'ru',
]

const languages = memo(() => {
  const known = new Map<string, string>()
  for (const tag of spoken) {
    for (const locale of locales) {
      const name = new Intl.DisplayNames(languageTags[locale], { type: 'language' }).of(tag)
      if (name === undefined) continue
      known.set(foldName(name), tag)
      known.set(foldName(name).replace(/语$/, '文'), tag)
    }
  }
  return known.set('汉语', 'zh').set('华文', 'zh').set('缅文', 'my').set('英', 'en')
})

/** The BCP 47 tag that a cell means: itself, or the language's name in any of the five; undefined for what is none. */
export function languageOf(cell: string): string | undefined {
  return languages().get(foldName(cell)) ?? languageTag(cell)
}

/** The same for the tag of a name, which may say a script. */
export function nameLanguageOf(cell: string): string | undefined {
  return languages().get(foldName(cell)) ?? nameLanguage(cell)
}

/** Several languages in one cell. What is none stays as it is, for the checks to tell. */
export function languagesIn(cell: string, known = languageOf): string[] {
  return splitTags(cell.replaceAll(/[/|]/g, ',')).map((one) => known(one) ?? one)
}
