import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UsageError } from '#cli/command.ts'
import { commands } from '#cli/commands.ts'
import { brief } from '#cli/commands/brief.ts'
import { parseCall } from '#cli/parse.ts'
import { importContent } from '#features/content/commands.ts'
import { projectRoot } from '#platform/config.ts'
import { translator } from '#platform/i18n/translate.ts'
import { runCommand } from '#tests/support/command-line.ts'
import { testContext } from '#tests/support/context.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { pdftotext, pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'
import { packRecord } from './pack.ts'

let db: TestDatabase
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yunqiao-briefs-'))
  db = await openTestDatabase()
  await db.reset()
  await importContent(testContext(db), { kind: 'command_line' }, join(projectRoot, 'content'))
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

const run = (options: Record<string, string>) => runCommand(db, brief, options)

test.each([
  ['partner', 'partners', 'chulalongkorn-university', 'th'],
  ['lab', 'labs', 'lao-rubber-industry-research-institute', 'my'],
  ['facility', 'facilities', 'china-asean-innovation-centre', 'vi'],
  ['agreement', 'agreements', 'walailak-university-yunnan-university-2025', 'zh'],
] as const)('a brief of a %s is written as a PDF, folders and all', async (kind, of, slug, locale) => {
  const out = join(folder, kind, 'of a delegation', `${slug}.pdf`)
  const { code, lines } = await run({ kind, slug, locale, out })
  expect(code).toBe(0)
  const pdf = readFileSync(out)
  expect(lines).toEqual([`${out}: ${Math.ceil(pdf.length / 1024)} KB`])
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  const words = pdftotext(pdf).replaceAll(/\s+/gu, '')
  const { name, summary } = packRecord(of, slug)
  for (const said of [name[locale], summary[locale]]) expect(words).toContain(said?.replaceAll(/\s+/gu, ''))
  expect(pdftotextWhole(pdf)).toContain(translator(locale)('common:site.name'))
})

test.each([
  ['country', 'la', 'my,zh', ['老挝', 'လာအို']],
  ['country', 'mv', 'en', ['Maldives']],
  ['partner', 'chulalongkorn-university', 'th,vi', ['จุฬาลงกรณ์มหาวิทยาลัย', 'Đại học Chulalongkorn']],
  ['catalogue', undefined, 'zh,en', ['三中心', 'China–ASEAN Innovation Centre']],
  ['register', undefined, 'vi', ['Sổ đăng ký thỏa thuận công khai']],
] as const)('a brief of a %s (%s) in %s', async (kind, slug, locale, said) => {
  const out = join(folder, `${kind}-${locale}.pdf`)
  const { code } = await run({ kind, ...(slug !== undefined && { slug }), locale, out })
  expect(code).toBe(0)
  const words = pdftotextWhole(readFileSync(out)).replaceAll(/\s+/gu, '')
  for (const word of said) expect(words).toContain(word.replaceAll(/\s+/gu, ''))
})

test('what is not there is told, and no file is made', async () => {
  const out = join(folder, 'nothing.pdf')
  await expect(run({ kind: 'country', slug: 'zz', locale: 'en', out })).rejects.toMatchObject({ code: 'not_found' })
  for (const kind of ['partner', 'lab', 'facility', 'agreement', 'country']) {
    await expect(run({ kind, slug: 'nobody', locale: 'en', out })).rejects.toMatchObject({ code: 'not_found' })
  }
  expect(() => readFileSync(out)).toThrow('ENOENT')
})

test('what cannot be understood is a usage error', async () => {
  const given = { kind: 'partner', slug: 'yunnan-university', locale: 'en', out: join(folder, 'nothing.pdf') }
  const languages = '--locale must be one of zh, en, th, vi, my, or two different ones: my,zh'
  for (const [change, message] of [
    [{ kind: 'event' }, '--kind must be one of partner, lab, facility, country, catalogue, agreement, register'],
    [{ kind: 'register' }, '--slug is for partner, lab, facility, country, agreement'],
    [{ locale: 'lo' }, languages],
    [{ locale: 'my,my' }, languages],
    [{ locale: 'my,lo' }, languages],
    [{ locale: 'my,zh,en' }, languages],
    [{ locale: 'my,' }, languages],
  ] as const) {
    await expect(run({ ...given, ...change }), JSON.stringify(change)).rejects.toThrow(new UsageError(message))
  }
  const { slug: _, ...without } = given
  await expect(run(without)).rejects.toThrow(new UsageError('--slug is missing; a partner has one'))
  for (const name of Object.keys(without)) {
    const others = Object.entries(given).filter(([key]) => key !== name)
    const call = () => parseCall(commands, ['brief', ...others.flatMap(([key, value]) => [`--${key}`, value])])
    expect(call).toThrow(new RegExp(`^--${name} is missing; usage: npm run -s yunqiao -- brief --kind `))
  }
  expect(() => parseCall(commands, ['brief', '--color', 'red'])).toThrow(UsageError)
  expect(() => readFileSync(given.out)).toThrow('ENOENT')
})

test('a folder that cannot be written to fails', async () => {
  const out = join(projectRoot, 'package.json', 'brief.pdf')
  await expect(run({ kind: 'partner', slug: 'yunnan-university', locale: 'en', out })).rejects.toThrow(/ENOTDIR|EEXIST/)
})
