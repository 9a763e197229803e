import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  agreementFinding,
  agreementImportRows,
  agreementImports,
  agreementImportWork,
  agreements,
  agreementTransitions,
  auditEvents,
  partners,
  partnerTexts,
  vocabularies,
} from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { discardImport, mendRow, placeHeader, startImport, takeColumns } from '#features/agreement-imports/commands.ts'
import { importFile, type FileImport } from '#features/agreement-imports/file-commands.ts'
import { mappingFile, parseMapping } from '#features/agreement-imports/mapping-file.ts'
import { cellsKey, type ImportSettings, settingsFrom } from '#features/agreement-imports/model.ts'
import { countsOf, requireImport, requireRow, wrongRows } from '#features/agreement-imports/queries.ts'
import { workImport, type WorkContext } from '#features/agreement-imports/work-commands.ts'
import { newId } from '#platform/ids.ts'
import { openStorage } from '#platform/storage/open.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { csvOf, sampleFile } from '#tests/support/sample-sheets.ts'

type Staff = Extract<Actor, { kind: 'user' }>

const db = useDatabase()
let dataDir: string
let context: ReturnType<typeof testContext> & WorkContext
let officer: Staff

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yunqiao-imports-'))
  context = { ...testContext(db), storage: await openStorage({ dataDir, bucket: undefined }) }
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const headings = ['Reference number', 'Agreement title', 'Kind', 'Party A', 'Party B', 'Signed', 'State', 'Visibility']
const line = (changes: Partial<Record<number, string>> = {}) =>
  ['R-1', 'One', 'Cooperation agreement', 'Alpha', 'Beta', '2026-05-01', 'In force', 'Internal'].map(
    (cell, index) => changes[index] ?? cell,
  )
const csv = (...rows: readonly (readonly string[])[]) => csvOf([headings, ...rows])

async function start(text: string, actor: Actor = officer): Promise<string> {
  const path = sampleFile('register.csv', text)
  const staged = await context.storage.stage(createReadStream(path))
  const file = { ...staged, name: 'register.csv' }
  const id = await startImport(context, actor, { token: newId(), file, locale: 'en' })
  await staged.discard()
  await workImport(context, actor, { id, commit: false })
  return id
}

async function check(id: string, changes: Partial<ImportSettings> = {}, actor: Actor = officer): Promise<void> {
  const { settings, version } = await requireImport(db.database, actor, id)
  const now = { ...settingsFrom(settings), ...changes }
  await takeColumns(context, actor, { id, version, settings: now, holdsNoSecrets: true })
  await workImport(context, actor, { id, commit: false })
}

const commit = (id: string, actor: Actor = officer) => workImport(context, actor, { id, commit: true })
const codesOf = async (id: string) =>
  (await Array.fromAsync(wrongRows(db.database, id))).map(({ number, problems }) => [
    number,
    ...problems.map(({ key, code }) => `${key} ${code}`),
  ])
const total = async (table: typeof agreements | typeof auditEvents | typeof agreementTransitions) =>
  (await db.database.select({ n: count() }).from(table))[0]?.n

