import { and, asc, eq, gt, inArray, notInArray, sql } from 'drizzle-orm'
import type { Queryable } from '#db/client.ts'
import { agreementImportRows, agreementImports } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { referenceKey } from '#features/agreements/reference.ts'
import { toColumns } from '#platform/partial-date.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { type CheckedRow, checkRow } from './check-row.ts'
import { type Candidate, readKnown, readTwins } from './known.ts'
import type { RowProblem } from './model.ts'
import type { OnProgress } from './read-steps.ts'
import type { RowSetting } from './row-draft.ts'
import { foldName } from './words-in-cells.ts'

/** What became of a row's check. */
export interface Outcome {
  readonly number: number
  readonly state: 'ready' | 'wrong' | 'same'
  readonly checked: CheckedRow
  readonly problems: readonly RowProblem[]
  readonly referenceKey: string | null
  readonly hash: string | null
  readonly agreementId: string | null
}

export interface StagedRow {
  readonly number: number
  readonly cells: readonly string[]
}

export interface Batch {
  readonly id: string
  readonly headerRow: number
  readonly headerRows: number
}

const rowsAtOnce = 500

/** Rows of some states, a page at a time in the order of the file; those that are headings are passed over. */
export async function* stagedRows(
  database: Queryable,
  batch: Batch,
  states: readonly ('unchecked' | 'ready' | 'wrong' | 'same')[],
): AsyncGenerator<StagedRow[]> {
  let last = batch.headerRow + batch.headerRows - 1
  for (;;) {
    const rows = await database
      .select({ number: agreementImportRows.number, cells: agreementImportRows.cells })
      .from(agreementImportRows)
      .where(
        and(
          eq(agreementImportRows.importId, batch.id),
          gt(agreementImportRows.number, last),
          inArray(agreementImportRows.state, [...states]),
        ),
      )
      .orderBy(asc(agreementImportRows.number))
      .limit(rowsAtOnce)
    if (rows.length === 0) return
    yield rows
    last = rows.at(-1)?.number ?? last
  }
}

/** Checks rows, in the order of the file, and looks up whether the register or the file above knows them. */
export async function outcomesOf(
  database: Queryable,
  actor: Actor,
  importId: string,
  rows: readonly StagedRow[],
  setting: RowSetting,
): Promise<Outcome[]> {
  const all = rows.map(({ number, cells }) => {
    const checked = checkRow(cells, setting)
    return { checked, candidate: candidateOf(number, checked) }
  })
  const candidates = all.map(({ candidate }) => candidate)
  const known = await readKnown(database, actor, importId, candidates)
  const twins = await readTwins(database, importId, candidates)
  const [numbers, hashes] = [new Map(twins.byNumber), new Map(twins.byHash)]
  return all.map(({ checked, candidate }) => {
    const { number, referenceKey: key, hash } = candidate
    const twin = key === null ? hashes.get(hash ?? '') : numbers.get(key)
    const common = { number, checked, referenceKey: key, hash }
    const wrong = (problems: readonly RowProblem[]): Outcome => ({
      ...common,
      state: 'wrong',
      problems,
      agreementId: null,
    })
    const same = (agreementId: string): Outcome => ({ ...common, state: 'same', problems: [], agreementId })
    if (twin !== undefined && twin < number) {
      const code = key === null ? 'import_row_twice' : 'import_number_twice'
      return wrong([...checked.problems, { key: key === null ? 'row' : 'reference', code, params: { row: twin } }])
    }
    if (key !== null) numbers.set(key, number)
    else if (hash !== null) hashes.set(hash, number)
    const before = hash === null ? undefined : known.byHash.get(hash)
    if (before !== undefined) return same(before)
    const owner = key === null ? undefined : known.byNumber.get(key)
    if (owner !== undefined) {
      const isSame = owner.id !== undefined && owner.titles.some((title) => foldName(title) === foldName(checked.title))
      if (isSame && owner.id !== undefined) return same(owner.id)
      const code = owner.id === undefined ? 'reference_taken' : 'import_number_known'
      return wrong([...checked.problems, { key: 'reference', code, params: { title: owner.titles[0] ?? '' } }])
    }
    const titled = known.byTitle.get(number)
    if (titled !== undefined) return same(titled)
    if (checked.problems.length > 0) return wrong(checked.problems)
    return { ...common, state: 'ready', problems: [], agreementId: null }
  })
}

function candidateOf(number: number, checked: CheckedRow): Candidate {
  const reference = normaliseText(checked.reference)
  return {
    number,
    referenceKey: reference === '' ? null : referenceKey(reference),
    hash: checked.hash ?? null,
    title: normaliseText(checked.title),
    kind: checked.kind,
    sourceLocale: checked.sourceLocale,
    signed: checked.words === undefined ? null : toColumns(checked.words.signed ?? undefined).date,
  }
}

/** Puts what was found about rows on record. */
export async function writeOutcomes(
  database: Queryable,
  importId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  const rows = outcomes.map(({ number, state, problems, referenceKey: key, hash, agreementId }) => ({
    ...{ number, state, problems: problems.length === 0 ? null : problems, reference_key: key, hash },
    agreement_id: agreementId,
  }))
  await database.execute(sql`
    update ${agreementImportRows} set state = found.state, problems = found.problems,
      reference_key = found.reference_key, hash = found.hash, agreement_id = found.agreement_id
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as found(number int, state text, problems jsonb, reference_key text, hash text, agreement_id uuid)
    where ${agreementImportRows.importId} = ${importId} and ${agreementImportRows.number} = found.number
      and ${agreementImportRows.state} not in ('done', 'left')`)
}

/** Checks every row of the batch that is not committed or left out, some at a time. Commits and changes nothing else. */
export async function checkBatch(
  database: Queryable,
  actor: Actor,
  batch: Batch,
  setting: RowSetting,
  onProgress: OnProgress,
): Promise<void> {
  await database
    .update(agreementImportRows)
    .set({ state: 'unchecked', referenceKey: null, hash: null, problems: null, agreementId: null })
    .where(
      and(
        eq(agreementImportRows.importId, batch.id),
        notInArray(agreementImportRows.state, ['done', 'left', 'unchecked']),
      ),
    )
  let [done, confidential] = [0, false]
  for await (const rows of stagedRows(database, batch, ['unchecked'])) {
    const outcomes = await outcomesOf(database, actor, batch.id, rows, setting)
    await writeOutcomes(database, batch.id, outcomes)
    confidential ||= outcomes.some(({ checked }) => checked.confidential)
    done += rows.length
    await onProgress(done)
  }
  await database.update(agreementImports).set({ confidential }).where(eq(agreementImports.id, batch.id))
}
