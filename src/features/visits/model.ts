import { type Locale, locales } from '#platform/i18n/locales.ts'

/** Words by language (BCP 47); not every language need be there. */
export type Words = Readonly<Record<string, string>>

export const sides = ['host', 'guest'] as const

export type Side = (typeof sides)[number]

/** Characters and entries at most. */
export const limits = {
  title: 200,
  words: 500,
  lines: 5000,
  partners: 6,
  people: 200,
  entries: 300,
  tasks: 300,
  selections: 20,
} as const

/** Languages of the network's other countries in which people have names. */
export const neighbourLanguages = ['lo', 'km', 'ms', 'id', 'hi', 'bn', 'ne', 'si', 'ta', 'ur'] as const

export const nameLanguages: readonly string[] = [...locales, ...neighbourLanguages]

/** A form as it was typed: every field by its name, and the fields whose words look like Zawgyi and shall stay. */
export interface Typed {
  readonly values: Readonly<Record<string, string>>
  readonly keep: readonly string[]
}

/** What a visit says, without what stands below it. */
export interface VisitWords {
  readonly titles: Words
  readonly delegation: Words
  readonly place: Words
  /** ISO 8601. */
  readonly startsOn: string
  readonly endsOn: string
  readonly firstLanguage: Locale
  readonly secondLanguage: Locale | null
  /** Records of partners. */
  readonly hostIds: readonly string[]
  readonly guestIds: readonly string[]
  readonly preparation: Words
  readonly notes: string | null
  readonly officerId: string | null
  readonly selectionIds: readonly string[]
}

export interface PersonWords {
  readonly side: Side
  readonly rank: number
  readonly names: Words
  readonly titles: Words
  readonly address: Words
  readonly partnerId: string | null
  readonly institution: Words
  readonly email: string | null
  readonly phone: string | null
}

export interface EntryWords {
  readonly day: string
  /** `HH:MM`. */
  readonly startsAt: string | null
  readonly endsAt: string | null
  readonly what: Words
  readonly place: Words
  readonly who: Words
}

export interface TaskWords {
  readonly what: string
  readonly officerId: string | null
  readonly dueOn: string | null
}

/** What a form may choose from. */
export interface Known {
  readonly partners: ReadonlySet<string>
  readonly officers: ReadonlySet<string>
  readonly selections: ReadonlySet<string>
}
