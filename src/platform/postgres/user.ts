import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { PostgresError } from './errors.ts'

/** Whom the server runs as, where this process is root. PostgreSQL refuses to be root. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** In this order; the first that the machine knows. The last one exists everywhere. */
const candidates = ['yunqiao', 'postgres', 'nobody']

/** The user for a new database. @throws PostgresError where the machine knows no unprivileged user at all. */
export function unprivilegedUser(): ServerUser {
  for (const name of candidates) {
    const user = userNamed(name)
    if (user) return user
  }
  throw new PostgresError(
    'wrong_owner',
    'PostgreSQL does not run as root, and there is no user to run it as. Make one with: useradd --system yunqiao',
  )
}

/** The user with this id. @throws PostgresError where it has no name: PostgreSQL's own tools refuse such a one. */
export function userWithId(uid: number, folder: string): ServerUser {
  if (uid === 0) {
    throw new PostgresError(
      'wrong_owner',
      `${folder} belongs to root, and PostgreSQL does not run as root. Give it to an unprivileged user: ` +
        `chown -R ${unprivilegedUser().name} ${folder}`,
    )
  }
  const user = passwd().find((entry) => entry.uid === uid)
  if (user) return user
  throw new PostgresError(
    'wrong_owner',
    `${folder} belongs to the user id ${uid}, which this machine does not know. Give it to a user that exists: ` +
      `chown -R ${unprivilegedUser().name} ${folder}`,
  )
}

/** The first folder on the way to `path`, from the top, that `user` cannot enter; `path` itself counts. */
export function closedFolder(path: string, user: ServerUser): string | undefined {
  const folders: string[] = []
  for (let at = resolve(path); ; at = dirname(at)) {
    folders.unshift(at)
    if (at === dirname(at)) break
  }
  return folders.find((folder) => !mayEnter(folder, user))
}

function mayEnter(folder: string, { uid, gid }: ServerUser): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (!stat) return true
  if (stat.uid === uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}

function userNamed(name: string): ServerUser | undefined {
  return passwd().find((user) => user.name === name && user.uid !== 0) ?? lookedUp(name)
}

function passwd(): ServerUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((parts) => parts.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}

/** For users that come from a directory service. */
function lookedUp(name: string): ServerUser | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }))
    const user = { name, uid: id('-u'), gid: id('-g') }
    return user.uid > 0 ? user : undefined
  } catch {
    return undefined
  }
}
