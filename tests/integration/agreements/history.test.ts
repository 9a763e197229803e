import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { linesOf } from '#features/agreements/history-words.ts'
import { eventsShown } from '#features/agreements/office-history.ts'
import { readForOffice } from '#features/agreements/office-record.ts'
import { loadHub } from '#features/hub/queries.ts'
import { addMilestone } from '#features/milestones/commands.ts'
import { settleOccurrence } from '#features/milestones/outcome-commands.ts'
import { writeNote } from '#features/notes/commands.ts'
import { notesPage, notesShown } from '#features/notes/queries.ts'
import { translator } from '#platform/i18n/translate.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
const today = Temporal.PlainDate.from('2026-03-02')
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let agreementId: string

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  const words = sampleWords()
  agreementId = await recordAgreement(context, officer, {
    token: newId(),
    words,
    state: 'in_force',
    holdsNoSecrets: true,
  })
})

const write = (n: number) =>
  writeNote(context, officer, {
    agreementId,
    token: newId(),
    draft: { body: `Note ${n}`, mentions: [], keep: [] },
  })

test('history and notes are read to their beginning, a page at a time, each entry once', async () => {
  for (let n = 1; n <= notesShown + 5; n += 1) {
    // Some at the same instant: their order still is one order.
    if (n % 3 === 0) context.clock.advance({ seconds: 1 })
    await write(n)
  }
  const events: string[] = []
  for (let before: string | undefined; ;) {
    const page = await readForOffice(db.database, officer, agreementId, today, before)
    expect(page.history.length).toBeLessThanOrEqual(eventsShown)
    events.push(...page.history.map(({ id }) => id))
    before = page.older
    if (before === undefined) break
  }
  expect(events).toHaveLength(notesShown + 6)
  expect(new Set(events).size).toBe(events.length)

  const first = await notesPage(db.database, officer, agreementId)
  const rest = await notesPage(db.database, officer, agreementId, first.older)
  expect([first.notes.length, rest.notes.length, rest.older]).toEqual([notesShown, 5, undefined])
  expect(new Set([...first.notes, ...rest.notes].map(({ body }) => body)).size).toBe(notesShown + 5)
  await expect(readForOffice(db.database, officer, agreementId, today, newId())).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a payment is told with its party, its rhythm, what was paid and the paper that shows it', async () => {
  const documentId = await lifecycleOf(context, officer).file(agreementId, 'evidence', 'en')
  const due = Temporal.PlainDate.from('2026-04-30')
  const id = await addMilestone(context, officer, {
    agreementId,
    token: newId(),
    words: {
      kind: 'payment',
      title: 'Instalment',
      partyPosition: 1,
      firstDue: due,
      rule: 'FREQ=MONTHLY;INTERVAL=1;COUNT=2',
      money: { amount: '100', currency: 'THB' },
    },
  })
  const outcome = { state: 'met', metOn: today, paid: '99.5', note: null, documentId } as const
  await settleOccurrence(context, officer, { id, version: 1, due, token: newId(), outcome })
  const { history, partnerNames } = await readForOffice(db.database, officer, agreementId, today)
  const view = { t: translator('en'), locale: 'en' as const, hub: await loadHub(db.database), partnerNames }
  const lines = history.flatMap(({ changes }) => linesOf(changes, view).map(({ label, after }) => `${label}: ${after}`))
  expect(lines.map((line) => line.replaceAll('\u00a0', ' '))).toEqual(
    expect.arrayContaining([
      'Owed by: Party 2',
      'How often: Every month, 2 times',
      'Paid: THB 99.50',
      'Document: A evidence',
    ]),
  )
})
