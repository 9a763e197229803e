import { beforeEach, expect, test } from 'vitest'
import type { Database } from '#db/client.ts'
import { agreementRenewals, agreements, auditEvents, reminderDeliveries, reminders } from '#db/schema/index.ts'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { beginRegisterDay } from '#features/automation/commands.ts'
import { defaultRules } from '#features/reminders/model.ts'
import { seededRandom } from '#features/sample/random.ts'
import { newId } from '#platform/ids.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const system = { kind: 'system' } as const
const timeZone = 'Asia/Shanghai'
const begins = Temporal.PlainDate.from('2026-03-02')
const days = 3653
const count = 40

let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>

beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

interface Made {
  readonly id: string
  readonly state: 'signed' | 'in_force'
  readonly effective: Temporal.PlainDate
  readonly ends: Temporal.PlainDate
  readonly months: number | null
  readonly limit: number | null
  readonly notice: number | null
  readonly lead: number | null
}

const random = seededRandom(20_260_302)
const below = (most: number) => Math.floor(random() * most)
const maybe = <Value>(chance: number, value: Value) => (random() < chance ? value : null)

async function record(): Promise<Made> {
  const state = random() < 0.5 ? 'signed' : 'in_force'
  const effective = begins.add({ days: state === 'signed' ? below(300) : -below(900) })
  const ends = begins.add({ days: 20 + below(1400) })
  const months = maybe(0.6, 1 + below(30))
  const limit = months === null ? null : maybe(0.6, below(4))
  const [notice, lead] = [maybe(0.7, 1 + below(15)), maybe(0.7, below(20))]
  const id = await recordAgreement(context, officer, {
    holdsNoSecrets: true,
    token: newId(),
    state,
    words: sampleWords({
      reference: null,
      officerId: officer.id,
      signed: '2023-01-10' as PartialDate,
      effective: effective.toString() as PartialDate,
      ends: ends.toString() as PartialDate,
      renewal: months === null ? 'none' : 'automatic',
      renewalMonths: months,
      renewalLimit: limit,
      notice: notice === null ? null : { amount: notice, unit: 'days' },
      leadDays: lead,
    }),
  })
  return { id, state, effective, ends, months, limit, notice, lead }
}

const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b) < 0

/** What a clerk with a diary does on the days on which he comes: no batches, no keys, no arithmetic of chains. */
function clerk(made: Made, come: readonly Temporal.PlainDate[]): string[] {
  const done: string[] = []
  let [state, end, renewals]: [string, Temporal.PlainDate, number] = [made.state, made.ends, 0]
  const reminded = new Set<string>()
  for (const today of come) {
    const say = (what: string) => done.push(`${today.toString()} ${what}`)
    if (state === 'signed' && !isBefore(today, made.effective)) {
      state = 'in_force'
      say('take_effect')
    }
    while (state === 'in_force' && isBefore(end, today)) {
      if (made.months === null || (made.limit !== null && renewals >= made.limit)) {
        state = 'expired'
        say(`expire`)
      } else {
        renewals += 1
        const next = made.ends
          .add({ days: 1 })
          .add({ months: renewals * made.months })
          .subtract({ days: 1 })
        say(`renew ${end.toString()} ${next.toString()}`)
        end = next
      }
    }
    if (state === 'expired') continue
    const notice = made.notice === null ? undefined : end.subtract({ days: made.notice })
    let lead = made.lead === null ? undefined : (notice ?? end).subtract({ days: made.lead })
    while (lead !== undefined && lead.dayOfWeek > 5) lead = lead.subtract({ days: 1 })
    for (const [kind, due] of [
      ['end', end],
      ['notice', notice],
      ['lead', lead],
    ] as const) {
      if (due === undefined) continue
      const up = defaultRules[kind].filter((ahead) => !isBefore(today, due.subtract({ days: ahead })))
      const known = up.filter((ahead) => !isBefore(due, begins) || !isBefore(due.subtract({ days: ahead }), begins))
      for (const ahead of known) {
        const what = `${kind} ${due.toString()} ${ahead}`
        if (reminded.has(what)) continue
        reminded.add(what)
        say(`remind ${what}${ahead === Math.min(...known) ? '' : ' (overtaken)'}`)
      }
    }
  }
  return done.toSorted()
}

/** The same, as the register has it on record. */
async function onRecord(id: string): Promise<string[]> {
  const dayOf = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const mine = <Row extends { agreementId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.agreementId === id)
  const events = (await db.database.select().from(auditEvents)).filter(
    (event) => event.subjectId === id && event.actorKind === 'system',
  )
  return [
    ...events
      .filter(({ action }) => action !== 'agreement.renew')
      .map(({ at, action }) => `${dayOf(at)} ${action.replace('agreement.', '')}`),
    ...mine(await db.database.select().from(agreementRenewals)).map(
      ({ recordedAt, endedOn, renewedUntil }) => `${dayOf(recordedAt)} renew ${endedOn} ${renewedUntil}`,
    ),
    ...mine(await db.database.select().from(reminders)).map(
      ({ madeAt, kind, due, days: ahead, overtaken }) =>
        `${dayOf(madeAt)} remind ${kind} ${due} ${ahead}${overtaken ? ' (overtaken)' : ''}`,
    ),
  ].toSorted()
}

/** A database that is gone in the middle: some transactions are rolled back after all their work, or never begun. */
function dying(): typeof context {
  const transaction: Database['transaction'] = async (work, options) => {
    const fate = random()
    if (fate < 0.2) throw new Error('the process was killed')
    return db.database.transaction(async (tx) => {
      const result = await work(tx)
      if (fate < 0.5) throw new Error('the process was killed')
      return result
    }, options)
  }
  const database = new Proxy(db.database, {
    get: (target, key) => (key === 'transaction' ? transaction : (Reflect.get(target, key) as unknown)),
  })
  return { ...context, database }
}

test('in ten years of days, missed, doubled and broken off, each step and each reminder comes once and on its day', async () => {
  const made: Made[] = []
  for (let n = 0; n < count; n += 1) made.push(await record())
  const come: Temporal.PlainDate[] = []
  for (let passed = 0; passed < days; passed += 1) {
    // Some days nobody comes, and now and then not for weeks.
    if (random() < 0.15) passed += random() < 0.03 ? below(60) : 0
    else {
      const today = begins.add({ days: passed })
      come.push(today)
      context.clock.set(
        today
          .toZonedDateTime({ timeZone, plainTime: { hour: below(24) } })
          .toInstant()
          .toString(),
      )
      const fate = random()
      if (fate < 0.1) await beginRegisterDay(dying(), system, {}).catch(() => undefined)
      const rounds = fate > 0.9 ? 2 : 1
      await Promise.all(Array.from({ length: rounds }, () => beginRegisterDay(context, system, {})))
    }
  }
  let told = 0
  for (const one of made) {
    const expected = clerk(one, come)
    told += expected.length
    expect(await onRecord(one.id), JSON.stringify(one)).toEqual(expected)
  }
  // Enough happened for this to say something.
  expect(told).toBeGreaterThan(count * 8)
  const sent = (await db.database.select().from(reminders)).filter(({ overtaken }) => !overtaken)
  const deliveries = await db.database.select().from(reminderDeliveries)
  expect(deliveries.map(({ reminderId }) => reminderId).toSorted()).toEqual(sent.map(({ id }) => id).toSorted())
  const states = (await db.database.select().from(agreements)).map(({ state }) => state)
  expect(new Set(states).size).toBeGreaterThan(1)
})
