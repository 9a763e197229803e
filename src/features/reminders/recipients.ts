import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementMilestones, agreementParties, agreementReviewers, partners, users } from '#db/schema/index.ts'
import { staffWith } from '#features/accounts/queries.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { isMailAddress } from '#platform/mail/message.ts'
import { reviewerSubject, type Watched } from './matters.ts'
import { partnerKinds, type ReminderKind } from './model.ts'

/** A reminder that has just been made, as far as it decides who gets it. */
export interface MadeReminder {
  readonly id: string
  readonly agreementId: string
  readonly kind: ReminderKind
  readonly subject: string
}

export interface Recipient {
  readonly reminderId: string
  readonly channel: 'mail' | 'chat'
  readonly userId: string | null
  readonly address: string | null
  readonly locale: Locale
}

/** The language of the office: of its chat, and of members of staff who chose none. */
export const officeLocale: Locale = 'zh'

/** The language in which a country's institutions are written to, where they have not said; English for the others. */
const languageOfCountry: Readonly<Record<string, Locale>> = { CN: 'zh', TH: 'th', VN: 'vi', MM: 'my' }

/** The language of a party: that of its own original, else that of its country, else English. */
export function partyLocale(originalLanguage: string | null, country: string | null): Locale {
  const [primary] = (originalLanguage ?? '').split('-')
  return isLocale(primary) ? primary : (languageOfCountry[country ?? ''] ?? 'en')
}

export interface RecipientRules {
  /** Agreements whose parties' contacts are reminded too. */
  readonly toPartners: ReadonlySet<string>
  /** Whether the office has a chat that reminders go to. */
  readonly chat: boolean
}

/**
 * Who gets reminders: the responsible officer, or whoever recorded the agreement; for an approval, the reviewer too;
 * where nobody of these has an account in use, the administrators, but not for a confidential agreement. Parties'
 * contacts where the agreement says so; the office's chat for whatever is not confidential.
 */
export async function recipientsOf(
  database: Queryable,
  made: readonly MadeReminder[],
  agreements: ReadonlyMap<string, Watched>,
  rules: RecipientRules,
): Promise<Recipient[]> {
  const reviewers = await reviewersOf(database, made)
  const contacts = await contactsOf(database, made, rules.toPartners)
  const owing = await owingParties(database, made)
  const responsible = made.flatMap(({ agreementId }) => {
    const agreement = agreements.get(agreementId)
    return agreement === undefined ? [] : [agreement.officerId, agreement.createdBy].filter((id) => id !== null)
  })
  const active = await activeLocales(database, [...responsible, ...reviewers.values()])
  const administrators = await activeLocales(
    database,
    (await staffWith(database, 'settings.manage')).map(({ id }) => id),
  )
  return made.flatMap((reminder): Recipient[] => {
    const agreement = agreements.get(reminder.agreementId)
    if (agreement === undefined) return []
    const isConfidential = agreement.visibility === 'confidential'
    const officer = [agreement.officerId, agreement.createdBy].find((id) => id !== null && active.has(id))
    const reviewer = reviewers.get(reminder.subject)
    const people = [officer ?? undefined, reviewer].filter((id) => id !== undefined && active.has(id)) as string[]
    const staff = people.length > 0 || isConfidential ? people : [...administrators.keys()]
    const only = owing.get(reminder.subject)
    const parties = partnerKinds.includes(reminder.kind) ? (contacts.get(reminder.agreementId) ?? []) : []
    return [
      ...[...new Set(staff)].map((userId) => ({
        reminderId: reminder.id,
        channel: 'mail' as const,
        userId,
        address: null,
        locale: active.get(userId) ?? administrators.get(userId) ?? officeLocale,
      })),
      ...parties
        .filter(({ position }) => only === undefined || only === position)
        .map(({ address, locale }) => ({
          reminderId: reminder.id,
          channel: 'mail' as const,
          userId: null,
          address,
          locale,
        })),
      ...(rules.chat && !isConfidential
        ? [{ reminderId: reminder.id, channel: 'chat' as const, userId: null, address: null, locale: officeLocale }]
        : []),
    ]
  })
}

async function activeLocales(database: Queryable, ids: readonly string[]): Promise<ReadonlyMap<string, Locale>> {
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: users.id, locale: users.locale })
    .from(users)
    .where(and(inArray(users.id, [...new Set(ids)]), eq(users.state, 'active')))
  return new Map(rows.map(({ id, locale }) => [id, isLocale(locale) ? locale : officeLocale]))
}

/** The reviewers that approvals wait for, by the reminders' subjects. */
async function reviewersOf(database: Queryable, made: readonly MadeReminder[]): Promise<ReadonlyMap<string, string>> {
  const reviewIds = made.flatMap(({ kind, subject }) => (kind === 'approval' ? [subject.split(':')[0] ?? ''] : []))
  if (reviewIds.length === 0) return new Map()
  const rows = await database
    .select()
    .from(agreementReviewers)
    .where(inArray(agreementReviewers.reviewId, [...new Set(reviewIds)]))
  return new Map(rows.map((row) => [reviewerSubject(row.reviewId, row.position), row.userId]))
}

export interface PartyContact {
  readonly position: number
  readonly address: string
  readonly locale: Locale
}

/** Contacts of parties that can be written to, each address once an agreement. */
export async function contactsOf(
  database: Queryable,
  made: readonly Pick<MadeReminder, 'agreementId'>[],
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly PartyContact[]>> {
  const ids = [...new Set(made.map(({ agreementId }) => agreementId))].filter((id) => wanted.has(id))
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ party: agreementParties, country: partners.country })
    .from(agreementParties)
    .leftJoin(partners, eq(partners.id, agreementParties.partnerId))
    .where(and(inArray(agreementParties.agreementId, ids), isNotNull(agreementParties.contactEmail)))
    .orderBy(asc(agreementParties.position))
  const found = new Map<string, PartyContact[]>()
  for (const { party: row, country } of rows) {
    const address = row.contactEmail?.trim().toLowerCase() ?? ''
    const others = found.get(row.agreementId) ?? []
    if (!isMailAddress(address) || others.some((other) => other.address === address)) continue
    const locale = partyLocale(row.originalLanguage, row.country ?? country)
    found.set(row.agreementId, [...others, { position: row.position, address, locale }])
  }
  return found
}

/** The party that a milestone is owed by, by milestone; none where it is everybody's. */
async function owingParties(database: Queryable, made: readonly MadeReminder[]): Promise<ReadonlyMap<string, number>> {
  const ids = made.flatMap(({ kind, subject }) => (kind === 'milestone' || kind === 'payment' ? [subject] : []))
  if (ids.length === 0) return new Map()
  const rows = await database
    .select({ id: agreementMilestones.id, position: agreementMilestones.partyPosition })
    .from(agreementMilestones)
    .where(inArray(agreementMilestones.id, [...new Set(ids)]))
  return new Map(rows.flatMap(({ id, position }) => (position === null ? [] : [[id, position]])))
}
