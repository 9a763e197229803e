import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { agreements } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { grantRelease, requestRelease, withdrawRelease } from '#features/agreements/release-commands.ts'
import { exportAgreements } from '#features/agreement-exports/export.ts'
import { exportFormats } from '#features/agreement-exports/model.ts'
import { recordSignatures } from '#features/signatures/commands.ts'
import { markOfSignatures, readSignedParties } from '#features/signatures/queries.ts'
import { officeDay } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { exported, readCsv, readSheet, type Wanted } from '#tests/support/exports.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let owner: Extract<Actor, { kind: 'user' }>
let granter: Extract<Actor, { kind: 'user' }>
const operator: Actor = { kind: 'command_line' }

beforeEach(async () => {
  context = testContext(db)
  owner = await sampleUser(context, 'owner@example.org', 'agreement_officer')
  granter = await sampleUser(context, 'granter@example.org', 'administrator')
})

const record = (reference: string, changes = {}, state = 'in_force') =>
  recordAgreement(context, owner, {
    token: newId(),
    words: sampleWords({ reference, ...changes }),
    state,
    holdsNoSecrets: true,
  })
const step = (id: string, version = 1) => ({
  ...{ id, version, token: newId(), note: '' },
  ...{ reviewer: 'Sample Reviewer', basis: 'Form 3' },
})
const release = async (id: string, version = 1) => {
  await requestRelease(context, owner, step(id, version))
  await grantRelease(context, granter, step(id, version))
}
const references = async (actor: Actor, wanted: Wanted = {}) =>
  readCsv(await exported(context, actor, 'csv', wanted)).map((row) => row['Reference number'])

describe('what is public', () => {
  test.each(exportFormats)('holds nothing but what was released, as it was released: %s', async (format) => {
    const id = await record('RELEASED-1', { officerId: owner.id })
    const seen = markOfSignatures(await readSignedParties(db.database, id))
    const signatory = { position: 0, name: 'Brynhild Sample', language: 'en', address: 'Dame', title: 'Chief Hidden' }
    const signatures = [{ ...signatory, signedOn: '2026-01-15' }]
    await recordSignatures(context, owner, { id, version: 1, token: newId(), seen, signatures })
    await release(id)
    await editAgreement(context, owner, {
      id,
      version: 1,
      token: newId(),
      words: sampleWords({ reference: 'EDITED-1', titles: { en: 'Edited since' }, officerId: owner.id }),
    })
    await record('INTERNAL-2', { visibility: 'internal' })
    const bytes = await exported(context, owner, format, { contents: 'public' })
    const text = format === 'xlsx' ? JSON.stringify(await readSheet(bytes)) : bytes.toString('utf8')
    expect(text).toContain(format === 'ocds' ? 'Sample cooperation on nothing at all' : 'RELEASED-1')
    const signed = ['Brynhild', 'Dame', 'Chief Hidden', 'ignator']
    for (const hidden of ['EDITED', 'Edited since', 'INTERNAL-2', '1200000', 'owner@example.org', ...signed]) {
      expect(text, hidden).not.toContain(hidden)
    }
  })

  test('ends with the withdrawal', async () => {
    const id = await record('RELEASED-1')
    await release(id)
    expect(await references(owner, { contents: 'public' })).toEqual(['RELEASED-1'])
    await withdrawRelease(context, owner, { ...step(id), note: 'Withdrawn for a test' })
    expect(await references(owner, { contents: 'public' })).toEqual([])
  })
})

