import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { agreements, auditEvents } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { officeWorkingDays, readCalendar } from '#features/workdays/queries.ts'
import { clearMark, markStale, staleMark } from '#features/workdays/steps.ts'
import { importContent, PackError } from '#features/content/commands.ts'
import { chooseCalendar, enterDays, enterYear, removeDays } from '#features/workdays/commands.ts'
import { projectRoot } from '#platform/config.ts'
import type { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const operator = { kind: 'command_line' } as const
const system = { kind: 'system' } as const
let context: ReturnType<typeof testContext>
let administrator: Extract<Actor, { kind: 'user' }>
let scratch = ''

beforeEach(async () => {
  context = testContext(db)
  administrator = await sampleUser(context, 'administrator@example.org', 'administrator')
  scratch = mkdtempSync(path.join(tmpdir(), 'yunqiao-holidays-'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const token = () => newId()
const source = 'https://example.org/notice'
const year = (given: string, notice = '示例〔2027〕1号') =>
  enterYear(context, administrator, { token: token(), year: given, notice, source })
const days = (first: string, last = '', more: Partial<Parameters<typeof enterDays>[2]> = {}) =>
  enterDays(context, administrator, {
    token: token(),
    year: 2027,
    first,
    last,
    kind: 'off',
    name: 'Sample Day',
    locale: 'en',
    ...more,
  })
const problemsOf = async (action: Promise<unknown>) =>
  action.then(
    () => [],
    (error: unknown) => (error as DomainError).problems.map((problem) => `${problem.path} ${problem.code}`),
  )
const daysNow = async () =>
  (await readCalendar(db.database, 'CN')).days.map(({ day, kind, names }) =>
    `${day.toString()} ${kind} ${names['en'] ?? ''}`.trim(),
  )

let entered = 0
const enter = () =>
  recordAgreement(context, administrator, {
    holdsNoSecrets: true,
    token: token(),
    state: 'in_force',
    words: sampleWords({
      reference: `${(entered += 1)}`,
      effective: '2026-01-20' as PartialDate,
      ends: '2027-11-01' as PartialDate,
      leadDays: 28,
    }),
  })
const nextDue = async (id: string) =>
  (await db.database.select().from(agreements).where(eq(agreements.id, id)))[0]?.nextDue

describe('the office’s calendar', () => {
  it('is entered, changed and taken out again, and each step moves what depends on it', async () => {
    const id = await enter()
    // 4 October 2027, a Monday.
    expect(await nextDue(id)).toBe('2027-10-04')
    expect(await year('2027')).toBe('2027')
    await days('2027-10-01', '2027-10-05')
    expect(await nextDue(id)).toBe('2027-09-30')
    await days('2027-10-02', '2027-10-04', {
      replaces: { first: '2027-10-01', last: '2027-10-05' },
      name: '示例日',
      locale: 'zh',
    })
    expect(await nextDue(id)).toBe('2027-10-01')
    expect(await daysNow()).toEqual(['02', '03', '04'].map((day) => `2027-10-${day} off Sample Day`))
    await days('2027-10-09', '', { kind: 'work', name: '' })
    expect((await officeWorkingDays(db.database)).isWorkingDay(Temporal.PlainDate.from('2027-10-09'))).toBe(true)
    await removeDays(context, administrator, { token: token(), year: 2027, first: '2027-10-02', last: '2027-10-04' })
    expect(await nextDue(id)).toBe('2027-10-04')
    expect(await staleMark(db.database)).toBeUndefined()
    const actions = (await db.database.select().from(auditEvents).orderBy(auditEvents.id)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('calendar.'))).toEqual([
      'calendar.year',
      'calendar.days',
      'calendar.days',
      'calendar.days',
      'calendar.remove',
    ])
  })

  it('does a form’s step once, and counts its versions', async () => {
    await year('2027')
    const form = {
      token: token(),
      year: 2027,
      first: '2027-10-01',
      last: '',
      kind: 'off',
      name: 'One',
      locale: 'en',
    } as const
    const before = (await readCalendar(db.database, 'CN')).version
    await enterDays(context, administrator, form)
    await enterDays(context, administrator, form)
    expect((await readCalendar(db.database, 'CN')).version).toBe(before + 1)
    expect(await daysNow()).toEqual(['2027-10-01 off One'])
  })

  it('says what is wrong with what was typed, and keeps what was there', async () => {
    await year('2027')
    await days('2027-10-01', '2027-10-03')
    expect(await problemsOf(days('2027-10-03'))).toEqual(['first calendar_taken'])
    expect(await problemsOf(days('2027-10-09', '2027-10-08'))).toEqual(['last calendar_range'])
    expect(await problemsOf(days('2027-01-01', '2027-03-01'))).toEqual(['last calendar_range'])
    expect(await problemsOf(days('2026-11-30'))).toEqual(['first calendar_year'])
    expect(await problemsOf(days('2027-02-30'))).toEqual(['first date'])
    expect(await problemsOf(days(''))).toEqual(['first required'])
    expect(await problemsOf(days('2027-05-01', '', { kind: 'half' }))).toEqual(['kind unknown_choice'])
    expect(await problemsOf(year('27'))).toEqual(['year date_range'])
    expect(await problemsOf(year('2028', ''))).toEqual(['notice required'])
    const wrong = { token: token(), year: '2028', notice: 'N', source: 'javascript:alert(1)' }
    expect(await problemsOf(enterYear(context, administrator, wrong))).toEqual(['source web_address'])
    await expect(days('2028-01-01', '', { year: 2028 })).rejects.toMatchObject({ code: 'not_found' })
    expect(await daysNow()).toHaveLength(3)
    expect(await days('2026-12-31')).toBe('2027')
  })

  it('is for administrators alone', async () => {
    const officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
    const form = { token: token(), year: '2027', notice: 'N', source }
    await expect(enterYear(context, officer, form)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('may be another country’s, of which nothing but weekends may be known', async () => {
    await importContent(context, operator, path.join(projectRoot, 'content'))
    const national = Temporal.PlainDate.from('2026-10-01')
    expect((await officeWorkingDays(db.database)).isWorkingDay(national)).toBe(false)
    await chooseCalendar(context, administrator, { token: token(), country: 'TH' })
    expect((await officeWorkingDays(db.database)).isWorkingDay(national)).toBe(true)
    await year('2027')
    expect(await readCalendar(db.database, 'TH')).toMatchObject({ weekend: [6, 7], years: [{ year: 2027 }] })
    expect(await problemsOf(chooseCalendar(context, administrator, { token: token(), country: 'XX' }))).toEqual([
      'country unknown_choice',
    ])
  })
})

describe('a pack’s calendar', () => {
  const packOf = (yaml: string) => {
    mkdirSync(path.join(scratch, 'holidays'), { recursive: true })
    writeFileSync(path.join(scratch, 'holidays/CN.yaml'), yaml)
    return scratch
  }
  const yaml = (entry: string) => `years:\n  "2027":\n    notice: 示例〔2027〕1号\n    sources: [ ${source} ]\n${entry}`

  it('takes the place of the same year alone, and the day’s work reckons by it', async () => {
    const id = await enter()
    await year('2028')
    await days('2028-01-01', '', { year: 2028 })
    await importContent(context, operator, packOf(yaml('    off:\n      - { from: 2027-10-04, en: Sample Day }\n')))
    expect(await staleMark(db.database)).toBeDefined()
    await beginRegisterDay(context, system, {})
    expect(await staleMark(db.database)).toBeUndefined()
    expect(await nextDue(id)).toBe('2027-10-01')
    await importContent(context, operator, packOf(yaml('    work: [ 2027-10-09 ]\n')))
    await beginRegisterDay(context, system, {})
    expect(await nextDue(id)).toBe('2027-10-04')
    expect(await daysNow()).toEqual(['2027-10-09 work', '2028-01-01 off Sample Day'])
    const { version } = await readCalendar(db.database, 'CN')
    await importContent(context, operator, scratch)
    expect((await readCalendar(db.database, 'CN')).version).toBe(version)
  })

  it.each([
    ['    off:\n      - { from: 2027-13-01 }\n', 'years.2027.off.0.from bad_day'],
    ['    off:\n      - { from: 2027-10-04, to: 2027-10-03 }\n', 'years.2027.off.0.to bad_range'],
    ['    off:\n      - { from: 2028-10-04 }\n', 'years.2027 day_of_other_year'],
    ['    off:\n      - { from: 2027-10-04 }\n    work: [ 2027-10-04 ]\n', 'years.2027 day_twice'],
    ['    holidays: []\n', 'years.2027.holidays unknown_key'],
    ['weekend: [ 6, 8 ]\n', 'weekend.1 bad_weekend'],
  ])('that is wrong is refused with its key: %j', async (entry, expected) => {
    const error: unknown = await importContent(context, operator, packOf(yaml(entry))).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(PackError)
    expect((error as PackError).packProblems.map(({ key, code }) => `${key} ${code}`)).toEqual([expected])
  })
})

test('a change in the middle of reckoning is not lost', async () => {
  await db.database.transaction((tx) => markStale(tx, context.clock.now()))
  const seen = await staleMark(db.database)
  await db.database.transaction((tx) => markStale(tx, context.clock.now()))
  await clearMark(db.database, seen ?? '')
  expect(await staleMark(db.database)).toBeDefined()
})
