import { among } from '#db/among.ts'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { agreements } from '#db/schema/index.ts'
import type { Named } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { fromColumns, type PartialDate } from '#platform/partial-date.ts'
import { type AgreementState, isAgreementState } from './lifecycle.ts'
import type { AgreementKind, Money } from './model.ts'
import { type AgreementLabel, labelColumns, labelFrom, labelsOf } from './office-titles.ts'
import { plainDecimal } from './record.ts'

/** One line about an agreement in the office. */
export interface OfficeEntry {
  readonly id: string
  readonly title: Named | undefined
  readonly parties: readonly Named[]
  readonly kind: AgreementKind
  readonly state: AgreementState
  readonly reference: string | null
  readonly signed: PartialDate | null
  readonly ends: PartialDate | null
  readonly effective: PartialDate | null
  readonly openEnded: boolean
  readonly nextDue: Temporal.PlainDate | null
  readonly value: Money | null
  readonly officer: string | undefined
  readonly confidential: boolean
  readonly updatedAt: Temporal.Instant
}

/** What a line shows of an agreement's own. */
const entryColumns = {
  id: agreements.id,
  kind: agreements.kind,
  state: agreements.state,
  reference: agreements.reference,
  signed: agreements.signed,
  signedPrecision: agreements.signedPrecision,
  ends: agreements.ends,
  endsPrecision: agreements.endsPrecision,
  effective: agreements.effective,
  effectivePrecision: agreements.effectivePrecision,
  openEnded: agreements.openEnded,
  nextDue: agreements.nextDue,
  valueAmount: agreements.valueAmount,
  valueCurrency: agreements.valueCurrency,
  visibility: agreements.visibility,
  updatedAt: agreements.updatedAt,
} as const

type Row = Pick<typeof agreements.$inferSelect, keyof typeof entryColumns>

const entryRows = keptQuery<{ ids: readonly string[] }>()((database, value) =>
  database
    .select({ ...entryColumns, ...labelColumns })
    .from(agreements)
    .where(among(agreements.id, value('ids'))),
)

/** Lines about agreements by their ids, in the order given. The caller has made sure that they may be seen. */
export async function entriesById(
  database: Queryable,
  ids: readonly string[],
  locale: Locale,
): Promise<readonly OfficeEntry[]> {
  if (ids.length === 0) return []
  const rows = new Map((await entryRows(database, { ids })).map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = rows.get(id)
    return row === undefined ? [] : [entryFrom(row, labelFrom(row, locale))]
  })
}

/** The same of rows that were read already. */
export async function entriesOf(
  database: Queryable,
  rows: readonly (typeof agreements.$inferSelect)[],
  locale: Locale,
): Promise<OfficeEntry[]> {
  const labels = await labelsOf(
    database,
    rows.map((row) => row.id),
    locale,
  )
  return rows.map((row) => entryFrom(row, labels.get(row.id)))
}

function entryFrom(row: Row, label: AgreementLabel | undefined): OfficeEntry {
  if (!isAgreementState(row.state)) throw new Error(`agreement ${row.id} is in a state that does not exist`)
  return {
    id: row.id,
    title: label?.title,
    parties: label?.parties ?? [],
    kind: row.kind as AgreementKind,
    state: row.state,
    reference: row.reference,
    signed: fromColumns(row.signed, row.signedPrecision) ?? null,
    ends: fromColumns(row.ends, row.endsPrecision) ?? null,
    effective: fromColumns(row.effective, row.effectivePrecision) ?? null,
    openEnded: row.openEnded,
    nextDue: row.nextDue === null ? null : Temporal.PlainDate.from(row.nextDue),
    value:
      row.valueAmount === null || row.valueCurrency === null
        ? null
        : { amount: plainDecimal(row.valueAmount), currency: row.valueCurrency },
    officer: label?.officer,
    confidential: row.visibility === 'confidential',
    updatedAt: Temporal.Instant.from(row.updatedAt),
  }
}
