import { eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable, Transaction } from '#db/client.ts'
import { agreementReminderRules, hubSettings } from '#db/schema/index.ts'
import { defaultRules, reminderKinds, type ReminderRules } from './model.ts'

export const rulesSetting = 'reminder_rules'

const stored = z.partialRecord(z.enum(reminderKinds), z.array(z.int()))

/** The office's rules: what was set, and the defaults for the kinds that nobody has set. */
export async function readOfficeRules(database: Queryable): Promise<ReminderRules> {
  const [row] = await database.select().from(hubSettings).where(eq(hubSettings.key, rulesSetting))
  return { ...defaultRules, ...(row === undefined ? {} : stored.parse(row.value)) }
}

export async function writeOfficeRules(tx: Transaction, rules: ReminderRules, at: Temporal.Instant): Promise<void> {
  const value = { value: rules, updatedAt: at.toString() }
  await tx
    .insert(hubSettings)
    .values({ key: rulesSetting, ...value })
    .onConflictDoUpdate({ target: hubSettings.key, set: value })
}

/** What an agreement says about its own reminders. */
export interface OwnRules {
  /** 0: nothing was said yet. */
  readonly version: number
  /** Only the kinds that differ from the office's. */
  readonly rules: Readonly<Record<string, readonly number[]>>
  readonly toPartners: boolean
}

export const nothingOwn: OwnRules = { version: 0, rules: {}, toPartners: false }

/** By agreement; none for those that say nothing. The caller has made sure that the actor may see them. */
export async function readOwnRules(
  database: Queryable,
  agreementIds: readonly string[],
): Promise<ReadonlyMap<string, OwnRules>> {
  if (agreementIds.length === 0) return new Map()
  const rows = await database
    .select()
    .from(agreementReminderRules)
    .where(inArray(agreementReminderRules.agreementId, [...agreementIds]))
  return new Map(
    rows.map(({ agreementId, version, rules, toPartners }) => [agreementId, { version, rules, toPartners }]),
  )
}
