import { inArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Queryable } from '#db/client.ts'
import { partners } from '#db/schema/index.ts'
import { type ImportSettings, justName, settingsShape, type Target, targets } from './model.ts'
import { foldName } from './words-in-cells.ts'

const { dayOrder, sourceLocale, kind, state, visibility, currency, amountUnit } = settingsShape

/** A mapping as a file: the same as on the page, columns by their headings and partners by their addresses. */
const fileSchema = z
  .strictObject({
    sheet: z.string(),
    headerRow: z.int().min(1).max(10_000),
    headerRows: z.union([z.literal(1), z.literal(2)]),
    /** By heading: what the column is taken for; empty: it is not read. */
    columns: z.record(z.string(), z.union([z.literal(''), z.enum(targets as [Target, ...Target[]])])),
    ...{ dayOrder, sourceLocale, kind, state, visibility, currency, amountUnit },
    /** By name: the partner's slug; empty: no partner of the register. */
    partners: z.record(z.string(), z.string()),
  })
  .partial()

export type MappingFile = z.infer<typeof fileSchema>

/** What is wrong with a mapping file: where, and what the schema says. */
export class MappingError extends Error {
  override name = 'MappingError'
}

/** @throws MappingError with one line */
export function parseMapping(text: string): MappingFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new MappingError(error instanceof Error ? error.message : String(error))
  }
  const parsed = fileSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new MappingError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

/** Settings with what a file says put over them. @throws MappingError for headings and partners that are not there */
export async function withMapping(
  database: Queryable,
  settings: ImportSettings,
  headings: readonly string[],
  file: MappingFile,
): Promise<ImportSettings> {
  const { columns = {}, partners: named = {}, sheet: _, headerRow: _row, headerRows: _rows, ...others } = file
  const folded = new Map(headings.map((heading, column) => [foldName(heading), column]))
  const taken = [...settings.columns]
  for (const [heading, target] of Object.entries(columns)) {
    const column = folded.get(foldName(heading))
    if (column === undefined) throw new MappingError(`columns: ${heading}`)
    taken[column] = target
  }
  const slugs = [...new Set(Object.values(named))].filter((slug) => slug !== '')
  const rows =
    slugs.length === 0
      ? []
      : await database
          .select({ id: partners.id, slug: partners.slug })
          .from(partners)
          .where(inArray(partners.slug, slugs))
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]))
  const missing = slugs.find((slug) => !ids.has(slug))
  if (missing !== undefined) throw new MappingError(`partners: ${missing}`)
  const chosen = Object.entries(named).map(([name, slug]): [string, string] => [
    foldName(name),
    ids.get(slug) ?? justName,
  ])
  const said = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined))
  return { ...settings, ...said, columns: taken, partners: { ...settings.partners, ...Object.fromEntries(chosen) } }
}

/** The mapping of a batch as a file. */
export async function mappingFile(
  database: Queryable,
  batch: {
    readonly sheet: string
    readonly headerRow: number
    readonly headerRows: number
    readonly headings: readonly string[]
  },
  settings: ImportSettings,
): Promise<MappingFile> {
  const ids = [...new Set(Object.values(settings.partners))].filter((id) => id !== justName)
  const rows =
    ids.length === 0
      ? []
      : await database.select({ id: partners.id, slug: partners.slug }).from(partners).where(inArray(partners.id, ids))
  const slugs = new Map(rows.map(({ id, slug }) => [id, slug]))
  const { columns, partners: chosen, ...others } = settings
  return {
    ...(batch.sheet === '' ? {} : { sheet: batch.sheet }),
    headerRow: batch.headerRow,
    headerRows: batch.headerRows === 2 ? 2 : 1,
    columns: Object.fromEntries(batch.headings.map((heading, index) => [heading, columns[index] ?? ''])),
    ...others,
    partners: Object.fromEntries(Object.entries(chosen).map(([name, id]) => [name, slugs.get(id) ?? ''])),
  }
}
