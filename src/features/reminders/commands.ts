import { and, eq, isNull } from 'drizzle-orm'
import { agreementReminderRules, reminderDeliveries, reminderReadings } from '#db/schema/index.ts'
import { command } from '#features/accounts/model.ts'
import { lockOwn } from '#features/agreements/lock-own.ts'
import type { AuditValue, Change } from '#platform/audit/canonical.ts'
import { recordAudit } from '#platform/audit/record.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isUuid, once, type OnceContext } from '#platform/forms/once.ts'
import { readFailure, requireReminder } from './queries.ts'
import { type ReminderKind, reminderKinds, type ReminderRules, ruleLimits } from './model.ts'
import { forgetRound } from './rounds.ts'
import { nothingOwn, readOfficeRules, readOwnRules, writeOfficeRules } from './rules.ts'

export interface OfficeRulesInput {
  readonly token: string
  /** Days by kind; undefined where what was typed is none. */
  readonly rules: Readonly<Record<ReminderKind, readonly number[] | undefined>>
}

/** Sets when reminders are made in the whole office. @throws DomainError `invalid_input` at `rules.<kind>` */
export const setOfficeRules = command('settings.manage', (context: OnceContext, actor, input: OfficeRulesInput) =>
  once(
    context,
    actor,
    { token: input.token, action: 'settings.reminders', content: listed(input.rules) },
    async (tx) => {
      const rules = checked(input.rules) as ReminderRules
      const before = await readOfficeRules(tx)
      const at = context.clock.now()
      await writeOfficeRules(tx, rules, at)
      await forgetRound(tx)
      await recordAudit(tx, actor, {
        action: 'settings.reminders',
        subject: { kind: 'settings', id: null },
        at,
        changes: reminderKinds.map((kind) => ({
          field: `reminders.${kind}`,
          before: [...before[kind]],
          after: [...rules[kind]],
        })),
      })
      return 'saved'
    },
  ),
)

export interface OwnRulesInput {
  readonly agreementId: string
  readonly token: string
  /** The version that the form was opened on; 0 where nothing was said yet. */
  readonly version: number
  /** Only the kinds that differ from the office's; undefined where what was typed is none. */
  readonly rules: Readonly<Partial<Record<ReminderKind, readonly number[] | undefined>>>
  readonly toPartners: boolean
}

/**
 * Says for one agreement when it is reminded of and whether the parties' contacts are too; returns its id.
 * @throws DomainError `not_found`, `forbidden` for somebody else's, `stale_version`, `invalid_input`.
 */
export const setOwnRules = command('agreements.record', (context: OnceContext, actor, input: OwnRulesInput) => {
  const { agreementId, token, version, toPartners } = input
  const content = { version, toPartners, rules: listed(input.rules) }
  return once(context, actor, { token, action: `agreement.reminders:${agreementId}`, content }, async (tx) => {
    await lockOwn(tx, actor, agreementId)
    const rules = checked(input.rules)
    const before = (await readOwnRules(tx, [agreementId])).get(agreementId) ?? nothingOwn
    if (before.version !== version) throw new DomainError('stale_version', { version: before.version })
    const row = { version: version + 1, rules: rules as Record<string, readonly number[]>, toPartners }
    await tx
      .insert(agreementReminderRules)
      .values({ agreementId, ...row })
      .onConflictDoUpdate({ target: agreementReminderRules.agreementId, set: row })
    const changes: Change[] = reminderKinds.map((kind) => ({
      field: `reminders.${kind}`,
      before: days(before.rules[kind]),
      after: days(rules[kind]),
    }))
    await recordAudit(tx, actor, {
      action: 'reminder.rules',
      subject: { kind: 'agreement', id: agreementId },
      at: context.clock.now(),
      changes: [...changes, { field: 'reminders.to_partners', before: before.toPartners, after: toPartners }],
    })
    return agreementId
  })
})

export interface ReadingInput {
  readonly reminderId: string
  /** Done with, or not after all. */
  readonly done: boolean
}

/** Somebody is done with a reminder, for himself alone. Doing so twice is the same. @throws DomainError `not_found` */
export const markReminder = command(
  'agreements.read',
  async (context: OnceContext, actor, { reminderId, done }: ReadingInput): Promise<void> => {
    if (actor.kind !== 'user') throw new DomainError('forbidden')
    await requireReminder(context.database, actor, reminderId)
    const mine = { reminderId, userId: actor.id }
    if (done) {
      await context.database
        .insert(reminderReadings)
        .values({ ...mine, at: context.clock.now().toString() })
        .onConflictDoNothing()
    } else {
      await context.database
        .delete(reminderReadings)
        .where(and(eq(reminderReadings.reminderId, reminderId), eq(reminderReadings.userId, actor.id)))
    }
  },
)

/** Somebody has seen that a reminder could not be sent. @throws DomainError `not_found` */
export const acknowledgeFailure = command(
  'agreements.record',
  async (context: OnceContext, actor, { deliveryId }: { readonly deliveryId: string }): Promise<void> => {
    if (actor.kind !== 'user') throw new DomainError('forbidden')
    if (!isUuid(deliveryId) || !(await readFailure(context.database, actor, deliveryId)))
      throw new DomainError('not_found')
    await context.database
      .update(reminderDeliveries)
      .set({ seenBy: actor.id })
      .where(and(eq(reminderDeliveries.id, deliveryId), isNull(reminderDeliveries.seenBy)))
  },
)

type Typed = Readonly<Partial<Record<ReminderKind, readonly number[] | undefined>>>

/** The kinds that are there, each with days. @throws DomainError `invalid_input` */
function checked(rules: Typed): Readonly<Partial<Record<ReminderKind, readonly number[]>>> {
  const given = Object.entries(rules)
  const problems: FieldProblem[] = given.flatMap(([kind, value]) =>
    value === undefined ? [{ path: `rules.${kind}`, code: 'reminder_days', params: { ...ruleLimits } }] : [],
  )
  if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
  return Object.fromEntries(given)
}

const days = (value: readonly number[] | undefined): AuditValue => (value === undefined ? null : [...value])

const listed = (rules: Typed): AuditValue =>
  Object.fromEntries(Object.entries(rules).map(([kind, value]) => [kind, days(value)]))
