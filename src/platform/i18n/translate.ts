import { readFileSync } from 'node:fs'
import { createInstance, type i18n } from 'i18next'
import { type MessageKey, namespaces } from './keys.ts'
import { type Locale, locales } from './locales.ts'

export type Params = Readonly<Record<string, string | number>>

/** Interface text for a key. `count` in the parameters chooses the plural form. */
export type Translate = (key: MessageKey, params?: Params) => string

const folder = new URL('../../../locales/', import.meta.url)

function load(): i18n {
  const resources = Object.fromEntries(
    locales.map((locale) => [
      locale,
      Object.fromEntries(
        namespaces.map((namespace) => [
          namespace,
          JSON.parse(readFileSync(new URL(`${locale}/${namespace}.json`, folder), 'utf8')) as Record<string, string>,
        ]),
      ),
    ]),
  )
  const instance = createInstance()
  void instance.init({
    resources,
    lng: 'en',
    // A missing key is a defect that a test finds, not something to paper over with another language.
    fallbackLng: false,
    ns: [...namespaces],
    keySeparator: false,
    nsSeparator: ':',
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return instance
}

let instance: i18n | undefined
const translators = new Map<Locale, Translate>()

/** The interface's words in one locale; strings are read once a process. */
export function translator(locale: Locale): Translate {
  const known = translators.get(locale)
  if (known !== undefined) return known
  instance ??= load()
  const fixed = instance.getFixedT(locale) as unknown as (key: string, params?: Params) => string
  // Texts without parameters never change: a page asks for a hundred of them, and looking one up costs microseconds.
  const plain = new Map<MessageKey, string>()
  const translate: Translate = (key, params) => {
    if (params !== undefined) return fixed(key, params)
    const text = plain.get(key) ?? fixed(key)
    plain.set(key, text)
    return text
  }
  translators.set(locale, translate)
  return translate
}
