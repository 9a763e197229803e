import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { agreementParties, type reminders } from '#db/schema/index.ts'
import { partnerNamesById } from '#features/agreements/office-titles.ts'
import { bestName, type Hub } from '#features/hub/model.ts'
import { called } from '#features/people/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { renderMail } from '#platform/mail/layout.ts'
import { paths } from '#platform/paths.ts'
import { aboutLine, factsOf, plainText, titleOf, todoLine, type Told } from './message.ts'

interface Matter {
  readonly database: Database
  readonly reminder: typeof reminders.$inferSelect
  readonly told: Told
  readonly locale: Locale
  readonly today: Temporal.PlainDate
  readonly hub: Hub
  readonly baseUrl: string
}

/** What of a letter is words. */
export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly locale: Locale
}

const hrefOf = ({ baseUrl, locale, told }: Matter) => `${baseUrl}${paths.office.agreement(locale, told.agreementId)}`

export function letterToStaff(matter: Matter & { readonly name: string }): Letter {
  const { told, locale, today, name } = matter
  const t = translator(locale)
  const reading = { t, locale, today }
  const about = aboutLine(told, reading)
  return {
    subject: t('reminders:mail.subject', { title: titleOf(told, t), about }),
    locale,
    ...renderMail({
      locale,
      title: about,
      paragraphs: [t('reminders:mail.greeting', { name }), todoLine(told, t)],
      facts: factsOf(told, reading),
      action: { label: t('reminders:mail.open'), href: hrefOf(matter) },
      footer: t('reminders:mail.footer'),
    }),
  }
}

/**
 * To a party's contact, without a way into the office. Undefined where nobody of the parties has that address any
 * more.
 */
export async function letterToPartner(matter: Matter & { readonly address: string }): Promise<Letter | undefined> {
  const { told, locale, today, hub } = matter
  const addressee = await addresseeAt(matter)
  if (addressee === undefined) return undefined
  const t = translator(locale)
  const reading = { t, locale, today }
  const about = aboutLine(told, reading)
  const office = bestName(hub.organisation, locale)?.value ?? ''
  return {
    subject: t('reminders:mail.subject', { title: titleOf(told, t), about }),
    locale,
    ...renderMail({
      locale,
      title: about,
      paragraphs: [
        'person' in addressee
          ? t('reminders:partner.greeting_person', addressee)
          : t('reminders:partner.greeting', addressee),
        t('reminders:partner.lead'),
        t('reminders:partner.close', { office }),
      ],
      facts: factsOf(told, reading),
      footer: t('reminders:mail.partner_footer', { office }),
    }),
  }
}

/** Whoever has the address: the contact by name, or else the party in the letter's language. */
async function addresseeAt({
  database,
  reminder,
  address,
  locale,
}: Matter & { readonly address: string }): Promise<
  { readonly person: string } | { readonly party: string } | undefined
> {
  const rows = await database
    .select()
    .from(agreementParties)
    .where(eq(agreementParties.agreementId, reminder.agreementId))
  const row = rows.find((one) => one.contactEmail?.trim().toLowerCase() === address)
  if (row === undefined) return undefined
  if (row.contactName !== null) return { person: called(row.contactName, row.contactAddress) }
  const names = row.names ?? (await partnerNamesById(database, [row.partnerId])).get(row.partnerId ?? '') ?? {}
  return { party: bestName(names, locale)?.value ?? address }
}

/** For the office's chat: the same as can be copied by hand. */
export function chatText(matter: Matter): string {
  const { told, locale, today } = matter
  return plainText(told, { t: translator(locale), locale, today }, hrefOf(matter))
}
