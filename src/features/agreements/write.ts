import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { agreementFacilities, agreementLabs, type agreements, agreementTexts, textRevisions } from '#db/schema/index.ts'
import { sourceHash } from '#features/publications/texts.ts'
import { locales } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import { toColumns } from '#platform/partial-date.ts'
import type { AgreementWords } from './model.ts'
import { referenceKey } from './reference.ts'
import { refreshTokens } from './search-steps.ts'
import { termColumns } from './term-columns.ts'

/** The columns of `agreements` that hold the words which are no texts. */
export function columnsOf(words: AgreementWords) {
  const signed = toColumns(words.signed ?? undefined)
  return {
    kind: words.kind,
    visibility: words.visibility,
    sourceLocale: words.sourceLocale,
    reference: words.reference,
    referenceKey: words.reference === null ? null : referenceKey(words.reference),
    signed: signed.date,
    signedPrecision: signed.precision,
    ...termColumns(words),
    officerId: words.officerId,
    authenticLanguages: [...words.authenticLanguages],
    prevailingLanguage: words.prevailingLanguage,
    technologyAmount: words.technologyAmount,
    registrationNumber: words.registrationNumber,
    valueAmount: words.value?.amount ?? null,
    valueCurrency: words.value?.currency ?? null,
    fields: [...words.fields],
  } satisfies Partial<typeof agreements.$inferInsert>
}

interface Writer {
  readonly at: Temporal.Instant
  readonly by: string | null
}

/** Writes which labs and facilities the agreement is about. */
export async function writeLinks(tx: Transaction, agreementId: string, words: AgreementWords): Promise<void> {
  await tx.delete(agreementLabs).where(eq(agreementLabs.agreementId, agreementId))
  await tx.delete(agreementFacilities).where(eq(agreementFacilities.agreementId, agreementId))
  if (words.labs.length > 0) {
    await tx.insert(agreementLabs).values(words.labs.map((labId) => ({ agreementId, labId })))
  }
  if (words.facilities.length > 0) {
    await tx.insert(agreementFacilities).values(words.facilities.map((facilityId) => ({ agreementId, facilityId })))
  }
}

type TextRow = typeof agreementTexts.$inferSelect

const textFields = [
  ['title', 'titles'],
  ['summary', 'summaries'],
] as const

/**
 * Writes titles, in the site's languages and any other, and summaries. The source language's words are the office's own; a translation keeps the hash of the
 * source words that it was made from, so one that is left alone while the source changes becomes stale. Former words
 * are kept as revisions. Comes last of an agreement's words: what it is found by is brought in line with all of them.
 */
export async function writeTexts(
  tx: Transaction,
  agreementId: string,
  words: AgreementWords,
  writer: Writer,
): Promise<void> {
  const before = await tx.select().from(agreementTexts).where(eq(agreementTexts.agreementId, agreementId))
  const further = [...Object.keys(words.titles), ...before.map((row) => row.locale)]
  for (const locale of new Set([...locales, ...further])) {
    const old = before.find((row) => row.locale === locale)
    const row: TextRow = {
      agreementId,
      locale,
      updatedAt: writer.at.toString(),
      title: null,
      titleStatus: null,
      titleSourceHash: null,
      titleOfficial: words.officialTitles.includes(locale) && words.titles[locale] !== undefined,
      summary: null,
      summaryStatus: null,
      summarySourceHash: null,
    }
    let changed = old !== undefined && old.titleOfficial !== row.titleOfficial
    for (const [field, group] of textFields) {
      const value = (words[group] as Readonly<Partial<Record<string, string>>>)[locale] ?? null
      const source = words[group][words.sourceLocale]
      const isSource = locale === words.sourceLocale
      const madeFrom = old?.[`${field}SourceHash`] ?? null
      const sameLanguages = isSource ? madeFrom === null : madeFrom !== null || source === undefined
      const kept = old?.[field] === value && sameLanguages
      if (value !== null) {
        const hash = isSource || source === undefined ? null : sourceHash(source)
        row[field] = value
        row[`${field}Status`] = kept && old ? old[`${field}Status`] : isSource ? 'reviewed' : 'draft'
        row[`${field}SourceHash`] = kept && old ? old[`${field}SourceHash`] : hash
      }
      if (old !== undefined && old[field] !== null && old[field] !== value) await keepRevision(tx, old, field, writer)
      changed ||= !kept
    }
    if (row.title === null && row.summary === null) {
      if (old !== undefined) {
        await tx
          .delete(agreementTexts)
          .where(and(eq(agreementTexts.agreementId, agreementId), eq(agreementTexts.locale, locale)))
      }
    } else if (changed) {
      await tx
        .insert(agreementTexts)
        .values(row)
        .onConflictDoUpdate({ target: [agreementTexts.agreementId, agreementTexts.locale], set: row })
    }
  }
  await refreshTokens(tx, [agreementId])
}

async function keepRevision(tx: Transaction, old: TextRow, field: 'title' | 'summary', { at, by }: Writer) {
  await tx.insert(textRevisions).values({
    id: newId(),
    recordKind: 'agreement',
    recordId: old.agreementId,
    locale: old.locale,
    field,
    value: old[field],
    status: old[`${field}Status`],
    replacedAt: at.toString(),
    replacedBy: by,
  })
}
