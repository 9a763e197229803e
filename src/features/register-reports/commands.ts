import { command } from '#features/accounts/model.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { languagesAsked } from '#features/briefs/languages.ts'
import { countReported, reportQuery } from '#features/briefs/office-queries.ts'
import type { BriefContext } from '#features/briefs/queries.ts'
import { placeOrderOnce } from '#features/made-briefs/orders.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError } from '#platform/errors.ts'
import { once, type OnceContext } from '#platform/forms/once.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { reportOrder } from './orders.ts'

export interface OwnReport {
  readonly token: string
  readonly locale: Locale
  /** Of the page on which it was asked for: the list's query, and the languages. */
  readonly search: URLSearchParams
}

/**
 * Puts a report of the office's register in line, for the person who asks and nobody else; returns its code.
 * @throws DomainError `brief_languages`, `bad_request` for a list that does not exist, `report_too_long`
 */
export const orderOwnReport = command(
  'agreements.read',
  async (context: OnceContext & BriefContext, actor, { token, locale, search }: OwnReport) => {
    if (actor.kind !== 'user') throw new DomainError('forbidden')
    const filters = readOfficeFilters(search)
    const asked = languagesAsked(locale, search)
    await countReported(context, actor, filters, asked)
    const order = reportOrder(reportQuery(filters), asked)
    const { query, languages } = order
    return once(context, actor, { token, action: 'report.order', content: { query, languages } }, async (tx) => {
      const at = context.clock.now()
      const { id, code } = await placeOrderOnce(tx, at, { order, ownerId: actor.id, requestedBy: actor.id })
      await recordAudit(tx, actor, {
        action: 'report.order',
        subject: { kind: 'report', id },
        at,
        changes: [
          { field: 'query', before: null, after: query },
          { field: 'languages', before: null, after: languages },
        ],
      })
      return code
    })
  },
)
