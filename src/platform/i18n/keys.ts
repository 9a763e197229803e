import type agreements from '#locales/en/agreements.json'
import type briefs from '#locales/en/briefs.json'
import type cli from '#locales/en/cli.json'
import type common from '#locales/en/common.json'
import type content from '#locales/en/content.json'
import type errors from '#locales/en/errors.json'
import type office from '#locales/en/office.json'
import type portal from '#locales/en/portal.json'
import type terms from '#locales/en/terms.json'

/** The namespaces of interface strings: a JSON file each, in every locale. */
export const namespaces = [
  'common',
  'portal',
  'terms',
  'agreements',
  'content',
  'office',
  'briefs',
  'cli',
  'errors',
] as const

export type Namespace = (typeof namespaces)[number]

interface Messages {
  agreements: typeof agreements
  briefs: typeof briefs
  cli: typeof cli
  common: typeof common
  content: typeof content
  errors: typeof errors
  office: typeof office
  portal: typeof portal
  terms: typeof terms
}

type Base<Key extends string> = Key extends `${infer Stem}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
  ? Stem
  : Key

/** Every interface key, as `namespace:key`; the `en` files define them. */
export type MessageKey = { [N in Namespace]: `${N}:${Base<keyof Messages[N] & string>}` }[Namespace]
