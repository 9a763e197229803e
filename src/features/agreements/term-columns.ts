import type { agreements } from '#db/schema/index.ts'
import { fromColumns, toColumns } from '#platform/partial-date.ts'
import type { Term } from './term.ts'

type Row = typeof agreements.$inferSelect

type TermColumn =
  | 'effective'
  | 'effectivePrecision'
  | 'ends'
  | 'endsPrecision'
  | 'openEnded'
  | 'renewal'
  | 'renewalMonths'
  | 'renewalLimit'
  | 'noticeAmount'
  | 'noticeUnit'
  | 'leadDays'

/** The term that an agreement's row holds. */
export function termOf(row: Pick<Row, TermColumn>): Term {
  return {
    effective: fromColumns(row.effective, row.effectivePrecision) ?? null,
    ends: fromColumns(row.ends, row.endsPrecision) ?? null,
    openEnded: row.openEnded,
    renewal: row.renewal,
    renewalMonths: row.renewalMonths,
    renewalLimit: row.renewalLimit,
    notice:
      row.noticeAmount === null || row.noticeUnit === null ? null : { amount: row.noticeAmount, unit: row.noticeUnit },
    leadDays: row.leadDays,
  }
}

/** The columns that hold a term; the inverse of `termOf`. */
export function termColumns(term: Term): Pick<Row, TermColumn> {
  const effective = toColumns(term.effective ?? undefined)
  const ends = toColumns(term.ends ?? undefined)
  return {
    effective: effective.date,
    effectivePrecision: effective.precision,
    ends: ends.date,
    endsPrecision: ends.precision,
    openEnded: term.openEnded,
    renewal: term.renewal,
    renewalMonths: term.renewalMonths,
    renewalLimit: term.renewalLimit,
    noticeAmount: term.notice?.amount ?? null,
    noticeUnit: term.notice?.unit ?? null,
    leadDays: term.leadDays,
  }
}
