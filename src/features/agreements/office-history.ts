import { and, eq, inArray } from 'drizzle-orm'
import { among } from '#db/among.ts'
import type { Queryable } from '#db/client.ts'
import { agreementDocuments, agreements, agreementTexts } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { type HistoryChange, type HistoryEvent, readHistory } from '#platform/audit/history.ts'
import { isUuid } from '#platform/forms/once.ts'
import { linkNamesById } from './office-titles.ts'
import { visibleTo } from './scope.ts'

type Names = ReadonlyMap<string, Readonly<Record<string, string>>>

export type OfficeEvent = HistoryEvent & { readonly who: string | undefined }

/** What was done to an agreement, newest first, and the names of whatever it speaks of, by id and language. */
export interface OfficeHistoryPage {
  readonly events: readonly OfficeEvent[]
  readonly names: Names
  /** The event that the next page goes on from; undefined where nothing older is left. */
  readonly older: string | undefined
}

export const eventsShown = 50

/** What was done to an agreement, as the trail has it: nothing is named yet. */
export interface ReadEvents {
  readonly events: readonly HistoryEvent[]
  readonly older: string | undefined
}

/** @param before the event that the page goes on from, an older one each */
export async function readEvents(database: Queryable, id: string, before?: string): Promise<ReadEvents> {
  const read = await readHistory(database, { kind: 'agreement', id }, eventsShown + 1, before)
  const events = read
    .slice(0, eventsShown)
    .map((event) => ({ ...event, changes: event.changes.map(withoutOthersNames) }))
  return { events, older: read.length > eventsShown ? events.at(-1)?.id : undefined }
}

/**
 * The history of an agreement that the actor may see. Other agreements are named only as far as the actor may see them
 * at this moment, whatever the trail says of them.
 * @param also ids of people, partners, labs and facilities that are to be named too
 */
export async function nameEvents(
  database: Queryable,
  actor: Actor,
  id: string,
  { events, older }: ReadEvents,
  also: readonly (string | null)[],
): Promise<OfficeHistoryPage> {
  const changes = events.flatMap((event) => event.changes.flatMap(withAmended))
  const [links, others, documents] = await Promise.all([
    linkNamesById(database, [
      ...also,
      ...events.map((event) => event.actorId),
      ...changes.flatMap(({ field, before, after }) => [
        ...partnersIn(before),
        ...partnersIn(after),
        ...idsIn(field, [before, after]),
      ]),
    ]),
    namesOfAgreements(
      database,
      actor,
      changes.flatMap(({ before, after }) => [otherIn(before), otherIn(after)].filter((other) => other !== null)),
    ),
    namesOfDocuments(
      database,
      id,
      changes.flatMap(({ field, before, after }) => [before, after].flatMap((value) => documentIn(field, value))),
    ),
  ])
  return {
    events: events.map((event) => ({ ...event, who: links.get(event.actorId ?? '')?.['und'] })),
    names: new Map([...links, ...others, ...documents]),
    older,
  }
}

/** An amendment's event holds the fields that it changes within one of its own. */
function withAmended(change: HistoryChange): HistoryChange[] {
  if (change.field !== 'amendment.changes' || !Array.isArray(change.after)) return [change]
  const amended = change.after as readonly Omit<HistoryChange, 'erased'>[]
  return [change, ...amended.map((one) => ({ ...one, erased: false }))]
}

/** Ids of documents that milestones, amendments and powers of attorney point to. */
function documentIn(field: string, value: AuditValue): string[] {
  const id = field.startsWith('paper.')
    ? partOf(value, 'documentId')
    : ['milestone.document', 'amendment.document'].includes(field)
      ? value
      : null
  return typeof id === 'string' && isUuid(id) ? [id] : []
}

/** Titles of documents of the agreement itself, archived ones included. */
async function namesOfDocuments(database: Queryable, agreementId: string, ids: readonly string[]): Promise<Names> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: agreementDocuments.id, title: agreementDocuments.title })
    .from(agreementDocuments)
    .where(and(eq(agreementDocuments.agreementId, agreementId), inArray(agreementDocuments.id, [...new Set(ids)])))
  return new Map(rows.map(({ id, title }) => [id, { und: title }]))
}

/** Fields whose values are ids of people, labs or facilities. */
export const fieldsOfIds: readonly string[] = ['officerId', 'labs', 'facilities', 'readers']

/** Ids of people, labs and facilities in the values of a field. */
export function idsIn(field: string, values: readonly AuditValue[]): string[] {
  if (field === 'review') {
    const reviewers = values.flatMap((value) => (partOf(value, 'reviewers') ?? []) as readonly AuditValue[])
    return reviewers
      .map((one) => partOf(one, 'userId'))
      .filter((id): id is string => typeof id === 'string' && isUuid(id))
  }
  if (!fieldsOfIds.includes(field)) return []
  return values.flat().filter((id): id is string => typeof id === 'string' && isUuid(id))
}

function partnersIn(value: AuditValue): string[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: AuditValue) => {
    const id = partOf(entry, 'partnerId')
    return typeof id === 'string' && isUuid(id) ? [id] : []
  })
}

/** A part of a value that has parts; null where there is none. */
export function partOf(value: AuditValue, name: string): AuditValue {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  return (value as Readonly<Record<string, AuditValue>>)[name] ?? null
}

/** The agreement at the other end of a link; null where the trail does not say which. */
export function otherIn(value: AuditValue): string | null {
  const id = partOf(value, 'agreement')
  return typeof id === 'string' && isUuid(id) ? id : null
}

/** Earlier versions wrote the other agreement's name beside the kind of a link; the trail keeps it, nobody reads it. */
function withoutOthersNames(change: HistoryChange): HistoryChange {
  if (!change.field.startsWith('link.')) return change
  const bare = (value: AuditValue): AuditValue =>
    value === null ? null : { kind: partOf(value, 'kind'), agreement: otherIn(value) }
  return { ...change, before: bare(change.before), after: bare(change.after) }
}

/** The number, or else the titles, of those of these agreements that the actor may see. */
async function namesOfAgreements(database: Queryable, actor: Actor, given: readonly string[]): Promise<Names> {
  const ids = [...new Set(given)]
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: agreements.id, reference: agreements.reference, slug: agreements.slug })
    .from(agreements)
    .where(and(among(agreements.id, ids), visibleTo(actor)))
  const texts = await database
    .select({ id: agreementTexts.agreementId, locale: agreementTexts.locale, title: agreementTexts.title })
    .from(agreementTexts)
    .where(
      inArray(
        agreementTexts.agreementId,
        rows.map((row) => row.id),
      ),
    )
  return new Map(
    rows.map(({ id, reference, slug }) => {
      if (reference !== null) return [id, { und: reference }]
      const titles = texts.flatMap((text) => (text.id === id && text.title !== null ? [[text.locale, text.title]] : []))
      return [id, titles.length === 0 ? { und: slug } : Object.fromEntries(titles)]
    }),
  )
}
