import { ne, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { partners, partnerTexts } from '#db/schema/index.ts'
import { bestName, countryName, type Hub, termName } from '#features/hub/model.ts'
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
}

/** The currencies of the network and those that its contracts are written in; any other code can be typed. */
const offered = 'CNY USD EUR THB VND MMK LAK KHR MYR SGD IDR PHP BND INR BDT LKR NPR PKR'.split(' ')

export async function readChoices(database: Database, hub: Hub, locale: Locale): Promise<FormChoices> {
  const tag = locale === 'zh' ? 'zh-u-co-pinyin' : languageTags[locale]
  const { compare } = new Intl.Collator(tag)
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
    currencies: offered.map((value) => ({ value, label: names.of(value) ?? value })),
  }
}
