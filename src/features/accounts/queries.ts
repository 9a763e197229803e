import { and, eq, sql } from 'drizzle-orm'
import { among } from '#db/among.ts'
import type { Queryable } from '#db/client.ts'
import { keptQuery } from '#db/kept-query.ts'
import { userRoles, users } from '#db/schema/index.ts'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { type Actor, type Permission, permissions, type Role, staffActor } from './model.ts'

/** A member of staff as an actor; undefined when there is none, or the account is disabled. */
export async function findActor(database: Queryable, userId: string): Promise<Actor | undefined> {
  const rows = await database
    .select({ id: users.id, email: users.email, name: users.name, state: users.state, role: userRoles.role })
    .from(users)
    .leftJoin(userRoles, eq(userRoles.userId, users.id))
    .where(eq(users.id, userId))
  const [user] = rows
  if (user === undefined || user.state !== 'active') return undefined
  return staffActor({ ...user, roles: rows.map(({ role }) => role) })
}

const usersById = keptQuery<{ ids: readonly string[] }>()((database, value) =>
  database
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(among(users.id, value('ids'))),
)

/** How people are called in lists and histories: their name, else the address that they sign in with. */
export async function namesOfUsers(
  database: Queryable,
  userIds: readonly (string | null)[],
): Promise<Map<string, string>> {
  const ids = [...new Set(userIds.filter((id) => id !== null))]
  if (ids.length === 0) return new Map()
  const rows = await usersById(database, { ids })
  return new Map(rows.map((row) => [row.id, row.name ?? row.email]))
}

/** The language in which someone works, where they chose one. */
export async function localeOfUser(database: Queryable, userId: string): Promise<Locale | undefined> {
  const [row] = await database.select({ locale: users.locale }).from(users).where(eq(users.id, userId))
  return isLocale(row?.locale) ? row.locale : undefined
}

/** Whether anybody can manage the site yet. */
export async function hasAdministrator(database: Queryable): Promise<boolean> {
  const rows = await database
    .select({ id: userRoles.userId })
    .from(userRoles)
    .where(eq(userRoles.role, 'administrator'))
    .limit(1)
  return rows.length > 0
}

const usersWithRoles = keptQuery<{ roles: readonly Role[] }>()((database, value) =>
  database
    .selectDistinct({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .innerJoin(userRoles, eq(userRoles.userId, users.id))
    .where(and(eq(users.state, 'active'), sql`${userRoles.role} = any(${value('roles')})`)),
)

/** Everybody with an account in use and one of the roles that may, by name. */
export async function staffWith(
  database: Queryable,
  permission: Permission,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const rows = await usersWithRoles(database, { roles: permissions[permission] })
  return rows.map((row) => ({ id: row.id, name: row.name ?? row.email })).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
