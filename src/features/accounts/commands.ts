import { eq } from 'drizzle-orm'
import { type Database, sqlState } from '#db/client.ts'
import { userRoles, users } from '#db/schema/index.ts'
import { recordAudit } from '#platform/audit/record.ts'
import type { Clock } from '#platform/clock.ts'
import { DomainError, type FieldProblem } from '#platform/errors.ts'
import { isLocale } from '#platform/i18n/locales.ts'
import { newId } from '#platform/ids.ts'
import type { Sessions } from '#platform/sessions/sessions.ts'
import { normaliseText } from '#platform/text/normalise.ts'
import { command, parseEmail, passwordLength, type Role, roles } from './model.ts'
import { hashPassword, passwordFits, passwordProblem } from './passwords.ts'

interface Context {
  readonly database: Database
  readonly clock: Clock
}

export interface NewUser {
  readonly email: string
  readonly name?: string
  readonly roles: readonly string[]
  readonly password: string
}

const uniqueViolation = '23505'

/** Makes an account. @throws DomainError `invalid_input` with every problem, or `duplicate`. Returns its id. */
export const createUser = command('users.manage', async ({ database, clock }: Context, actor, input: NewUser) => {
  const email = parseEmail(input.email)
  const problems: FieldProblem[] = []
  if (email === undefined) problems.push({ path: 'email', code: 'email' })
  if (input.roles.length === 0) problems.push({ path: 'role', code: 'required' })
  for (const role of input.roles) {
    if (!isRole(role)) problems.push({ path: 'role', code: 'unknown_choice', params: { value: role } })
  }
  const password = passwordProblem(input.password)
  if (password !== undefined) problems.push({ path: 'password', code: password, params: passwordLength })
  if (email === undefined || problems.length > 0) throw new DomainError('invalid_input', {}, problems)

  const id = newId()
  const at = clock.now()
  const held = roles.filter((role) => input.roles.includes(role))
  const name = normaliseText(input.name ?? '') || null
  const passwordHash = await hashPassword(input.password)
  try {
    await database.transaction(async (tx) => {
      await tx
        .insert(users)
        .values({ id, email, name, passwordHash, createdAt: at.toString(), updatedAt: at.toString() })
      await tx.insert(userRoles).values(held.map((role) => ({ userId: id, role })))
      await recordAudit(tx, actor, {
        action: 'user.create',
        subject: { kind: 'user', id },
        at,
        changes: [
          { field: 'email', before: null, after: email },
          { field: 'name', before: null, after: name },
          { field: 'roles', before: null, after: held },
        ],
      })
    })
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    throw new DomainError('duplicate', { value: email }, [{ path: 'email', code: 'taken' }], error)
  }
  return id
})

function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}

export interface NewPassword {
  readonly current: string
  readonly password: string
  readonly repeated: string
}

/** Changes one's own password and ends all sessions of the account; the caller opens a new one. */
export const changePassword = command(
  'office.enter',
  async ({ database, clock, sessions }: Context & { readonly sessions: Sessions }, actor, input: NewPassword) => {
    if (actor.kind !== 'user') throw new DomainError('forbidden')
    const [user] = await database.select().from(users).where(eq(users.id, actor.id))
    const problems: FieldProblem[] = []
    if (!(await passwordFits(user?.passwordHash, input.current))) {
      problems.push({ path: 'current', code: 'password_wrong' })
    }
    const problem = passwordProblem(input.password)
    if (problem !== undefined) problems.push({ path: 'password', code: problem, params: passwordLength })
    if (input.repeated !== input.password) problems.push({ path: 'repeated', code: 'password_differs' })
    if (problems.length > 0) throw new DomainError('invalid_input', {}, problems)
    const passwordHash = await hashPassword(input.password)
    const at = clock.now()
    await database.transaction(async (tx) => {
      await tx.update(users).set({ passwordHash, updatedAt: at.toString() }).where(eq(users.id, actor.id))
      await recordAudit(tx, actor, { action: 'user.change_password', subject: { kind: 'user', id: actor.id }, at })
    })
    await sessions.closeAll(actor.id)
  },
)

/** Chooses the language in which one works. */
export const chooseLocale = command('office.enter', async ({ database, clock }: Context, actor, locale: string) => {
  if (actor.kind !== 'user') throw new DomainError('forbidden')
  if (!isLocale(locale))
    throw new DomainError('invalid_input', {}, [{ path: 'locale', code: 'unknown_choice', params: { value: locale } }])
  const at = clock.now()
  await database.transaction(async (tx) => {
    const [before] = await tx.select({ locale: users.locale }).from(users).where(eq(users.id, actor.id)).for('update')
    await tx.update(users).set({ locale, updatedAt: at.toString() }).where(eq(users.id, actor.id))
    await recordAudit(tx, actor, {
      action: 'user.choose_locale',
      subject: { kind: 'user', id: actor.id },
      at,
      changes: [{ field: 'locale', before: before?.locale ?? null, after: locale }],
    })
  })
})
