import { languageTags, locales } from '#platform/i18n/locales.ts'
import { asciiDigits } from '#platform/text/normalise.ts'

const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s.]+/g, '')

let known: ReadonlyMap<string, number> | undefined

/** The month, from 1, that a word names in one of the five languages, in full or shortened. */
export function monthNamed(word: string): number | undefined {
  known ??= new Map(
    locales.flatMap((locale) =>
      (['long', 'short'] as const).flatMap((month) => {
        const format = new Intl.DateTimeFormat(languageTags[locale], { month, day: 'numeric', timeZone: 'UTC' })
        return Array.from({ length: 12 }, (_, index) => {
          const name = format.formatToParts(Date.UTC(2026, index, 15)).find(({ type }) => type === 'month')?.value
          return [fold(name ?? ''), index + 1] as const
        }).filter(([name]) => name !== '' && !/^\d+$/.test(asciiDigits(name)))
      }),
    ),
  )
  if (fold(word) === 'sept') return 9
  return known.get(fold(word)) ?? known.get(fold(word).replace(/လ$/, '')) ?? known.get(`tháng${fold(word)}`)
}
