import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { briefKinds } from '#features/briefs/model.ts'
import { agreements, hubSettings, partners } from '#db/schema/index.ts'
import { UsageError } from '#cli/command.ts'
import { sample } from '#cli/commands/sample.ts'
import { agreementStates } from '#features/agreements/lifecycle.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { importContent } from '#features/content/commands.ts'
import { loadHub } from '#features/hub/queries.ts'
import { compileCache } from '#cli/bootstrap/paths.mjs'
import { projectRoot } from '#platform/config.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { runCommand } from '#tests/support/command-line.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { pdftotext } from '#tests/unit/platform/pdf/tools.ts'
import { type SiteProcess, startProcess } from '../http/process.ts'

describe('sample', () => {
  const db = useDatabase()
  const run = (options: Record<string, string> = {}) => runCommand(db, sample, options)
  const marked = async () => (await loadHub(db.database)).demonstration
  const rows = async () => ({
    agreements: await db.database.select().from(agreements),
    partners: await db.database.select().from(partners),
    settings: await db.database.select().from(hubSettings),
  })
  const pack = join(projectRoot, 'content')

  test('fills an empty register with agreements in every state, and says so', async () => {
    const { code, lines } = await run()
    expect([code, lines]).toEqual([
      0,
      ['14 invented institutions and 48 invented agreements were added; this database is now a demonstration.'],
    ])
    const { agreements: all } = await rows()
    expect(all).toHaveLength(48)
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(agreementStates))
    expect(await marked()).toBe(true)
  })

  test('takes as many as are asked for, the same ones for the same seed', async () => {
    const [first, again, other] = [{ seed: '7' }, { seed: '7' }, { seed: '8' }].map((seed) => async () => {
      await db.reset()
      await run({ agreements: '12', ...seed })
      const all = await db.database.select().from(agreements).orderBy(agreements.slug)
      return all.map(({ slug, kind, ends, valueAmount, nextDue }) => ({ slug, kind, ends, valueAmount, nextDue }))
    }) as [() => Promise<unknown[]>, () => Promise<unknown[]>, () => Promise<unknown[]>]
    const made = await first()
    expect(made).toHaveLength(12)
    expect(await again()).toEqual(made)
    expect(await other()).not.toEqual(made)
  })

  test('refuses a register that holds an agreement of the office, and changes nothing', async () => {
    const context = testContext(db)
    const officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
    const given = { words: sampleWords(), state: 'draft', holdsNoSecrets: true, token: newId() }
    await recordAgreement(context, officer, given)
    const before = await rows()
    await expect(run()).rejects.toMatchObject({ code: 'register_not_empty' })
    expect(await rows()).toEqual(before)
    expect(await marked()).toBe(false)
  })

  test('works beside what was reported in public sources, and marks the database for good', async () => {
    await importContent(testContext(db), { kind: 'command_line' }, pack)
    expect(await marked()).toBe(false)
    await run({ agreements: '3' })
    expect(await marked()).toBe(true)
    await expect(run()).rejects.toMatchObject({ code: 'register_not_empty' })
    await importContent(testContext(db), { kind: 'command_line' }, pack)
    expect(await marked()).toBe(true)
    // Even where nothing invented is left.
    await db.database.delete(agreements)
    expect(await marked()).toBe(true)
  })

  test('a number that is none is a usage error', async () => {
    for (const wrong of ['-1', '1.5', 'many', '1000001', '1e3', '']) {
      await expect(run({ agreements: wrong }), wrong).rejects.toThrow(UsageError)
      await expect(run({ seed: wrong }), wrong).rejects.toThrow(UsageError)
    }
    expect((await rows()).agreements).toEqual([])
    expect(await marked()).toBe(false)
  })
})

describe('beside a running site', () => {
  let site: SiteProcess
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yunqiao-sample-'))
    site = await startProcess()
  })
  afterAll(async () => {
    await site.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs the command line as an operator does. */
  async function yunqiao(...words: string[]) {
    const { DATABASE_URL: _, BASE_URL: __, ...inherited } = process.env
    const child = spawn(process.execPath, ['src/cli/main.ts', ...words], {
      cwd: projectRoot,
      env: { ...inherited, LC_ALL: 'en_US.UTF-8', DATA_DIR: site.dataDir, NODE_COMPILE_CACHE: compileCache },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { code: child.exitCode, out, error }
  }
  const pages = ['', '/partners', '/agreements', '/about', '/nothing', '/office/sign-in']
  const banner = (locale: (typeof locales)[number]) => translator(locale)('common:notice.demonstration')
  const printed = async (locale: (typeof locales)[number]) => {
    const answer = await site.get(`/${locale}/briefs/partners/yunnan-university.pdf`)
    return pdftotext(new Uint8Array(await answer.arrayBuffer())).replaceAll(/\s+/gu, '')
  }

  test('a demonstration says so on every page and every brief, in every language, at once', async () => {
    for (const locale of locales) {
      expect(await (await site.get(`/${locale}`)).text()).not.toContain(banner(locale))
      expect(await printed(locale)).not.toContain(banner(locale).replaceAll(/\s+/gu, ''))
    }
    expect(await yunqiao('sample', '--agreements', '26')).toMatchObject({ code: 0, error: '' })
    for (const locale of locales) {
      for (const page of pages) {
        await expect
          .poll(async () => (await site.get(`/${locale}${page}`)).text(), { message: `/${locale}${page}` })
          .toContain(banner(locale))
      }
      expect(await printed(locale)).toContain(banner(locale).replaceAll(/\s+/gu, ''))
    }
    expect(await yunqiao('sample')).toEqual({
      code: 1,
      out: '',
      error: `yunqiao: ${translator('en')('errors:register_not_empty')}\n`,
    })
  })

  test('a brief is written, or one line says why not', async () => {
    const given = ['brief', '--slug', 'yunnan-university', '--locale', 'my', '--out', join(folder, 'brief.pdf')]
    const written = await yunqiao(...given, '--kind', 'partner')
    expect(written).toMatchObject({ code: 0, error: '' })
    expect(written.out).toMatch(/brief\.pdf: \d+ KB\n$/)
    expect(await yunqiao(...given, '--kind', 'lab')).toMatchObject({
      code: 1,
      out: '',
      error: expect.stringMatching(/^yunqiao: .+\n$/) as unknown,
    })
    const misunderstood = await yunqiao(...given, '--kind', 'king')
    expect(misunderstood).toMatchObject({ code: 2, out: '' })
    expect(misunderstood.error).toBe(`yunqiao: --kind must be one of ${briefKinds.join(', ')}\n`)
  })
})
