import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreements, issuedBriefFiles, issuedBriefs } from '#db/schema/index.ts'
import type { StaffActor } from '#features/accounts/enter-office.ts'
import type { Actor } from '#features/accounts/model.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { registerFilterLabels } from '#features/agreements/queries.ts'
import { visibleTo } from '#features/agreements/scope.ts'
import { filterLabels } from '#features/briefs/office-queries.ts'
import { type BriefContext, publicList } from '#features/briefs/queries.ts'
import { madeFrom, type MadeReport, type OrderContext, requireMade } from '#features/made-briefs/orders.ts'
import { DomainError } from '#platform/errors.ts'
import type { Locale } from '#platform/i18n/locales.ts'

/** The reports that somebody asked for, the newest first. */
export async function ownReports(context: OrderContext, { id: ownerId }: StaffActor): Promise<readonly MadeReport[]> {
  const made = await madeFrom(context, { ownerId })
  return made.filter((one): one is MadeReport => one.order.kind === 'register')
}

/**
 * A report that the person asked for; nobody else's, whoever asks.
 * @throws DomainError `document_not_found`; `report_rights_changed` where it tells of an agreement that the person may
 * not see any more
 */
export async function requireOwnReport(context: OrderContext, actor: StaffActor, code: string): Promise<MadeReport> {
  const made = await requireMade(context, code, 'register', { ownerId: actor.id })
  if (made.sha256 !== null && !(await maySeeAllOf(context.database, actor, made.sha256)))
    throw new DomainError('report_rights_changed')
  return made
}

/** Whether somebody may see every agreement that an issued file tells of, as far as it is there still. */
async function maySeeAllOf(database: Database, actor: Actor, sha256: string): Promise<boolean> {
  const told = sql`(select (told ->> 'id')::uuid from ${issuedBriefs}
    join ${issuedBriefFiles} on ${issuedBriefFiles.briefId} = ${issuedBriefs.id},
    jsonb_array_elements(${issuedBriefs.officeRecords}) told
    where ${eq(issuedBriefFiles.sha256, sha256)} and told ->> 'kind' = 'agreement')`
  const hidden = await database
    .select({ id: agreements.id })
    .from(agreements)
    .where(and(sql`${agreements.id} in ${told}`, sql`(${visibleTo(actor)}) is not true`))
    .limit(1)
  return hidden.length === 0
}

/** What a report lists, in words: empty for all that there is. Undefined where that list does not exist any more. */
export async function narrowingsOf(
  context: BriefContext,
  { order, ownerId }: MadeReport,
  locale: Locale,
): Promise<readonly string[] | undefined> {
  const search = new URLSearchParams(order.query)
  try {
    if (ownerId !== null) return (await filterLabels(context, readOfficeFilters(search)))(locale)
    const { hub, filters } = await publicList(context.database, search)
    return registerFilterLabels(hub, filters, locale)
  } catch (error) {
    if (error instanceof DomainError) return undefined
    throw error
  }
}
