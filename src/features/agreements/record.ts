import { and, asc, eq, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Queryable, Transaction } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreementFacilities, agreementLabs, agreementParties, agreements, agreementTexts } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { signatureOf } from '#features/signatures/columns.ts'
import type { Signature } from '#features/signatures/model.ts'
import { fromColumns } from '#platform/partial-date.ts'
import { inOrder } from './languages.ts'
import { isAgreementState, type AgreementState } from './lifecycle.ts'
import type { AgreementWords, Contact, Party } from './model.ts'
import { keptInScope, visibleTo } from './scope.ts'
import { termOf } from './term-columns.ts'

/** An agreement of the office as it stands. */
export interface AgreementRecord {
  readonly id: string
  readonly slug: string
  readonly version: number
  readonly state: AgreementState
  readonly words: AgreementWords
  /** Who signed for each party, by its place. */
  readonly signatures: readonly Signature[]
  readonly createdBy: string | null
  /** The member of staff who is responsible for it. */
  readonly officerId: string | null
  readonly createdAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

const rowInScope = keptInScope<{ id: string }>()((database, value, visible) =>
  database
    .select()
    .from(agreements)
    .where(and(eq(agreements.id, value('id')), visible)),
)

/** The agreement, if there is one and the actor may see it. */
export async function readRecord(database: Queryable, actor: Actor, id: string): Promise<AgreementRecord | undefined> {
  const [row] = await rowInScope(database, actor, { id })
  return row === undefined ? undefined : complete(database, row)
}

/** The same, and nobody else changes it until the transaction ends. */
export async function lockRecord(tx: Transaction, actor: Actor, id: string): Promise<AgreementRecord | undefined> {
  const [row] = await tx
    .select()
    .from(agreements)
    .where(and(eq(agreements.id, id), visibleTo(actor)))
    .for('update')
  return row === undefined ? undefined : complete(tx, row)
}

type Row = typeof agreements.$inferSelect

/** The rows beside an agreement's own that hold its words. */
export interface RecordParts {
  readonly texts: readonly (typeof agreementTexts.$inferSelect)[]
  /** By position. */
  readonly parties: readonly (typeof agreementParties.$inferSelect)[]
  /** Ids, in their order. */
  readonly labs: readonly string[]
  readonly facilities: readonly string[]
}

const textsOf = keptQuery<{ id: string }>()((database, value) =>
  database
    .select()
    .from(agreementTexts)
    .where(eq(agreementTexts.agreementId, value('id'))),
)

const partiesOf = keptQuery<{ id: string }>()((database, value) =>
  database
    .select()
    .from(agreementParties)
    .where(eq(agreementParties.agreementId, value('id')))
    .orderBy(asc(agreementParties.position)),
)

const linkedTo = keptQuery<{ id: string }>()((database, value) =>
  unionAll(
    database
      .select({ kind: sql<'lab' | 'facility'>`'lab'`.as('kind'), id: agreementLabs.labId })
      .from(agreementLabs)
      .where(eq(agreementLabs.agreementId, value('id'))),
    database
      .select({ kind: sql<'lab' | 'facility'>`'facility'`.as('kind'), id: agreementFacilities.facilityId })
      .from(agreementFacilities)
      .where(eq(agreementFacilities.agreementId, value('id'))),
  ),
)

async function complete(database: Queryable, row: Row): Promise<AgreementRecord> {
  const { id } = row
  const [texts, parties, linked] = await Promise.all([
    textsOf(database, { id }),
    partiesOf(database, { id }),
    linkedTo(database, { id }),
  ])
  const idsOf = (kind: (typeof linked)[number]['kind']) =>
    linked.flatMap((one) => (one.kind === kind ? one.id : [])).sort()
  return recordFrom(row, { texts, parties, labs: idsOf('lab'), facilities: idsOf('facility') })
}

/** The agreement that rows hold. The caller has made sure that it may be seen. */
export function recordFrom(row: Row, { texts, parties, labs, facilities }: RecordParts): AgreementRecord {
  const titles = Object.fromEntries(
    texts.flatMap(({ locale, title }) => (title === null ? [] : ([[locale, title]] as const))),
  )
  const summaries: Partial<Record<Locale, string>> = Object.fromEntries(
    texts.flatMap(({ locale, summary }) => (isLocale(locale) && summary !== null ? [[locale, summary]] : [])),
  )
  if (!isAgreementState(row.state)) throw new Error(`agreement ${row.id} is in a state that does not exist`)
  return {
    id: row.id,
    slug: row.slug,
    version: row.version,
    state: row.state,
    createdBy: row.createdBy,
    officerId: row.officerId,
    createdAt: Temporal.Instant.from(row.createdAt),
    updatedAt: Temporal.Instant.from(row.updatedAt),
    signatures: parties.map(signatureOf),
    words: {
      reference: row.reference,
      kind: row.kind as AgreementWords['kind'],
      visibility: row.visibility,
      sourceLocale: row.sourceLocale as Locale,
      officerId: row.officerId,
      titles,
      officialTitles: inOrder(
        texts.flatMap(({ locale, title, titleOfficial }) => (titleOfficial && title !== null ? [locale] : [])),
      ),
      summaries,
      parties: parties.map(partyOf),
      signed: fromColumns(row.signed, row.signedPrecision) ?? null,
      ...termOf(row),
      authenticLanguages: row.authenticLanguages,
      prevailingLanguage: row.prevailingLanguage,
      value:
        row.valueAmount === null || row.valueCurrency === null
          ? null
          : { amount: plainDecimal(row.valueAmount), currency: row.valueCurrency },
      technologyAmount: row.technologyAmount === null ? null : plainDecimal(row.technologyAmount),
      registrationNumber: row.registrationNumber,
      fields: row.fields,
      labs,
      facilities,
    },
  }
}

/** Whom to write to at the party of a row, as given; null where nothing is. */
export function contactOf(row: typeof agreementParties.$inferSelect): Contact | null {
  const { contactName, contactAddress, contactEmail, contactPhone } = row
  const contact: Contact = {
    name: contactName,
    ...(contactAddress !== null && { address: contactAddress }),
    email: contactEmail,
    phone: contactPhone,
  }
  return Object.values(contact).every((part) => part === null) ? null : contact
}

function partyOf(row: typeof agreementParties.$inferSelect): Party {
  return {
    role: row.role,
    partnerId: row.partnerId,
    names: row.names,
    ...(row.officialNames.length > 0 && { officialNames: row.officialNames }),
    country: row.country,
    originalLanguage: row.originalLanguage,
    contact: contactOf(row),
  } as Party
}

/** `numeric` comes with all its decimals: `1200.5000`. */
export function plainDecimal(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount
}
