import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { listForOffice } from '#features/agreements/office-list.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
let officer: Extract<Actor, { kind: 'user' }>

const list = (query: string) =>
  listForOffice(db.database, officer, readOfficeFilters(new URLSearchParams(query)), 'en', today, 'Asia/Shanghai')

/** More than a list counts, all alike but for their number and day of signature. */
const many = 2100

beforeEach(async () => {
  const context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  const words = sampleWords({ reference: null })
  await recordAgreement(context, officer, { holdsNoSecrets: true, token: newId(), words, state: 'draft' })
  await db.sql`
    insert into agreements
    select (jsonb_populate_record(a, jsonb_build_object(
      'id', gen_random_uuid(), 'slug', 'copy-' || n, 'signed', date '2020-01-01' + n))).*
    from agreements a, generate_series(1, ${many}::int) n`
})

test('a list that is too long to be counted says so, and is in order, each time it is asked for', async () => {
  for (const _ of [1, 2, 3]) {
    const page = await list('kind=cooperation_agreement&sort=signed&order=asc&size=50')
    expect(page).toMatchObject({ total: 2000, more: true })
    expect(page.entries).toHaveLength(50)
    expect(page.entries[0]?.signed).toBe('2020-01-02')
  }
  const second = await list('kind=cooperation_agreement&sort=signed&order=asc&size=50&page=2')
  expect(second.entries[0]?.signed).toBe('2020-02-21')
})

test('one that has become short is counted again', async () => {
  const query = 'kind=cooperation_agreement&state=draft'
  expect(await list(query)).toMatchObject({ total: 2000, more: true })
  await db.sql`delete from agreements where slug like 'copy-%' and slug not in ('copy-7', 'copy-8')`
  const page = await list(query)
  expect(page).toMatchObject({ total: 3, more: false, pages: 1 })
  expect(page.entries).toHaveLength(3)
})

test('other filters are found out about by themselves', async () => {
  expect((await list('kind=cooperation_agreement')).more).toBe(true)
  expect(await list('kind=technology_licence')).toMatchObject({ total: 0, more: false })
  expect(await list('kind=cooperation_agreement&year=2021&state=draft')).toMatchObject({ more: false })
})
