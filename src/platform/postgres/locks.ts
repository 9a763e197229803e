import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { giveToOwnerOf } from '#platform/ownership.ts'

/**
 * Locks that the operating system gives back when their holder dies, however it dies: no process id has to be
 * believed. Node.js has no file locks of its own, SQLite has them on every system, so a lock is an empty SQLite
 * database with an exclusive transaction. (Never open such a file by other means in a process that holds it: POSIX
 * drops all of a process's locks on a file when it closes any handle of it.)
 */
export interface Lock {
  release(): void
}

const sqliteBusy = 5

/** Takes the lock at `path`. @returns undefined where somebody else holds it. */
export function tryLock(path: string): Lock | undefined {
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined
    throw error
  }
  return { release: () => database.close() }
}

const longWaitMs = 3_000

/** Runs `work` while holding the lock at `path`, after whoever holds it now; says so where that takes long. */
export async function withLock<Result>(
  path: string,
  sayWaiting: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const notice = setTimeout(sayWaiting, longWaitMs)
  let lock = tryLock(path)
  for (; lock === undefined; lock = tryLock(path)) await sleep(20)
  clearTimeout(notice)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

/** The leases on a server: one file for each holder, locked for as long as the holder lives. */
export interface Leases {
  /** Takes a lease of this process's own. */
  take(): Lock
  /** How many are held, by this process or others. Forgets those of the dead. */
  count(): number
}

/** Leases kept in `folder`. Call its functions only under one lock that all of its users share. */
export function leasesIn(folder: string): Leases {
  return {
    take() {
      const path = join(folder, `${randomUUID()}.lease`)
      makeLockFile(path, folder)
      const lock = tryLock(path)
      if (lock === undefined) throw new Error(`${path} was taken by somebody else while it was being made`)
      return {
        release() {
          lock.release()
          rmSync(path, { force: true })
        },
      }
    },
    count() {
      return readdirSync(folder)
        .filter((name) => name.endsWith('.lease'))
        .map((name) => join(folder, name))
        .filter((path) => {
          const abandoned = tryLock(path)
          abandoned?.release()
          if (abandoned) rmSync(path, { force: true })
          return !abandoned
        }).length
    },
  }
}

/** Makes the file of a lock, if it is not there, so that whoever owns `folder` can use it too. */
export function makeLockFile(path: string, folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) giveToOwnerOf(dirname(folder), folder)
  closeSync(openSync(path, 'a', 0o600))
  giveToOwnerOf(folder, path)
}
