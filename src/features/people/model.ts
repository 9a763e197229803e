import { isLocale } from '#platform/i18n/locales.ts'

/** Characters at most of a person's name, title or office, and form of address. */
export const personLimits = { name: 200, title: 200, address: 200 } as const

/**
 * What people are usually called, by language: proposals where a form of address is typed. Anything else can be typed
 * too; a name is printed as it stands, and its form of address beside it, since languages differ in which comes first.
 */
const usualForms: Readonly<Record<string, readonly string[]>> = {
  zh: ['先生', '女士', '教授', '博士', '研究员', '院士'],
  en: ['Mr', 'Ms', 'Dr', 'Prof.', 'Prof. Dr', 'H.E.'],
  th: ['นาย', 'นาง', 'นางสาว', 'ดร.', 'ศาสตราจารย์', 'ศาสตราจารย์ ดร.'],
  vi: ['Ông', 'Bà', 'TS.', 'PGS.TS.', 'GS.', 'GS.TS.'],
  my: ['ဦး', 'ဒေါ်', 'ဒေါက်တာ', 'ပါမောက္ခ', 'ပါမောက္ခ ဒေါက်တာ'],
  lo: ['ທ່ານ', 'ທ່ານ ນາງ', 'ດຣ.', 'ສາດສະດາຈານ'],
  km: ['លោក', 'លោកស្រី', 'បណ្ឌិត', 'សាស្ត្រាចារ្យ'],
}

/** The lists of proposals that a form has: one for each language, and one of all for a language that is not known yet. */
export const formLists: readonly {
  readonly id: string
  readonly language?: string
  readonly forms: readonly string[]
}[] = [
  ...Object.entries(usualForms).map(([language, forms]) => ({ id: listOf(language), language, forms })),
  { id: listOf(undefined), forms: [...new Set(Object.values(usualForms).flat())] },
]

/** The id of the list for a field in a language, a BCP 47 tag; of the one of all where the language has none. */
export function listOfForms(language: string | undefined): string {
  const known = language !== undefined && (isLocale(language) || language in usualForms)
  return listOf(known ? language : undefined)
}

function listOf(language: string | undefined): string {
  return language === undefined ? 'forms-of-address' : `forms-of-address-${language}`
}

/**
 * A name as a letter calls somebody, with the form of address as it was given: Chinese forms follow the name; Thai and
 * Burmese ones are written together with it, all others before it.
 */
export function called(name: string, address: string | null): string {
  if (address === null || address === '') return name
  if (/^\p{Script=Han}/u.test(address)) return `${name}${/\p{Script=Han}$/u.test(name) ? '' : ' '}${address}`
  const together = [/\p{Script=Thai}/u, /\p{Script=Myanmar}/u].some((own) => own.test(address) && own.test(name))
  return `${address}${together ? '' : ' '}${name}`
}

/** What stands beside a name: form of address and title, as far as they are known, in one language. */
export function beside(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== null && part !== '').join(' · ')
}
