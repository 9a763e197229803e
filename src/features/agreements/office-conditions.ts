import { and, between, eq, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { facetsOf } from '#db/schema/agreement-facets.ts'
import { agreementFinding, agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { tsqueryOf } from '#platform/text/tokens.ts'
import type { OfficeFilters } from './office-filters.ts'
import { visibleTo } from './scope.ts'

/** What a list is narrowed to, within what the actor may see. @param today the office's day */
export function conditionsOf(actor: Actor, filters: OfficeFilters, today: Temporal.PlainDate): SQL {
  const { dueDays, least, most, currency, year } = filters
  return and(
    visibleTo(actor),
    oneOf(filters.states.map((state) => `state:${state}`)),
    oneOf(filters.kinds.map((kind) => `kind:${kind}`)),
    oneOf(filters.officer === undefined ? [] : [`officer:${filters.officer}`]),
    oneOf(filters.partner === undefined ? [] : [filters.partner]),
    oneOf(filters.country === undefined ? [] : [filters.country]),
    oneOf(filters.field === undefined ? [] : [filters.field]),
    // The range as well: in the order of signature the list then begins where the year does.
    year === undefined ? undefined : between(agreements.signed, `${year}-01-01`, `${year}-12-31`),
    oneOf(year === undefined ? [] : [`year:${year}`]),
    dueDays === undefined ? undefined : lte(agreements.nextDue, today.add({ days: dueDays }).toString()),
    least === undefined && most === undefined ? undefined : eq(agreements.valueCurrency, currency),
    least === undefined ? undefined : gte(agreements.valueAmount, least),
    most === undefined ? undefined : lte(agreements.valueAmount, most),
    filters.words === '' ? undefined : hasWords(filters.words),
  ) as SQL
}

function oneOf(facets: readonly string[]): SQL | undefined {
  if (facets.length === 0) return undefined
  const wanted = sql.join(
    facets.map((facet) => sql`${facet}`),
    sql`, `,
  )
  return sql`${facetsOf(agreements)} && array[${wanted}]::text[]`
}

/** All of the words stand in the numbers, the titles or the names of the parties; signs alone stand nowhere. */
function hasWords(words: string): SQL {
  const query = tsqueryOf(words)
  if (query === undefined) return sql`false`
  return inArray(
    agreements.id,
    sql`(select ${agreementFinding.agreementId} from ${agreementFinding} where ${agreementFinding.tokens} @@ ${query}::tsquery)`,
  )
}
