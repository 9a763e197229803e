import { readFileSync } from 'node:fs'
import { createInstance, type i18n } from 'i18next'
import { type MessageKey, namespaces } from './keys.ts'
import { type Locale, locales } from './locales.ts'
import { remembered } from './remembered.ts'

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

/** Texts with their parameters, of one language. */
const textsRemembered = 5000

let instance: i18n | undefined
const translators = new Map<Locale, Translate>()

/** The interface's words in one locale; strings are read once a process. */
export function translator(locale: Locale): Translate {
  const before = translators.get(locale)
  if (before !== undefined) return before
  instance ??= load()
  const fixed = instance.getFixedT(locale) as unknown as (key: string, params?: Params) => string
  // A page asks for hundreds of texts, and looking one up costs microseconds.
  const known = remembered(textsRemembered, (_asked: string, key: MessageKey, params?: Params) => fixed(key, params))
  const translate: Translate = (key, params) =>
    known(params === undefined ? key : `${key} ${JSON.stringify(params)}`, key, params)
  translators.set(locale, translate)
  return translate
}