describe('a batch', () => {
  test('is checked by the rules for every agreement, and what is right becomes agreements as if recorded by hand', async () => {
    const id = await start(
      csv(line(), line({ 0: 'R-2', 2: 'no such kind', 5: '2026-02-30' }), line({ 0: '', 1: 'Three', 6: 'Draft' })),
    )
    await check(id)
    expect((await codesOf(id)).map((found) => found.toSorted())).toEqual([
      [3, 'kind unknown_choice', 'signed date_no_such_day'],
    ])
    expect(await total(agreements)).toBe(0)
    expect(await commit(id)).toBe(2)
    expect(await countsOf(db.database, id)).toMatchObject({ done: 2, wrong: 1 })
    const rows = await db.database.select().from(agreements).orderBy(agreements.reference)
    expect(rows.map(({ reference, state, officerId, createdBy }) => [reference, state, officerId, createdBy])).toEqual([
      ['R-1', 'in_force', officer.id, officer.id],
      [null, 'draft', officer.id, officer.id],
    ])
    expect(
      rows.every(
        ({ secrecyDeclaredAt, secrecyDeclaredBy }) => secrecyDeclaredAt !== null && secrecyDeclaredBy === officer.id,
      ),
    ).toBe(true)
    expect(await total(agreementTransitions)).toBe(2)
    expect(await db.database.select().from(agreementFinding)).toHaveLength(2)
    const events = await db.database.select().from(auditEvents).where(eq(auditEvents.subjectKind, 'agreement'))
    expect(events.map(({ action }) => action).sort()).toEqual(['agreement.enter', 'agreement.record'])
  })

  test('needs the declaration that it holds no secrets', async () => {
    const id = await start(csv(line()))
    const { settings, version } = await requireImport(db.database, officer, id)
    const input = { id, version, settings: settingsFrom(settings), holdsNoSecrets: false }
    await expect(takeColumns(context, officer, input)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(commit(id)).resolves.toBe(0)
    expect(await total(agreements)).toBe(0)
  })

  test('asks which of day and month comes first', async () => {
    const id = await start(csv(line({ 5: '01/05/2569' })))
    await check(id)
    expect(await codesOf(id)).toEqual([[2, 'signed date_ambiguous']])
    await check(id, { dayOrder: 'day' })
    await commit(id)
    const [row] = await db.database.select().from(agreements)
    expect(row?.signed).toBe('2026-05-01')
  })

  test('is mended row by row, and rows are left out and taken back', async () => {
    const id = await start(csv(line({ 2: '?' }), line({ 0: 'R-2' })))
    await check(id)
    const row = await requireRow(db.database, id, 2)
    const key = cellsKey(row.cells)
    const mended = { id, number: 2, cellsKey: key, left: false }
    expect(await mendRow(context, officer, { ...mended, cells: line() })).toBe('ready')
    await expect(mendRow(context, officer, { ...mended, cells: line() })).rejects.toMatchObject({
      code: 'stale_version',
    })
    const other = { id, number: 3, cellsKey: cellsKey(line({ 0: 'R-2' })) }
    expect(await mendRow(context, officer, { ...other, left: true })).toBe('left')
    expect(await commit(id)).toBe(1)
    expect(await mendRow(context, officer, { ...other, left: false })).toBe('ready')
    expect(await commit(id)).toBe(1)
  })

  test('finds twins in the file and numbers of others in the register', async () => {
    const first = await start(csv(line()))
    await check(first)
    await commit(first)
    const id = await start(
      csv(line({ 1: 'Another' }), line({ 0: 'R-2' }), line({ 0: ' r－2' }), line({ 0: '' }), line({ 0: '' })),
    )
    await check(id)
    expect(await codesOf(id)).toEqual([
      [2, 'reference import_number_known'],
      [4, 'reference import_number_twice'],
      [6, 'row import_row_twice'],
    ])
  })

  test('changes nothing a second time, with numbers and without', async () => {
    const text = csv(line(), line({ 0: '', 1: 'Without a number' }))
    const first = await start(text)
    await check(first)
    expect(await commit(first)).toBe(2)
    const before = [await total(agreements), await total(auditEvents)]
    expect(await commit(first)).toBe(0)
    expect([await total(agreements), await total(auditEvents)]).toEqual(before)
    const second = await start(text)
    expect(second).not.toBe(first)
    await check(second)
    expect(await countsOf(db.database, second)).toMatchObject({ same: 2, ready: 0, wrong: 0 })
    expect(await commit(second)).toBe(0)
    expect(await total(agreements)).toBe(2)
  })

  test('goes on where the same file waits already', async () => {
    const text = csv(line({ 2: '?' }))
    const id = await start(text)
    await check(id)
    expect(await start(text)).toBe(id)
  })

  test('that two people commit at once is committed once', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => line({ 0: `R-${n}`, 1: `Title ${n}` }))
    const id = await start(csv(...rows))
    await check(id)
    const other = await sampleUser(context, 'other@example.org', 'administrator')
    const added = await Promise.all([commit(id), commit(id, other)])
    expect(added.toSorted((a, b) => a - b)).toEqual([0, 30])
    expect(await total(agreements)).toBe(30)
  })

  test('that breaks off while it is committed is as before', async () => {
    const rows = Array.from({ length: 1200 }, (_, n) => line({ 0: `R-${n}`, 1: `Title ${n}` }))
    const id = await start(csv(...rows))
    await check(id)
    const events = await total(auditEvents)
    const broken = {
      ...context,
      clock: {
        ...context.clock,
        // The process dies after the first five hundred: everything after is an error.
        now: (() => {
          let calls = 0
          return () => {
            calls += 1
            if (calls > 3) throw new Error('killed')
            return context.clock.now()
          }
        })(),
      },
    }
    await expect(workImport(broken, officer, { id, commit: true })).rejects.toThrow('killed')
    expect([await total(agreements), await total(auditEvents)]).toEqual([0, events])
    expect(await countsOf(db.database, id)).toMatchObject({ ready: 1200, done: 0 })
    expect(await commit(id)).toBe(1200)
  })

  test('is not worked on by two at once; silence of a minute ends a claim', async () => {
    const id = await start(csv(line()))
    await check(id)
    const at = context.clock.now()
    await db.database.insert(agreementImportWork).values({ importId: id, stage: 'commit', at: at.toString() })
    expect(await commit(id)).toBe(0)
    await db.database.update(agreementImportWork).set({ at: at.subtract({ seconds: 61 }).toString() })
    expect(await commit(id)).toBe(1)
  })

  test('with something confidential is for who made it alone', async () => {
    const other = await sampleUser(context, 'other@example.org', 'administrator')
    const id = await start(csv(line({ 7: 'confidential' })))
    await expect(requireImport(db.database, other, id)).rejects.toMatchObject({ code: 'not_found' })
    await check(id)
    await expect(requireImport(db.database, other, id)).rejects.toMatchObject({ code: 'not_found' })
    await commit(id)
    const again = await start(csv(line({ 0: 'R-9' })))
    await check(again)
    await expect(requireImport(db.database, other, again)).resolves.toMatchObject({ id: again })
    // What somebody may not see is known to them by nothing but that its number is taken.
    const theirs = await start(csv(line({ 1: 'Something' })), other)
    await check(theirs, {}, other)
    expect(await codesOf(theirs)).toEqual([[2, 'reference reference_taken']])
  })

  test('is discarded with its rows, and its file is in no record any more', async () => {
    const id = await start(csv(line()))
    await discardImport(context, officer, id)
    expect(await db.database.select().from(agreementImports)).toEqual([])
    expect(await db.database.select().from(agreementImportRows)).toEqual([])
  })

  test('is nobody’s but of those who may import', async () => {
    const reader = await sampleUser(context, 'reader@example.org', 'reader')
    await expect(start(csv(line()), reader)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('columns', () => {
  test('are kept for the next file, and found in two rows of headings', async () => {
    const rows = [
      ['Register of agreements'],
      ['Agreement', '', 'Party A', '', 'Dates'],
      ['Reference number', 'Agreement title', 'Name', 'Country', 'Signed', 'Nonsense'],
      ['R-1', 'One', 'Alpha', '', '2026', 'x'],
    ]
    const id = await start(csvOf(rows))
    const { headings: found, headerRow, headerRows, version } = await requireImport(db.database, officer, id)
    expect([headerRow, headerRows]).toEqual([3, 1])
    await placeHeader(context, officer, { id, version, row: 2, rows: 2 })
    const again = await requireImport(db.database, officer, id)
    expect(again.headings).toEqual([
      'Reference number',
      'Agreement title',
      'Party A Name',
      'Party A Country',
      'Signed',
      'Dates Nonsense',
    ])
    expect(found).toContain('Nonsense')
    const columns = ['reference', 'title', 'parties', 'party_countries', 'signed', ''] as const
    await check(id, { columns: [...columns], kind: 'cooperation_agreement' })
    expect(await countsOf(db.database, id)).toMatchObject({ ready: 1 })
    const next = await start(csvOf([...rows, ['R-2', 'Two', 'Beta', '', '2026']]))
    const { version: v } = await requireImport(db.database, officer, next)
    await placeHeader(context, officer, { id: next, version: v, row: 2, rows: 2 })
    const taken = settingsFrom((await requireImport(db.database, officer, next)).settings)
    expect(taken.columns).toEqual(columns)
  })

  test('of partners are matched by name in any language, with candidates where a name is only like others', async () => {
    const ids = [newId(), newId()]
    await db.database
      .insert(vocabularies)
      .values({ kind: 'country', code: 'TH', position: 0, content: { en: 'Thailand' } })
    await db.database.insert(partners).values(
      ids.map((id, n) => ({
        ...{ id, slug: `partner-${n}`, state: 'published' as const, kind: 'university', side: 'abroad' },
        ...{ standing: 'listed', country: 'TH', sourceLocale: 'en' },
      })),
    )
    await db.database.insert(partnerTexts).values([
      { partnerId: ids[0]!, locale: 'en', name: 'Sample University of the North' },
      { partnerId: ids[0]!, locale: 'th', name: 'มหาวิทยาลัยตัวอย่างภาคเหนือ' },
      { partnerId: ids[1]!, locale: 'en', name: 'Another Institute' },
    ])
    const text = csv(
      line({ 3: 'มหาวิทยาลัยตัวอย่างภาคเหนือ', 4: 'Nobody Knows' }),
      line({ 0: 'R-2', 3: 'Sample Univ. of the North' }),
    )
    const id = await start(text)
    await check(id)
    expect(await codesOf(id)).toEqual([[3, 'parties import_partner']])
    await check(id, { partners: { sampleunivofthenorth: ids[0]! } })
    expect(await countsOf(db.database, id)).toMatchObject({ ready: 2 })
    const batch = await requireImport(db.database, officer, id)
    const file = await mappingFile(db.database, batch, settingsFrom(batch.settings))
    expect(file.partners).toEqual({ sampleunivofthenorth: 'partner-0' })
    expect(parseMapping(JSON.stringify(file))).toEqual(file)
  })
})

describe('the command line', () => {
  const run = async (text: string, more: Partial<FileImport> = {}) => {
    const lines: string[] = []
    const report = await importFile(
      context,
      { kind: 'command_line' },
      {
        ...{ path: sampleFile('a.csv', text), fileName: 'a.csv', mapping: {}, dryRun: false, locale: 'en' },
        onProgress: () => undefined,
        onRead: () => undefined,
        onProblem: (row, heading, { code }) => lines.push(`${row} ${heading} ${code}`),
        ...more,
      },
    )
    return { ...report, lines }
  }

  test('tries out and leaves nothing behind', async () => {
    const { lines, counts } = await run(csv(line(), line({ 0: 'R-2', 5: '1/2/2026' })), { dryRun: true })
    expect(lines).toEqual(['3 Signed date_ambiguous'])
    expect(counts).toMatchObject({ ready: 1, wrong: 1 })
    expect(await db.database.select().from(agreementImports)).toEqual([])
    expect(await total(agreements)).toBe(0)
  })

  test('imports what is right, goes on with the rest, and changes nothing a second time', async () => {
    const text = csv(line(), line({ 0: 'R-2', 5: '1/2/2026' }))
    const first = await run(text)
    expect([first.added, first.counts.wrong]).toEqual([1, 1])
    const second = await run(text)
    expect([second.added, second.importId]).toEqual([0, first.importId])
    const third = await run(text, { mapping: { dayOrder: 'month' } })
    expect([third.added, third.counts.wrong]).toEqual([1, 0])
    const fourth = await run(text)
    expect([fourth.added, fourth.lines]).toEqual([0, []])
    expect(await total(agreements)).toBe(2)
  })

  test('takes a mapping that fits, and no other', async () => {
    const text = csvOf([
      ['A', 'B'],
      ['R-1', 'One'],
    ])
    const mapping = { headerRow: 1, columns: { A: 'reference', B: 'title_en' }, kind: 'letter_of_intent' } as const
    expect((await run(text, { mapping })).added).toBe(1)
    await expect(run(text, { mapping: { columns: { C: 'reference' } } })).rejects.toThrow('columns: C')
    await expect(run(`${text}\r\n`)).resolves.toMatchObject({ added: 0 })
    expect(() => parseMapping('{"columns":{"A":"nonsense"}}')).toThrow(/columns\.A/)
  })
})
