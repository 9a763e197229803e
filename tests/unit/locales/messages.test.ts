import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config.ts'
import { errorStatuses } from '#platform/errors.ts'
import { namespaces } from '#platform/i18n/keys.ts'
import { languageTags, type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'

const folder = path.join(projectRoot, 'locales')

type Messages = Readonly<Record<string, string>>

const read = (locale: Locale, namespace: string) =>
  JSON.parse(readFileSync(path.join(folder, locale, `${namespace}.json`), 'utf8')) as Messages

const pluralSuffix = /_(?:zero|one|two|few|many|other)$/
const baseOf = (key: string) => key.replace(pluralSuffix, '')
const bases = (messages: Messages) => [...new Set(Object.keys(messages).map(baseOf))].sort()
const parametersOf = (text: string) => [...new Set(text.match(/\{\{\s*[\w.]+\s*\}\}|\{page\}|\{pages\}/g) ?? [])].sort()

describe.each(namespaces)('the messages of %s', (namespace) => {
  const source = read('en', namespace)

  it.each(locales)('have the same keys in %s as in English', (locale) => {
    expect(bases(read(locale, namespace))).toEqual(bases(source))
  })

  it.each(locales)('have in %s every plural form that the language needs, and no other', (locale) => {
    const messages = read(locale, namespace)
    const needed = new Intl.PluralRules(languageTags[locale]).resolvedOptions().pluralCategories.toSorted()
    const plurals = Map.groupBy(Object.keys(messages).filter((key) => pluralSuffix.test(key)), baseOf)
    for (const [base, keys] of plurals) {
      expect(keys.map((key) => key.slice(base.length + 1)).sort(), `${locale} ${base}`).toEqual(needed)
    }
  })

  it.each(locales)('take the same parameters in %s as in English', (locale) => {
    const messages = read(locale, namespace)
    const sourceOf = (key: string) => source[key] ?? source[`${baseOf(key)}_other`] ?? ''
    for (const [key, text] of Object.entries(messages)) {
      expect(parametersOf(text), `${locale} ${key}`).toEqual(parametersOf(sourceOf(key)))
    }
  })

  it.each(locales)('are written in %s as the language is written', (locale) => {
    for (const [key, text] of Object.entries(read(locale, namespace))) {
      expect(text, `${locale} ${key} is in NFC`).toBe(text.normalize('NFC'))
      expect(text, `${locale} ${key} is not empty`).not.toBe('')
      if (locale === 'zh') expect(text, key).not.toMatch(/\p{Script=Han}[ ,.;:?!]|[,;:?!] ?\p{Script=Han}/u)
      if (locale === 'th') expect(text, key).not.toMatch(/(?<![คพ]\.ศ)(?<=[\u0E00-\u0E7F])[.]$/u)
      if (locale === 'my') expect(text, key).not.toMatch(/[\u1000-\u109F][.,]/u)
    }
  })
})

it('every locale has a file for each namespace, and no other', () => {
  for (const locale of locales) {
    expect(readdirSync(path.join(folder, locale)).sort(), locale).toEqual(namespaces.map((name) => `${name}.json`).sort())
  }
})

it('every error has a message', () => {
  const messages = read('en', 'errors')
  for (const code of Object.keys(errorStatuses)) expect(messages, code).toHaveProperty([code])
})

it('fills parameters in and chooses the plural form', () => {
  expect(translator('en')('portal:count.partners', { count: 1, n: '1' })).toBe('1 partner')
  expect(translator('en')('portal:count.partners', { count: 2, n: '2' })).toBe('2 partners')
})
