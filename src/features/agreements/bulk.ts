import type { Transaction } from '#db/client.ts'
import { insertRows } from '#db/insert-rows.ts'
import { agreementParties, agreements, agreementTexts } from '#db/schema/index.ts'
import { sourceHash } from '#features/publications/texts.ts'
import { signatureColumns } from '#features/signatures/columns.ts'
import { type PlacedSignature, unsigned } from '#features/signatures/model.ts'
import { isLocale, locales } from '#platform/i18n/locales.ts'
import type { AgreementState } from './lifecycle.ts'
import type { AgreementWords } from './model.ts'
import { refreshTokens } from './search-steps.ts'
import { columnsOf } from './write.ts'
import { partyColumns } from './write-parties.ts'

export interface NewAgreementRow {
  readonly id: string
  readonly slug: string
  readonly state: AgreementState
  readonly words: AgreementWords
  /** Who signed, where it is known. */
  readonly signatures?: readonly PlacedSignature[]
  /** The earliest thing due, where the caller knows it. */
  readonly nextDue?: string | null
  /** What its parties are found under, where the caller knows it; else it is looked up. */
  readonly partyKeys?: readonly string[]
  /** When it was last changed; `at` where nothing is said. */
  readonly updatedAt?: Temporal.Instant
  /** Who records it, where somebody does. */
  readonly createdBy?: string | null
  /** When it was declared that it holds no secrets, by whoever records it. */
  readonly secrecyDeclaredAt?: Temporal.Instant | null
}

/** Inserts many new agreements of the office with their parties and texts; the caller keeps their history. */
export async function insertAgreementWords(
  tx: Transaction,
  rows: readonly NewAgreementRow[],
  at: Temporal.Instant,
): Promise<void> {
  if (rows.length === 0) return
  await insertRows(
    tx,
    agreements,
    rows.map(({ words, signatures: _, nextDue = null, partyKeys = [], updatedAt = at, createdBy = null, ...row }) => ({
      ...columnsOf(words),
      id: row.id,
      slug: row.slug,
      state: row.state,
      nextDue,
      partyKeys: [...partyKeys],
      createdBy,
      secrecyDeclaredBy: (row.secrecyDeclaredAt ?? null) === null ? null : createdBy,
      secrecyDeclaredAt: row.secrecyDeclaredAt?.toString() ?? null,
      origin: 'office' as const,
      createdAt: updatedAt.toString(),
      updatedAt: updatedAt.toString(),
    })),
  )
  await insertRows(
    tx,
    agreementParties,
    rows.flatMap(({ id, words, signatures = [] }) =>
      words.parties.map((party, position) => {
        const signed = signatures.find((one) => one.position === position) ?? unsigned
        return { agreementId: id, position, ...partyColumns(party), ...signatureColumns(signed) }
      }),
    ),
  )
  await insertRows(
    tx,
    agreementTexts,
    rows.flatMap(({ id, words }) => textRows(id, words)),
  )
  await refreshTokens(
    tx,
    rows.map((row) => row.id),
  )
}

function textRows(agreementId: string, { sourceLocale, titles, officialTitles, summaries }: AgreementWords) {
  return [...new Set([...locales, ...Object.keys(titles)])].flatMap((locale) => {
    const [title, summary] = [titles[locale] ?? null, isLocale(locale) ? (summaries[locale] ?? null) : null]
    if (title === null && summary === null) return []
    const hashOf = (value: string | null, source: string | undefined) =>
      value === null || source === undefined || locale === sourceLocale ? null : sourceHash(source)
    const status = locale === sourceLocale ? ('reviewed' as const) : ('draft' as const)
    return [
      {
        agreementId,
        locale,
        title,
        titleOfficial: title !== null && officialTitles.includes(locale),
        summary,
        titleStatus: title === null ? null : status,
        summaryStatus: summary === null ? null : status,
        titleSourceHash: hashOf(title, titles[sourceLocale]),
        summarySourceHash: hashOf(summary, summaries[sourceLocale]),
      },
    ]
  })
}
