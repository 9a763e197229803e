import { beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { agreementParties } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { readOfficeFilters } from '#features/agreements/office-filters.ts'
import { nameReaders } from '#features/agreements/people-commands.ts'
import type { BriefLanguages } from '#features/briefs/languages.ts'
import { agreementBriefFor, registerReportFor } from '#features/briefs/office-queries.ts'
import { addMilestone } from '#features/milestones/commands.ts'
import { newId } from '#platform/ids.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { renderInThread } from '#platform/pdf/render.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { differences, sourceWords } from '#tests/support/document-words.ts'
import { pageContents, pdftotextWhole } from '#tests/unit/platform/pdf/tools.ts'

const db = useDatabase()
type Staff = Extract<Actor, { kind: 'user' }>
let context: ReturnType<typeof testContext>
let owner: Staff
let others: Record<'administrator' | 'officer' | 'reader' | 'reviewer', Staff>

const english: BriefLanguages = { first: 'en', second: undefined }
const pair: BriefLanguages = { first: 'my', second: 'zh' }

beforeEach(async () => {
  context = testContext(db)
  owner = await sampleUser(context, 'owner@example.org', 'agreement_officer')
  others = {
    administrator: await sampleUser(context, 'administrator@example.org', 'administrator'),
    officer: await sampleUser(context, 'officer@example.org', 'agreement_officer'),
    reader: await sampleUser(context, 'reader@example.org', 'reader'),
    reviewer: await sampleUser(context, 'reviewer@example.org', 'reviewer'),
  }
})

const record = (changes = {}) =>
  recordAgreement(context, owner, {
    token: newId(),
    words: sampleWords({ reference: null, ...changes }),
    state: 'in_force',
    holdsNoSecrets: true,
  })

const has = (document: DocumentModel, words: string) =>
  sourceWords(document).some((word) => word.includes(words.replaceAll(/\s+/gu, '')))

const listed = (actor: Actor, query = '', languages = english) =>
  registerReportFor(context, actor, readOfficeFilters(new URLSearchParams(query)), languages)

describe('an agreement as a document of the office', () => {
  test('says what is due, who signed, and on every page that it is internal', async () => {
    const id = await record({ visibility: 'internal' })
    await addMilestone(context, owner, {
      agreementId: id,
      token: newId(),
      words: {
        kind: 'payment',
        title: 'ผ่อนชำระงวดแรก',
        partyPosition: 1,
        firstDue: Temporal.PlainDate.from('2027-03-01'),
        rule: null,
        money: { amount: '5000', currency: 'CNY' },
      },
    })
    await db.database
      .update(agreementParties)
      .set({
        signatoryNames: { th: 'สมหญิง ใจดี', my: 'ဆွမ်ယင်း' },
        signatoryAddresses: { th: 'ศาสตราจารย์', my: 'ဒေါ်' },
        signatoryTitles: { th: 'อธิการบดี' },
        signedOn: '2026-01-15',
      })
      .where(eq(agreementParties.position, 1))
    for (const languages of [english, pair]) {
      const document = await agreementBriefFor(context, owner, id, languages)
      for (const words of [
        'ผ่อนชำระงวดแรก',
        'สมหญิง ใจดี',
        'ศาสตราจารย์',
        'อธิการบดี',
        'ဆွမ်ယင်း',
        'ဒေါ်',
        'Sample University B',
      ]) {
        expect(has(document, words), words).toBe(true)
      }
      const pdf = await renderInThread(document)
      expect(differences(document, pdf)).toEqual({ lost: [], letters: [] })
      const pages = pdftotextWhole(pdf).split('\f').slice(0, -1)
      expect(pages).toHaveLength(pageContents(pdf).length)
      const mark = languages === english ? 'Internal: not for publication' : '内部资料，请勿公开'
      for (const page of pages) expect(page).toContain(mark)
    }
  })

  test('is for whoever may see the agreement: of a confidential one others hear what they hear of none', async () => {
    const id = await record({ visibility: 'confidential', reference: 'SECRET-7' })
    const none = await agreementBriefFor(context, owner, newId(), english).catch((error: unknown) => error)
    for (const actor of Object.values(others)) {
      const refused = await agreementBriefFor(context, actor, id, english).catch((error: unknown) => error)
      expect(refused).toEqual(none)
      expect(refused).toMatchObject({ code: 'not_found', status: 404 })
    }
    await expect(agreementBriefFor(context, { kind: 'visitor' }, id, english)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(agreementBriefFor(context, owner, 'no-id', english)).rejects.toMatchObject({ code: 'not_found' })
    await nameReaders(context, owner, { id, version: 1, token: newId(), readers: [others.reader.id] })
    for (const actor of [owner, others.reader]) {
      const document = await agreementBriefFor(context, actor, id, english)
      expect(has(document, 'SECRET-7')).toBe(true)
      expect(document.marking).toEqual([{ text: 'Confidential: for named people only' }])
    }
  })
})

describe('the register as a document of the office', () => {
  test('lists what the person may see, as the list is filtered', async () => {
    await record({ titles: { en: 'Of all the office' }, kind: 'framework_agreement' })
    await record({ titles: { en: 'Another kind' }, kind: 'technology_licence' })
    await record({ titles: { en: 'For few eyes' }, visibility: 'confidential' })
    const own = await listed(owner)
    expect(own.orientation).toBe('landscape')
    expect(own.marking).toEqual([{ text: 'Confidential: for named people only' }])
    for (const title of ['Of all the office', 'Another kind', 'For few eyes']) expect(has(own, title)).toBe(true)
    for (const actor of [others.administrator, others.officer, others.reader]) {
      const theirs = await listed(actor)
      expect(theirs.marking).toEqual([{ text: 'Internal: not for publication' }])
      expect(has(theirs, 'Of all the office')).toBe(true)
      expect(JSON.stringify(theirs)).not.toContain('For few eyes')
      expect(has(theirs, '2 agreements')).toBe(true)
    }
    const none = await listed(others.reviewer)
    expect(has(none, 'No agreement fits.')).toBe(true)
    const filtered = await listed(owner, 'kind=technology_licence')
    expect([has(filtered, 'Another kind'), has(filtered, 'Of all the office')]).toEqual([true, false])
    expect(has(filtered, 'Technology licence')).toBe(true)
  })

  test('has each agreement beside itself in two languages, in the order of the first', async () => {
    for (const [zh, my] of [
      ['乙', 'က'],
      ['甲', 'ခ'],
      ['丙', 'ဂ'],
    ] as const)
      await record({ titles: { zh, my }, sourceLocale: 'zh' })
    const document = await listed(owner, 'sort=title&order=asc', { first: 'my', second: 'zh' })
    const table = document.blocks.find((block) => block.type === 'table')
    const titles = table?.rows.map((cells) => cells[1]?.map(({ text }) => text).join(''))
    expect(titles).toEqual(['က\n乙', 'ခ\n甲', 'ဂ\n丙'])
    expect(differences(document, await renderInThread(document))).toEqual({ lost: [], letters: [] })
  })
})
