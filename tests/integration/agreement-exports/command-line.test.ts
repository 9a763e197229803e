import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CommandRun, UsageError } from '#cli/command.ts'
import { agreementsExport } from '#cli/commands/agreements-export.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { writeWhole } from '#features/agreement-exports/file.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { readCsv, readSheet } from '#tests/support/exports.ts'
import { problemsOfPackage } from '#tests/support/ocds/validator.ts'

const db = useDatabase()
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yunqiao-export-'))
  const words = sampleWords({ visibility: 'confidential' })
  const entered = { token: newId(), words, state: 'in_force', holdsNoSecrets: true }
  await recordAgreement(testContext(db), { kind: 'command_line' }, entered)
})
afterEach(() => rm(folder, { recursive: true }))

async function run(options: CommandRun['options'], locale: 'en' | 'vi' = 'en') {
  const lines: string[] = []
  const code = await agreementsExport.run({
    context: testContext(db) as unknown as CommandRun['context'],
    options,
    words: [],
    locale,
    t: translator(locale),
    print: (line) => lines.push(line),
    readInput: () => Promise.resolve(''),
  })
  return { code, lines }
}
const file = (name: string) => path.join(folder, name)

test('without --all what is released, with it everything', async () => {
  const out = file('list.csv')
  expect(await run({ format: 'csv', out })).toEqual({ code: 0, lines: [`0 agreements written to ${out}.`] })
  expect(readCsv(await readFile(out))).toEqual([])
  expect(await run({ format: 'csv', out, all: true })).toEqual({ code: 0, lines: [`1 agreement written to ${out}.`] })
  expect(readCsv(await readFile(out))).toHaveLength(1)
  expect(await readdir(folder)).toEqual(['list.csv'])
})

test('in the language of the operator, or another that is asked for; folders are made', async () => {
  await run({ format: 'xlsx', out: file('of/ours/list.xlsx'), all: true }, 'vi')
  expect(await readSheet(await readFile(file('of/ours/list.xlsx')))).toMatchObject([
    { 'Số hiệu': '云科合〔2026〕12号' },
  ])
  await run({ format: 'xlsx', out: file('list.xlsx'), all: true, locale: 'zh' }, 'vi')
  expect(await readSheet(await readFile(file('list.xlsx')))).toMatchObject([{ 编号: '云科合〔2026〕12号' }])
})

test('OCDS says that the prefix belongs to nobody yet', async () => {
  const { code, lines } = await run({ format: 'ocds', out: file('ocds.json'), all: true })
  expect([code, lines.length, lines[1]]).toEqual([0, 2, expect.stringContaining('ocds-000000')])
  expect(problemsOfPackage(JSON.parse(await readFile(file('ocds.json'), 'utf8')))).toEqual([])
})

test('what cannot be understood is a usage error', async () => {
  await expect(run({ format: 'pdf', out: file('list.pdf') })).rejects.toThrow(UsageError)
  await expect(run({ format: 'csv', out: file('list.csv'), locale: 'fr' })).rejects.toThrow(UsageError)
  expect(await readdir(folder)).toEqual([])
})

test('a file that cannot be written is said so', async () => {
  await writeFile(file('taken'), 'a file, not a folder')
  const { code, lines } = await run({ format: 'csv', out: file('taken/list.csv') })
  expect(code).toBe(1)
  expect(lines).toEqual([expect.stringMatching(/^Nothing was written: ENOTDIR|EEXIST/)])
})

test('what fails half-way, or is stopped, leaves the former file and nothing beside it', async () => {
  const out = file('list.json')
  await writeFile(out, 'the former one')
  async function* broken() {
    yield 'half of '
    await Promise.resolve()
    throw new Error('the database went away')
  }
  await expect(writeWhole(out, Readable.from(broken()))).rejects.toThrow('the database went away')
  const stop = new AbortController()
  async function* endless() {
    for (let n = 0; ; n += 1) {
      if (n === 3) stop.abort()
      await new Promise(setImmediate)
      yield 'more and '
    }
  }
  await expect(writeWhole(out, Readable.from(endless()), stop.signal)).rejects.toThrow()
  expect([await readdir(folder), await readFile(out, 'utf8')]).toEqual([['list.json'], 'the former one'])
})

test('two at once to one name: the file of one of them, whole', async () => {
  const out = file('list.txt')
  const long = (word: string) => Readable.from(Array.from({ length: 1000 }, () => word.repeat(100)))
  const results = await Promise.allSettled([writeWhole(out, long('a')), writeWhole(out, long('b'))])
  expect(results.some(({ status }) => status === 'fulfilled')).toBe(true)
  expect(await readFile(out, 'utf8')).toMatch(/^(?:a{100000}|b{100000})$/)
})