describe('everything', () => {
  test('of a confidential agreement is for the people named, and for the operator', async () => {
    await record('OPEN-1', { visibility: 'internal' })
    await record('SECRET-2', { visibility: 'confidential' })
    expect((await references(owner)).sort()).toEqual(['OPEN-1', 'SECRET-2'])
    expect((await references(operator)).sort()).toEqual(['OPEN-1', 'SECRET-2'])
    for (const role of ['administrator', 'reader'] as const) {
      const other = await sampleUser(context, `${role}@example.org`, role)
      expect(await references(other), role).toEqual(['OPEN-1'])
    }
    const reviewer = await sampleUser(context, 'reviewer@example.org', 'reviewer')
    expect(await references(reviewer)).toEqual([])
  })

  test('is for nobody without the permission', async () => {
    await record('OPEN-1')
    const editor = await sampleUser(context, 'editor@example.org', 'editor')
    for (const actor of [editor, { kind: 'visitor' } as const]) {
      await expect(exported(context, actor, 'csv')).rejects.toMatchObject({ code: 'forbidden' })
      await expect(exported(context, actor, 'csv', { contents: 'public' })).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  test('does not hold what was merely reported in public sources', async () => {
    await record('OPEN-1')
    await db.database.insert(agreements).values({
      ...{ id: newId(), slug: 'reported', origin: 'reported', kind: 'cooperation_agreement', sourceLocale: 'en' },
      reference: 'REPORTED-2',
    })
    for (const format of exportFormats) {
      const bytes = await exported(context, operator, format)
      const text = format === 'xlsx' ? JSON.stringify(await readSheet(bytes)) : bytes.toString('utf8')
      expect(text).not.toContain('REPORTED-2')
    }
  })

  test('that becomes confidential while the file is written is left out', async () => {
    const id = await record('OPEN-1', { visibility: 'internal' })
    const reader = await sampleUser(context, 'reader@example.org', 'reader')
    const filters = readOfficeFilters(new URLSearchParams())
    const begun = await exportAgreements(context, reader, { filters, format: 'csv', contents: 'all', locale: 'en' })
    await db.database.update(agreements).set({ visibility: 'confidential' }).where(eq(agreements.id, id))
    expect((await begun.open().toArray()).join('')).not.toContain('OPEN-1')
  })
})

describe('a list', () => {
  const many = async () => {
    for (const [n, state] of ['in_force', 'signed', 'in_force', 'expired', 'in_force'].entries()) {
      await record(
        `LIST-${n}`,
        {
          kind: n % 2 === 0 ? 'memorandum_of_understanding' : 'technology_licence',
          titles: { en: `Agreement ${'cadbe'[n] ?? ''}`, ...(n === 3 && { th: 'ข้อตกลง' }) },
          signed: n === 2 ? null : (`202${n}-03-01` as PartialDate),
          value: n === 1 ? null : { amount: String(n * 100), currency: 'CNY' },
        },
        state,
      )
    }
  }

  test.each([
    '',
    'state=in_force',
    'state=in_force&state=signed&sort=title',
    'kind=memorandum_of_understanding&sort=signed&order=asc',
    'sort=signed',
    'sort=value',
    'sort=value&order=asc',
    'sort=state&order=desc',
    'sort=ends',
    'sort=due',
    'sort=reference&order=desc',
    'sort=title&order=desc',
    'year=2023',
    'q=agreement',
    'q=LIST-3&sort=title',
    'q=%21',
    'country=TH&sort=reference',
    'from=100&to=300&currency=CNY',
    'size=20&page=1',
  ])('is taken out as it is filtered and sorted: %s', async (query) => {
    await many()
    const today = officeDay(context.clock, context.config.officeTimeZone)
    const filters = readOfficeFilters(new URLSearchParams(query))
    const shown = await listForOffice(db.database, owner, filters, 'en', today, context.config.officeTimeZone)
    expect(await references(owner, { query })).toEqual(shown.entries.map(({ reference }) => reference))
  })

  test('longer than a batch comes whole, each once', async () => {
    const made = 1203
    const rows = Array.from({ length: made }, (_, n) => ({
      ...{ id: newId(), slug: `many-${n}`, origin: 'office' as const, state: 'draft', kind: 'cooperation_agreement' },
      ...{ sourceLocale: 'en', reference: `MANY-${n}`, referenceKey: `MANY-${n}` },
    }))
    await db.database.insert(agreements).values(rows)
    const found = await references(owner, { query: 'sort=reference' })
    expect(found).toHaveLength(made)
    expect(new Set(found).size).toBe(made)
  })
})
