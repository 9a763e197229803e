import { and, arrayOverlaps, between, eq, exists, gte, inArray, isNull, lte, ne, type SQL, sql } from 'drizzle-orm'
import { QueryBuilder } from 'drizzle-orm/pg-core'
import { facetsOf } from '#db/schema/agreement-facets.ts'
import { agreementReleases, agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { hasTurn } from '#features/reviews/turns.ts'
import { tsqueryOf } from '#platform/text/tokens.ts'
import type { AgreementState } from './lifecycle.ts'
import { happenedIn } from './happenings.ts'
import { type Happening, happenings, nobody, type OfficeFilters } from './office-filters.ts'
import { visibleTo } from './scope.ts'
import { searchFacets } from './search-words.ts'
import { runningEnd } from './term-sql.ts'

/** What a list is narrowed to, in the forms in which different ways of finding need it. All hold the scope. */
export interface Conditions {
  /** For looking up: filters of one value each as facets, which one index answers in any combination. */
  readonly indexed: SQL
  /** For walking: the same by plain columns, which cost little a row. States are left to whoever walks. */
  readonly plain: SQL
  readonly states: readonly AgreementState[]
  /** What the words ask for, as a `tsquery`; undefined where none were typed. */
  readonly words: string | undefined
  /** The words together with the facets that search tokens hold. */
  readonly wordsAndFacets: string | undefined
}

/**
 * @param today the office's day
 * @param timeZone the office's, in which a step has its day
 */
export function conditionsOf(
  actor: Actor,
  filters: OfficeFilters,
  today: Temporal.PlainDate,
  timeZone: string,
): Conditions {
  const { dueDays, least, most, currency, year, states, kinds, partner, country, field } = filters
  const isNobodys = filters.officer === nobody
  const officer = isNobodys ? undefined : filters.officer
  const scope = visibleTo(actor)
  const ranges = [
    year === undefined ? undefined : between(agreements.signed, `${year}-01-01`, `${year}-12-31`),
    dueDays === undefined ? undefined : lte(agreements.nextDue, today.add({ days: dueDays }).toString()),
    least === undefined && most === undefined ? undefined : eq(agreements.valueCurrency, currency),
    least === undefined ? undefined : gte(agreements.valueAmount, least),
    most === undefined ? undefined : lte(agreements.valueAmount, most),
    isNobodys ? isNull(agreements.officerId) : undefined,
    ...further(filters, today, timeZone),
  ]
  const indexed = [
    states.map((state) => `state:${state}`),
    kinds.map((kind) => `kind:${kind}`),
    officer === undefined ? [] : [`officer:${officer}`],
    partner === undefined ? [] : [partner],
    country === undefined ? [] : [country],
    field === undefined ? [] : [field],
    year === undefined ? [] : [`year:${year}`],
  ]
  const plain = [
    kinds.length === 0 ? undefined : inArray(agreements.kind, [...kinds]),
    officer === undefined ? undefined : eq(agreements.officerId, officer),
    ...[partner, country].map((key) => (key === undefined ? undefined : arrayOverlaps(agreements.partyKeys, [key]))),
    field === undefined ? undefined : arrayOverlaps(agreements.fields, [field]),
  ]
  const nothing = filters.words !== '' && tsqueryOf(filters.words) === undefined
  const words = filters.words === '' ? undefined : tsqueryOf(filters.words)
  return {
    // Signs alone are no words, and stand nowhere.
    indexed: and(scope, nothing ? sql`false` : undefined, ...indexed.map(oneOf), ...ranges) as SQL,
    plain: and(scope, nothing ? sql`false` : undefined, ...plain, ...ranges) as SQL,
    states,
    words,
    wordsAndFacets:
      words === undefined
        ? undefined
        : [`(${words})`, ...searchFacets({ kinds, officer, year, field, keys: [partner, country] })].join(' & '),
  }
}

function oneOf(facets: readonly string[]): SQL | undefined {
  if (facets.length === 0) return undefined
  const wanted = sql.join(
    facets.map((facet) => sql`${facet}`),
    sql`, `,
  )
  return sql`${facetsOf(agreements)} && array[${wanted}]::text[]`
}

/** What is no facet: few ask for it, and most of it has an index of its own. */
function further(filters: OfficeFilters, today: Temporal.PlainDate, timeZone: string): (SQL | undefined)[] {
  const { endsDays, reviewer, release, confidential, when } = filters
  const range = (name: Happening) => {
    const days = when[name]
    return days === undefined ? undefined : happenedIn(name, days, timeZone)
  }
  return [
    endsDays === undefined ? undefined : endsWithin(endsDays, today),
    reviewer === undefined ? undefined : hasTurn(reviewer),
    release === undefined ? undefined : releaseIsAsked,
    confidential === undefined ? undefined : (confidential === 'yes' ? eq : ne)(agreements.visibility, 'confidential'),
    ...happenings.map(range),
  ]
}

/** The period that runs ends between today and so many days from now, both included. */
export function endsWithin(days: number, today: Temporal.PlainDate): SQL {
  const last = today.add({ days }).toString()
  return sql`${agreements.ends} <= ${last} and ${runningEnd(today)} between ${today.toString()}::date and ${last}::date`
}

const query = new QueryBuilder()

/** A release was asked for, and nobody has granted or declined it. */
export const releaseIsAsked = exists(
  query
    .select({ one: sql`1` })
    .from(agreementReleases)
    .where(and(eq(agreementReleases.agreementId, agreements.id), isNull(agreementReleases.decision))),
)
