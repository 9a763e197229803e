import type { Queryable } from '#db/client.ts'
import type { agreements } from '#db/schema/index.ts'
import { namesOfUsers } from '#features/accounts/queries.ts'
import type { Named } from '#features/hub/model.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { fromColumns, type PartialDate } from '#platform/partial-date.ts'
import { type AgreementState, isAgreementState } from './lifecycle.ts'
import type { AgreementKind, Money } from './model.ts'
import { labelsOf } from './office-titles.ts'
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

type Row = typeof agreements.$inferSelect

/** Lines about these agreements, in the order given. The caller has made sure that they may be seen. */
export async function entriesOf(database: Queryable, rows: readonly Row[], locale: Locale): Promise<OfficeEntry[]> {
  const [labels, officers] = await Promise.all([
    labelsOf(
      database,
      rows.map((row) => row.id),
      locale,
    ),
    namesOfUsers(
      database,
      rows.map((row) => row.officerId),
    ),
  ])
  return rows.map((row) => {
    if (!isAgreementState(row.state)) throw new Error(`agreement ${row.id} is in a state that does not exist`)
    return {
      id: row.id,
      title: labels.get(row.id)?.title,
      parties: labels.get(row.id)?.parties ?? [],
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
      officer: officers.get(row.officerId ?? ''),
      confidential: row.visibility === 'confidential',
      updatedAt: Temporal.Instant.from(row.updatedAt),
    }
  })
}
