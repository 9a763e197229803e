import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { editAgreement, recordAgreement } from '#features/agreements/commands.ts'
import { leadsTo, type AgreementState, transitionNames } from '#features/agreements/lifecycle.ts'
import { recordSignOff } from '#features/reviews/sign-off-commands.ts'
import { readStanding } from '#features/reviews/standing.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { lifecycleOf } from '#tests/support/lifecycle.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
let reviewer: typeof officer
let life: ReturnType<typeof lifecycleOf>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
  reviewer = await sampleUser(context, 'reviewer@example.org', 'reviewer')
  life = lifecycleOf(context, officer)
})

/** Something that somebody tries, allowed or not. */
type Attempt =
  | { readonly kind: 'move'; readonly name: string; readonly note: string }
  | { readonly kind: 'edit'; readonly title: string }
  | { readonly kind: 'decide'; readonly decision: string }
  | { readonly kind: 'send' | 'prepare' | 'sign_off' | 'draft' }

const kinds = ['send', 'prepare', 'sign_off', 'draft'] as const

const attempts: fc.Arbitrary<Attempt> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      name: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...transitionNames) }, fc.string()),
      note: fc.constantFrom('', 'a reason', 'another reason'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('edit' as const), title: fc.constantFrom('One', 'Two') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      decision: fc.constantFrom('approved', 'approved', 'returned', 'nonsense'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...kinds) }) },
)

async function attempt(id: string, what: Attempt): Promise<void> {
  try {
    switch (what.kind) {
      case 'move':
        await life.move(id, what.name, what.note)
        return
      case 'edit': {
        const { version } = await life.read(id)
        const words = sampleWords({ reference: null, titles: { en: what.title } })
        await editAgreement(context, officer, { id, version, token: newId(), words })
        return
      }
      case 'send':
        await life.send(id, { legal: reviewer })
        return
      case 'decide':
        await life.decide(id, reviewer, what.decision, 'Said so')
        return
      case 'prepare':
        await life.clear(id, 'negotiation')
        await life.clear(id, 'signature')
        await life.sign(id)
        await life.file(id, 'signed_copy', 'en')
        return
      case 'draft':
        await life.file(id, 'draft', 'en')
        return
      case 'sign_off': {
        const documentId = await life.file(id, 'sign_off')
        const { version } = await life.read(id)
        const signOff = { authority: 'legal', formNumber: '1', signedOn: '2026-01-01', documentId }
        await recordSignOff(context, officer, { id, version, token: newId(), ...signOff })
        return
      }
    }
  } catch (error) {
    if (!(error instanceof DomainError) || error.status >= 500) throw error
  }
}

interface Line {
  transition: string
  from_state: AgreementState | null
  to_state: AgreementState
  note: string | null
}

/** What must hold of an agreement after whatever was tried. */
async function expectSound(id: string): Promise<void> {
  const { state, version } = await life.read(id)
  const lines = await db.sql<Line[]>`
    select transition, from_state, to_state, note from agreement_transitions where agreement_id = ${id} order by id`
  let reached: AgreementState | null = null
  for (const { transition, from_state: from, to_state: to } of lines) {
    expect(from, 'each line goes on from the one before').toBe(reached)
    expect(leadsTo(transition, from, to), `${transition} from ${from}`).toBe(to)
    reached = to
  }
  expect(reached, 'the state is the one that the history leads to').toBe(state)
  const audited = await db.sql<{ after: string }[]>`
    select c.after #>> '{}' as after from audit_changes c join audit_events e on e.id = c.event_id
    where e.subject_id = ${id} and c.field = 'state' order by e.id`
  expect(audited.map(({ after }) => after)).toEqual(lines.map(({ to_state: to }) => to))
  const [versions] = await db.sql<{ last: number }[]>`
    select max((c.after #>> '{}')::int) as last from audit_changes c join audit_events e on e.id = c.event_id
    where e.subject_id = ${id} and c.field = 'version'`
  expect(versions?.last, 'every version has its record').toBe(version)
  const open = await db.sql`select 1 from agreement_reviews where agreement_id = ${id} and outcome is null`
  expect(open, 'a round is open in review, and only there').toHaveLength(state === 'review' ? 1 : 0)
  const standing = await readStanding(db.database, id)
  if (['draft', 'negotiation', 'review'].includes(state)) {
    const approved = await db.sql`select 1 from agreement_reviews where agreement_id = ${id} and outcome = 'approved'`
    expect(approved, 'no approval outlives the way back').toHaveLength(0)
  }
  if (state === 'approved') expect(standing.approval).not.toBe('none')
}

test('no sequence of calls reaches a state that the table forbids, nor leaves one without its history', async () => {
  const starts = fc.constantFrom('draft', 'draft', 'negotiation', 'signed', 'in_force')
  await fc.assert(
    fc.asyncProperty(starts, fc.array(attempts, { minLength: 4, maxLength: 18 }), async (start, walk) => {
      const words = sampleWords({ reference: null })
      const step = { token: newId(), words, state: start, holdsNoSecrets: true }
      const id = await recordAgreement(context, officer, step)
      for (const what of walk) {
        await attempt(id, what)
        await expectSound(id)
      }
    }),
    { numRuns: 12 },
  )
}, 120_000)

test('the usual walk, with attempts at everything else thrown in, ends signed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 6 }), { maxLength: 4 }), async (noise) => {
      const step = { token: newId(), words: sampleWords({ reference: null }), state: 'draft', holdsNoSecrets: true }
      const id = await recordAgreement(context, officer, step)
      const usual: Attempt[] = [
        { kind: 'prepare' },
        { kind: 'move', name: 'negotiate', note: '' },
        { kind: 'send' },
        { kind: 'decide', decision: 'approved' },
        { kind: 'move', name: 'sign', note: '' },
      ]
      for (const [index, what] of usual.entries()) {
        await attempt(id, what)
        // Forged: what no state on this way allows.
        if (noise.includes(index)) await attempt(id, { kind: 'move', name: 'complete', note: 'forged' })
        if (noise.includes(index)) await attempt(id, { kind: 'move', name: 'void_approval', note: 'forged' })
        await expectSound(id)
      }
      expect((await life.read(id)).state).toBe('signed')
    }),
    { numRuns: 4 },
  )
}, 120_000)
