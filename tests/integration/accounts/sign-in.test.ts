import { beforeEach, expect, test } from 'vitest'
import { changePassword, createUser } from '#features/accounts/commands.ts'
import { resolveActor } from '#features/accounts/resolve-actor.ts'
import { signIn } from '#features/accounts/sign-in.ts'
import { attemptsAllowed, windowMinutes } from '#features/accounts/throttle.ts'
import { createSessions, sessionHours } from '#platform/sessions/sessions.ts'
import { sampleUser, samplePassword } from '#tests/support/accounts.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()

function makeContext() {
  const context = testContext(db)
  const { database, clock, config } = context
  return {
    ...context,
    secretKey: config.secretKey,
    sessions: createSessions({ database, clock, baseUrl: config.baseUrl }),
  }
}

let context: ReturnType<typeof makeContext>
beforeEach(() => {
  context = makeContext()
})

const cookieOf = (setCookie: string) => setCookie.split(';', 1)[0] ?? ''
const email = 'officer@example.org'
const from = (address: string, password = samplePassword, who = email) =>
  signIn(context, { email: who, password, address })
const failure = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'signed in',
    (error: unknown) => (error as { code?: string }).code,
  )

test('someone who knows the password gets a session, and is who they are', async () => {
  const user = await sampleUser(context, email, 'agreement_officer', 'reader')
  const { setCookie } = await from('203.0.113.1', samplePassword, ' Officer@Example.org ')
  expect(setCookie).toMatch(/HttpOnly/)
  expect(setCookie).toMatch(/SameSite=Lax/)
  expect(await resolveActor(context, cookieOf(setCookie))).toEqual(user)
  expect(user.roles).toEqual(['agreement_officer', 'reader'])
})

test('the table opens no session: it keeps a hash', async () => {
  await sampleUser(context, email, 'reader')
  const cookie = cookieOf((await from('203.0.113.1')).setCookie)
  const [row] = await db.sql<{ id: string }[]>`select id from sessions`
  expect(cookie).not.toContain(row?.id)
  expect(await resolveActor(context, `yunqiao_session=${row?.id}`)).toEqual({ kind: 'visitor' })
})

test('unknown, disabled and mistyped are one answer', async () => {
  await sampleUser(context, email, 'reader')
  await sampleUser(context, 'gone@example.org', 'reader')
  await db.sql`update users set state = 'disabled' where email = 'gone@example.org'`
  expect(await failure(from('203.0.113.1', 'not the password'))).toBe('sign_in_failed')
  expect(await failure(from('203.0.113.1', samplePassword, 'nobody@example.org'))).toBe('sign_in_failed')
  expect(await failure(from('203.0.113.1', samplePassword, 'gone@example.org'))).toBe('sign_in_failed')
  expect(await failure(from('203.0.113.1', samplePassword, 'a\u0000b'))).toBe('sign_in_failed')
})

test('a session is renewed by its use, and ends without it', async () => {
  await sampleUser(context, email, 'reader')
  const cookie = cookieOf((await from('203.0.113.1')).setCookie)
  for (let day = 0; day < 4; day += 1) {
    context.clock.advance({ hours: sessionHours - 1 })
    expect((await resolveActor(context, cookie)).kind).toBe('user')
  }
  context.clock.advance({ hours: sessionHours, seconds: 1 })
  expect((await resolveActor(context, cookie)).kind).toBe('visitor')
  expect(await db.sql`select 1 from sessions`).toHaveLength(0)
})

test('who is disabled is out at once, and who signs out is out', async () => {
  await sampleUser(context, email, 'reader')
  const first = cookieOf((await from('203.0.113.1')).setCookie)
  const second = cookieOf((await from('203.0.113.1')).setCookie)
  expect(await context.sessions.close(first)).toMatch(/Max-Age=0/)
  expect((await resolveActor(context, first)).kind).toBe('visitor')
  expect((await resolveActor(context, second)).kind).toBe('user')
  await db.sql`update users set state = 'disabled'`
  expect((await resolveActor(context, second)).kind).toBe('visitor')
})

test.each(['known', 'unknown'])('an account is throttled window after window, whether it is %s', async (kind) => {
  if (kind === 'known') await sampleUser(context, email, 'reader')
  for (let window = 0; window < 3; window += 1) {
    for (let attempt = 0; attempt < attemptsAllowed.account; attempt += 1) {
      expect(await failure(from(`203.0.113.${attempt}`, 'wrong')), `window ${window}, attempt ${attempt}`).toBe(
        'sign_in_failed',
      )
    }
    // Even the right password, and from an address that has done nothing.
    expect(await failure(from('198.51.100.1'))).toBe('too_many_attempts')
    context.clock.advance({ minutes: windowMinutes - 1 })
    expect(await failure(from('198.51.100.1'))).toBe('too_many_attempts')
    context.clock.advance({ minutes: 1 })
  }
  expect(await failure(from('198.51.100.1'))).toBe(kind === 'known' ? 'signed in' : 'sign_in_failed')
})

test('an address is throttled over all accounts, in every window', async () => {
  await sampleUser(context, email, 'reader')
  for (let window = 0; window < 2; window += 1) {
    const codes = await Promise.all(
      Array.from({ length: attemptsAllowed.address + 5 }, (_, index) =>
        failure(from('2001:db8:1:2::7', 'wrong', `someone${index}@example.org`)),
      ),
    )
    expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(5)
    expect(await failure(from('2001:db8:1:2::8'))).toBe('too_many_attempts')
    expect(await failure(from('2001:db8:1:3::7'))).toBe('signed in')
    context.clock.advance({ minutes: windowMinutes })
  }
  expect(await failure(from('2001:db8:1:2::7'))).toBe('signed in')
})

test('signing in often is no offence', async () => {
  await sampleUser(context, email, 'reader')
  for (let attempt = 0; attempt < attemptsAllowed.account * 2; attempt += 1)
    expect(await failure(from('203.0.113.1'))).toBe('signed in')
})

test('the throttle keeps nobody’s address or name', async () => {
  await failure(from('203.0.113.77', 'wrong'))
  const rows = await db.sql<{ key: string }[]>`select key from throttles`
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toMatch(/203|officer/)
})

test('a new password ends every session; the old one opens none', async () => {
  const user = await sampleUser(context, email, 'reader')
  const cookie = cookieOf((await from('203.0.113.1')).setCookie)
  const change = (current: string, password: string, repeated = password) =>
    changePassword(context, user, { current, password, repeated })
  await expect(change('wrong', 'short', 'other')).rejects.toMatchObject({
    problems: [{ path: 'current' }, { path: 'password' }, { path: 'repeated' }],
  })
  await change(samplePassword, 'another sample password')
  expect((await resolveActor(context, cookie)).kind).toBe('visitor')
  expect(await failure(from('203.0.113.1'))).toBe('sign_in_failed')
  expect(await failure(from('203.0.113.1', 'another sample password'))).toBe('signed in')
})

test('an account needs an address of its own, a known role and a long password', async () => {
  const operator = { kind: 'command_line' } as const
  await sampleUser(context, email, 'reader')
  const make = (input: Parameters<typeof createUser>[2]) => createUser(context, operator, input)
  await expect(make({ email: 'x', roles: ['king'], password: 'short' })).rejects.toMatchObject({
    problems: [{ path: 'email' }, { path: 'role' }, { path: 'password' }],
  })
  await expect(
    make({ email: 'OFFICER@example.org', roles: ['reader'], password: samplePassword }),
  ).rejects.toMatchObject({ code: 'duplicate' })
  expect(await db.sql`select 1 from users`).toHaveLength(1)
})
