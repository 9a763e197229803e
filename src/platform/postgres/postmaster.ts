import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning, mayServe } from './processes.ts'

/** A running server, as its `postmaster.pid` describes it. */
export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** Empty where it listens on loopback only. */
  readonly socketFolder: string
  readonly status: 'starting' | 'ready' | 'stopping'
}

/** The socket to reach it by, or undefined where it listens on loopback. */
export const socketOf = ({ socketFolder, port }: Postmaster): string | undefined =>
  socketFolder ? join(socketFolder, `.s.PGSQL.${port}`) : undefined

/** Whether it runs, and its socket was not cleared away with other old files. */
export function isServing(server: Postmaster): boolean {
  const socket = socketOf(server)
  return isRunning(server.pid) && (socket === undefined || existsSync(socket))
}

const pidFile = (data: string) => join(data, 'postmaster.pid')

/** The server that runs on this data directory, or undefined: the file of a dead one says nothing. */
export async function findPostmaster(data: string): Promise<Postmaster | undefined> {
  const found = await readPidFile(data)
  return found && isRunning(found.pid) && mayServe(found.pid, data) ? found : undefined
}

/**
 * Removes the file that a dead server left, where PostgreSQL would take it for a living one's: its process id may be
 * a zombie's or belong to another program by now. Call only where `findPostmaster` found nothing.
 */
export async function forgetPostmaster(data: string): Promise<void> {
  await rm(pidFile(data), { force: true })
}

async function readPidFile(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(pidFile(data), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  })
  // Lines: process id, data directory, start time, port, socket folder, address, shared memory key, status.
  const [pid = '', , , port = '', socketFolder = '', , , status = ''] = text.split('\n').map((line) => line.trim())
  if (!/^\d+$/.test(pid)) return undefined
  return {
    pid: Number(pid),
    port: Number(port) || 0,
    socketFolder,
    status: status === 'ready' || status === 'stopping' ? status : 'starting',
  }
}
