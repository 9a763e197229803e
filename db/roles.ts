import type postgres from 'postgres'
import { sqlState } from './errors.ts'

/** The role that the site, the jobs and the command line work as. Roles belong to a whole server. */
export const applicationRole = 'yunqiao_app'

/**
 * Tables whose rows the application may add but never delete, and change only in these columns. All others are its
 * own to write.
 */
export const protectedTables: Readonly<Record<string, readonly string[]>> = {
  audit_events: [],
  audit_changes: [],
  audit_seals: [],
  publications: ['superseded_at', 'withdrawn_at'],
  issued_briefs: ['confirmed_at', 'editions', 'office_records', 'recipe'],
  issued_brief_files: [],
  signing_certificates: ['retired_at'],
}

/** Two databases of one server that are set up at once both write the server's roles; then one of them tries again. */
const raceStates = ['42710', '23505', 'XX000']

/** Makes the application's role, and lets the owner (the current user) take it. Done already, it does nothing. */
export async function ensureApplicationRole(sql: postgres.Sql): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [role] = await sql`select 1 from pg_roles where rolname = ${applicationRole}`
      if (!role) await sql`create role ${sql(applicationRole)} nologin`
      if (!(await mayTakeRole(sql))) await sql`grant ${sql(applicationRole)} to current_user`
      return
    } catch (error) {
      if (attempt === 5 || !raceStates.includes(sqlState(error) ?? '')) throw error
    }
  }
}

async function mayTakeRole(sql: postgres.Sql): Promise<boolean> {
  const [server] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`
  // Since 16 a member may lack the right to become the role; before, a member always could.
  const privilege = (server?.version ?? 0) >= 160_000 ? 'SET' : 'MEMBER'
  const [row] = await sql<{ may: boolean }[]>`
    select pg_has_role(current_user, ${applicationRole}, ${privilege}) as may`
  return row?.may === true
}

interface TablePrivileges {
  readonly name: string
  readonly granted: readonly string[]
  readonly columns: readonly string[]
}

/** Gives the application exactly what it may do with each table of the schema `public`, and takes back the rest. */
export async function grantToApplication(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`grant usage on schema public to ${tx(applicationRole)}`
    for (const { name, granted, columns } of await tablePrivileges(tx)) {
      const updatable = protectedTables[name]
      const wanted = updatable ? ['INSERT', 'SELECT'] : ['DELETE', 'INSERT', 'SELECT', 'UPDATE']
      if (granted.join() === wanted.join() && columns.join() === (updatable ?? []).toSorted().join()) continue
      await tx`revoke all on ${tx(name)} from ${tx(applicationRole)}`
      await tx`grant ${tx.unsafe(wanted.join(', '))} on ${tx(name)} to ${tx(applicationRole)}`
      if (updatable?.length) await tx`grant update (${tx(updatable)}) on ${tx(name)} to ${tx(applicationRole)}`
    }
    await tx`grant usage on all sequences in schema public to ${tx(applicationRole)}`
  })
}

/** What was granted to the application on each table, and on which columns alone it may update. */
async function tablePrivileges(tx: postgres.TransactionSql): Promise<TablePrivileges[]> {
  return tx<TablePrivileges[]>`
    select t.relname as name,
      array(
        select acl.privilege_type from aclexplode(t.relacl) acl
        where acl.grantee = ${applicationRole}::regrole order by 1
      ) as granted,
      array(
        select a.attname::text from pg_attribute a, aclexplode(a.attacl) acl
        where a.attrelid = t.oid and acl.grantee = ${applicationRole}::regrole and acl.privilege_type = 'UPDATE'
        order by 1
      ) as columns
    from pg_class t
    where t.relkind in ('r', 'p') and t.relnamespace = 'public'::regnamespace
    order by t.relname`
}
