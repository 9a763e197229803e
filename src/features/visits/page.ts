import { type Actor, may } from '#features/accounts/model.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import type { Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { nameOf } from '#features/publications/institutions-view.ts'
import { publishedShelves } from '#features/publications/queries.ts'
import { keptByIds, type KeptSelection } from '#features/selections/queries.ts'
import { officeDay } from '#platform/clock.ts'
import type { AppContext } from '#platform/context.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { historyOf, requireVisit, type Visit, type VisitEvent } from './queries.ts'

/** Everything that a visit's page shows. */
export interface VisitPage {
  readonly hub: Hub
  readonly visit: Visit
  readonly kept: readonly KeptSelection[]
  /** Staff by their ids. */
  readonly people: ReadonlyMap<string, string>
  readonly history: readonly VisitEvent[]
  readonly mayRecord: boolean
  /** The office's day, ISO 8601. */
  readonly today: string
  /** What a partner, a selection or a member of staff is called; undefined where it is gone. */
  readonly nameOf: (id: string) => string | undefined
}

/** @throws DomainError `forbidden`, `not_found` */
export async function readVisitPage(
  { database, clock, config }: AppContext,
  actor: Actor,
  id: string,
  locale: Locale,
): Promise<VisitPage> {
  const visit = await requireVisit(database, actor, id)
  const [hub, { partner }, kept, history] = await Promise.all([
    loadHub(database),
    publishedShelves(database),
    keptByIds(database, visit.selectionIds),
    historyOf(database, actor, id),
  ])
  const officers = history.flatMap(({ changes }) =>
    changes.flatMap(({ field, before, after }) => (field.endsWith('officerId') ? [before, after] : [])),
  )
  const people = await namesOfUsers(database, [
    visit.officerId,
    ...visit.tasks.flatMap((task) => [task.officerId, task.doneBy]),
    ...officers.filter((one) => typeof one === 'string'),
  ])
  const selections = new Map(kept.map((one) => [one.id, one.name]))
  return {
    hub,
    visit,
    kept,
    people,
    history,
    mayRecord: may(actor, 'visits.record'),
    today: officeDay(clock, config.officeTimeZone).toString(),
    nameOf: (one) => {
      const profile = partner.byId.get(one)
      return profile === undefined ? (selections.get(one) ?? people.get(one)) : nameOf(profile, locale).value
    },
  }
}
