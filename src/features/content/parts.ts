import { z } from 'zod'
import { isLocale, type Locale, locales } from '#platform/i18n/locales.ts'
import { parsePartialDate, type PartialDate } from '#platform/partial-date.ts'

/**
 * The smallest pieces of the pack's format; content/README.md documents them. Messages are the codes of
 * problems: keys of `locales/{locale}/content.json`.
 */

const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u

/** One line or paragraph of words: NFC, trimmed, without control characters; at most `most` characters. */
export const words = (most: number) =>
  z
    .string({ error: 'text_expected' })
    .min(1, 'empty')
    .max(most, 'too_long')
    .refine((value) => value === value.normalize('NFC'), 'not_nfc')
    .refine((value) => value === value.trim(), 'untrimmed')
    .refine((value) => !control.test(value), 'control_characters')

export const slug = z
  .string({ error: 'text_expected' })
  .max(100, 'too_long')
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'bad_slug')

export const partialDate = z.union([z.string(), z.number().int()]).transform((value, context): PartialDate => {
  const date = parsePartialDate(String(value))
  if (date !== undefined) return date
  context.addIssue({ code: 'custom', message: 'bad_date' })
  return z.NEVER
})

export const webAddress = z
  .string({ error: 'text_expected' })
  .max(2000, 'too_long')
  .refine((value) => URL.canParse(value) && /^https?:\/\/[^\s/]+\.[^\s/]+/.test(value) && !/[\s"<>]/.test(value), 'bad_web_address')

export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'bad_country')

export const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'bad_code')

export const textStatus = z.enum(['machine', 'draft', 'reviewed'])

export const sourceLocale = z.enum(locales)

export const state = z.enum(['draft', 'published', 'archived']).default('published')

/** The words of one locale: one or more fields, and their status, for all or for each. */
const text = <Field extends string>(limits: Readonly<Record<Field, number>>) =>
  z.strictObject({
    ...(Object.fromEntries(
      Object.entries<number>(limits).map(([field, most]) => [field, words(most).optional()]),
    ) as Record<Field, z.ZodOptional<ReturnType<typeof words>>>),
    status: z.union([textStatus, z.partialRecord(z.enum(Object.keys(limits) as Field[]), textStatus)]),
    sourceHash: z
      .partialRecord(z.enum(Object.keys(limits) as Field[]), z.string().regex(/^[0-9a-f]{16}$/, 'bad_hash'))
      .optional(),
  })

const textsOf = <Field extends string>(limits: Readonly<Record<Field, number>>) =>
  z.partialRecord(z.enum(locales), text(limits)).refine((texts) => Object.keys(texts).length > 0, 'no_texts')

export const nameAndSummary = textsOf({ name: 300, summary: 5000 })
export const titleAndSummary = textsOf({ title: 500, summary: 5000 })

const languageTag = z.string().refine((tag) => {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag && !isLocale(tag)
  } catch {
    return false
  }
}, 'bad_language_tag')

export const otherNames = z.record(languageTag, words(300)).optional()
export const otherTitles = z.record(languageTag, words(500)).optional()

/** Languages in which a title or a name stands so on the paper. */
export const officialIn = z.array(z.string()).optional()

/** Names by language, of someone without a profile. */
export const names = z
  .record(z.string().refine((tag) => /^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/.test(tag), 'bad_language_tag'), words(300))
  .refine((value) => Object.keys(value).length > 0, 'no_names')

/** A host or a party: a partner with a profile, or names. */
const institution = {
  partner: slug.optional(),
  names: names.optional(),
  country: countryCode.optional(),
}

const oneOf = (value: { partner?: string | undefined; names?: unknown }) =>
  (value.partner === undefined) !== (value.names === undefined)

const renamed = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('name' in value)) return value
  const { name, ...rest } = value
  return { ...rest, names: name }
}

export const host = z.preprocess(renamed, z.strictObject(institution).refine(oneOf, 'partner_or_name'))

export const party = (roles: readonly [string, ...string[]]) =>
  z.preprocess(
    renamed,
    z
      .strictObject({ ...institution, role: z.enum(roles).default('partner'), official: officialIn })
      .refine(oneOf, 'partner_or_name')
      .refine(({ names: known = {}, official = [] }) => official.every((tag) => tag in known), {
        path: ['official'],
        message: 'official_unnamed',
      }),
  )

const localised = (most: number) =>
  Object.fromEntries(locales.map((locale) => [locale, words(most)])) as Record<Locale, ReturnType<typeof words>>

export const fiveNames = localised(300)
export const fiveNamesOptional = Object.fromEntries(locales.map((locale) => [locale, words(500).optional()])) as Record<
  Locale,
  z.ZodOptional<ReturnType<typeof words>>
>

/** What every record has. */
export const recordKeys = {
  state,
  oldSlugs: z.array(slug).default([]),
  fields: z.array(code).default([]),
  sourceLocale,
  sources: z.array(webAddress).min(1, 'no_source'),
}
