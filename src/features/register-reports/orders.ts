import type { ReportOrder } from '#db/schema/brief-documents.ts'
import { filtersOf } from '#features/briefs/download.ts'
import { type BriefLanguages, inOrder, languagesAsked } from '#features/briefs/languages.ts'
import { type BriefContext, countPublic, publicList } from '#features/briefs/queries.ts'
import { countOrder, placeOrderOnce } from '#features/made-briefs/orders.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { type Query, withQuery } from '#platform/paths.ts'

/** A list and the languages of its report, in one way always: the same order reads the same. */
export function reportOrder(query: Query, languages: BriefLanguages): ReportOrder {
  return { kind: 'register', query: withQuery('', query).slice(1), languages: inOrder(languages) }
}

/**
 * Puts a report of the public register in line; returns its code. Everybody who asks for the same gets the same.
 * @throws DomainError `brief_languages`, `bad_request` for a list that does not exist, `report_too_long`,
 * `too_many_attempts`
 */
export async function orderPublicReport(
  context: BriefContext & { readonly secretKey: string },
  { locale, address, search }: { readonly locale: Locale; readonly address: string; readonly search: URLSearchParams },
): Promise<string> {
  const languages = languagesAsked(locale, search)
  const list = filtersOf('register', search)
  const { query } = await publicList(context.database, list)
  await countPublic(context, list, languages)
  await countOrder(context, { address })
  const order = reportOrder(query, languages)
  const { code } = await placeOrderOnce(context.database, context.clock.now(), { order })
  return code
}
