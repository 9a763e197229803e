import { expect, test } from 'vitest'
import { type CliCommand, type CommandRun, UsageError } from '#cli/command.ts'
import { auditVerify } from '#cli/commands/audit-verify.ts'
import { userCreate } from '#cli/commands/user-create.ts'
import { signIn } from '#features/accounts/sign-in.ts'
import { sealAudit } from '#platform/audit/seal.ts'
import { createSessions } from '#platform/sessions/sessions.ts'
import { runCommand } from '#tests/support/command-line.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()

const run = (command: CliCommand, options: CommandRun['options'], input = '') => runCommand(db, command, options, input)

const mayEnter = (email: string, password: string) => {
  const { database, clock, config } = testContext(db)
  const sessions = createSessions({ database, clock, baseUrl: config.baseUrl })
  return signIn({ database, clock, sessions, secretKey: config.secretKey }, { email, password, address: '203.0.113.1' })
}

test('an account with a given password', async () => {
  const { code, lines } = await run(
    userCreate,
    { email: 'A@example.org', role: 'reader,editor', 'password-stdin': true },
    'a sample password',
  )
  expect(code).toBe(0)
  expect(lines).toEqual(['Account a@example.org was created (reader, editor).'])
  await mayEnter('a@example.org', 'a sample password')
})

test('an account with a password that is made and printed once', async () => {
  const { lines } = await run(userCreate, { email: 'a@example.org', role: 'administrator', name: 'A' })
  const password = lines[1]?.split(': ')[1] ?? ''
  expect(password).toMatch(/^[a-z2-9-]{23}$/)
  await mayEnter('a@example.org', password)
})

test('what cannot be understood is a usage error, and makes nothing', async () => {
  await expect(run(userCreate, { email: 'a@example.org', role: 'king' })).rejects.toThrow(UsageError)
  await expect(run(userCreate, { email: 'nobody', role: 'reader' })).rejects.toThrow(UsageError)
  await expect(
    run(userCreate, { email: 'a@example.org', role: 'reader', 'password-stdin': true }, 'short'),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  expect(await db.sql`select 1 from users`).toHaveLength(0)
})

test('the audit trail is verified, with what is not sealed yet', async () => {
  await run(userCreate, { email: 'a@example.org', role: 'reader' })
  expect(await run(auditVerify, {})).toMatchObject({
    code: 0,
    lines: expect.arrayContaining([expect.stringContaining('1 not sealed')]) as unknown,
  })
  await sealAudit(db.database, testContext(db).clock)
  const { code, lines } = await run(auditVerify, {})
  expect(code).toBe(0)
  expect(lines.join('\n')).toMatch(/1 events? sealed[\s\S]*[0-9a-f]{64}[\s\S]*intact/)
})
