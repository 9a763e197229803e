import type { OfficeVisit } from '#features/accounts/enter-office.ts'
import { requireRecord } from '#features/agreements/office-record.ts'
import { mayChange } from '#features/agreements/own.ts'
import type { AgreementRecord } from '#features/agreements/record.ts'
import type { AppContext } from '#platform/context.ts'
import { DomainError } from '#platform/errors.ts'
import { readFields, sentVersion } from '#platform/forms/read-fields.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { setOwnRules } from './commands.ts'
import { type ReminderKind, reminderKinds, type ReminderRules, rulesFor } from './model.ts'
import { listReminders, type ReminderList } from './queries.ts'
import { contactsOf, type PartyContact } from './recipients.ts'
import { pressButton, reminderFields } from './reminder-work.ts'
import { readDays, rulesFields, typedRules, type TypedRules } from './rules-form.ts'
import { nothingOwn, type OwnRules, readOfficeRules, readOwnRules } from './rules.ts'

/** The page of an agreement's reminders: its rules, its parties' contacts, and what was made. */
export interface AgreementReminders {
  readonly record: AgreementRecord
  readonly mayChange: boolean
  readonly office: ReminderRules
  readonly own: OwnRules
  readonly typed: TypedRules
  /** Kinds for which the agreement says something of its own, as typed or on record. */
  readonly differing: readonly string[]
  readonly toPartners: boolean
  readonly contacts: readonly PartyContact[]
  readonly list: ReminderList
  readonly failure: DomainError | undefined
}

interface Visit extends OfficeVisit {
  readonly id: string
  readonly locale: Locale
}

/** Opens the page or does what was sent. @throws DomainError `not_found`, `bad_request`, `forbidden` */
export async function workOnReminders(
  context: AppContext,
  { actor, form, resumed, id, locale }: Visit,
): Promise<AgreementReminders | 'saved' | 'marked'> {
  const { database } = context
  const record = await requireRecord(database, actor, id)
  const single = ['token', 'version', 'toPartners', ...rulesFields, ...reminderFields]
  const fields = form === undefined ? undefined : readFields(form, single, ['own'])
  let failure: DomainError | undefined
  const isButton = fields !== undefined && fields.text('do') !== 'rules'
  if (isButton && !resumed) {
    await pressButton(context, actor, fields)
    return 'marked'
  }
  const typed = isButton ? undefined : fields
  if (typed !== undefined && !resumed) {
    const differing = reminderKinds.filter((kind) => typed.list('own').includes(kind))
    const rules = Object.fromEntries(differing.map((kind) => [kind, readDays(typed, kind)])) as Partial<
      Record<ReminderKind, readonly number[] | undefined>
    >
    try {
      const input = { agreementId: id, token: typed.text('token'), version: sentVersion(typed), rules }
      await setOwnRules(context, actor, { ...input, toPartners: typed.text('toPartners') === 'yes' })
      return 'saved'
    } catch (error) {
      if (!(error instanceof DomainError) || !['invalid_input', 'stale_version'].includes(error.code)) throw error
      failure = error
    }
  }
  const office = await readOfficeRules(database)
  const own = (await readOwnRules(database, [id])).get(id) ?? nothingOwn
  return {
    record,
    mayChange: mayChange(actor, record),
    office,
    own,
    typed: typedRules(rulesFor(office, own.rules), typed),
    differing: typed?.list('own') ?? Object.keys(own.rules),
    toPartners: typed === undefined ? own.toPartners : typed.text('toPartners') === 'yes',
    contacts: (await contactsOf(database, [{ agreementId: id }], new Set([id]))).get(id) ?? [],
    list: await listReminders(database, actor, { mine: false, settled: true, agreementId: id }, locale),
    failure,
  }
}
