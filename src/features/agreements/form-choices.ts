import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import {
  facilities,
  facilityTexts,
  labs,
  labTexts,
  partners,
  partnerTexts,
  userRoles,
  users,
} from '#db/schema/index.ts'
import { permissions } from '#features/accounts/model.ts'
import { bestName, countryName, type Hub, termName } from '#features/hub/model.ts'
import { collatorOf } from '#platform/i18n/format.ts'
import { languageTags, type Locale } from '#platform/i18n/locales.ts'

export interface Option {
  readonly value: string
  readonly label: string
}

/** What the form's lists offer, in the reader's language and its order. */
export interface FormChoices {
  /** Partners by country. */
  readonly partners: readonly { readonly country: string; readonly options: readonly Option[] }[]
  readonly countries: readonly Option[]
  readonly fields: readonly Option[]
  readonly currencies: readonly Option[]
  /** Who may be responsible for an agreement. */
  readonly officers: readonly Option[]
  readonly labs: readonly Option[]
  readonly facilities: readonly Option[]
}

/** The currencies of the network and those that its contracts are written in; any other code can be typed. */
export const offeredCurrencies = 'CNY USD EUR THB VND MMK LAK KHR MYR SGD IDR PHP BND INR BDT LKR NPR PKR'.split(' ')

export async function readChoices(database: Database, hub: Hub, locale: Locale): Promise<FormChoices> {
  const { compare } = collatorOf(locale)
  const byLabel = (options: Option[]) => options.toSorted((a, b) => compare(a.label, b.label))
  const rows = await database
    .select({ id: partners.id, country: partners.country, locale: partnerTexts.locale, name: partnerTexts.name })
    .from(partners)
    .innerJoin(partnerTexts, eq(partnerTexts.partnerId, partners.id))
    .where(ne(partners.state, 'archived'))
  const countries = Map.groupBy(Map.groupBy(rows, (row) => row.id).values(), ([first]) => first?.country ?? '')
  const names = new Intl.DisplayNames(languageTags[locale], { type: 'currency' })
  return {
    partners: [...countries]
      .map(([code, own]) => ({
        country: countryName(hub, code, locale),
        options: byLabel(
          own.map((texts) => {
            const words = Object.fromEntries(texts.map((text) => [text.locale, text.name ?? undefined]))
            return { value: texts[0]?.id ?? '', label: bestName(words, locale)?.value ?? texts[0]?.id ?? '' }
          }),
        ),
      }))
      .toSorted((a, b) => compare(a.country, b.country)),
    countries: byLabel([...hub.countries.keys()].map((value) => ({ value, label: countryName(hub, value, locale) }))),
    fields: [...hub.fields.keys()].map((value) => ({ value, label: termName(hub.fields, value, locale) })),
    currencies: offeredCurrencies.map((value) => ({ value, label: names.of(value) ?? value })),
    officers: byLabel(await officers(database)),
    labs: byLabel(await linked(database, locale, 'labs')),
    facilities: byLabel(await linked(database, locale, 'facilities')),
  }
}

async function officers(database: Database): Promise<Option[]> {
  const rows = await database
    .selectDistinct({ value: users.id, name: users.name, email: users.email })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(and(eq(users.state, 'active'), inArray(userRoles.role, [...permissions['agreements.record']])))
  return rows.map(({ value, name, email }) => ({ value, label: name ?? email }))
}

async function linked(database: Database, locale: Locale, what: 'labs' | 'facilities'): Promise<Option[]> {
  const rows =
    what === 'labs'
      ? await database
          .select({ id: labs.id, locale: labTexts.locale, name: labTexts.name })
          .from(labs)
          .innerJoin(labTexts, eq(labTexts.labId, labs.id))
          .where(ne(labs.state, 'archived'))
      : await database
          .select({ id: facilities.id, locale: facilityTexts.locale, name: facilityTexts.name })
          .from(facilities)
          .innerJoin(facilityTexts, eq(facilityTexts.facilityId, facilities.id))
          .where(ne(facilities.state, 'archived'))
  return [...Map.groupBy(rows, (row) => row.id)].map(([value, texts]) => {
    const words = Object.fromEntries(texts.map((text) => [text.locale, text.name ?? undefined]))
    return { value, label: bestName(words, locale)?.value ?? value }
  })
}
