import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const { platform } = process

/** Whether a process runs. A zombie, which only waits for its parent to notice that it ended, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !'ZX'.includes(stateOf(pid))
}

/** Waits until the process has ended. @returns false where it still runs after `forMs`. */
export async function hasEnded(pid: number, forMs: number): Promise<boolean> {
  const deadline = performance.now() + forMs
  while (isRunning(pid)) {
    if (performance.now() > deadline) return false
    await sleep(10)
  }
  return true
}

/**
 * Whether a running process may be the PostgreSQL server of `dataDir`. A process id from before a crash can belong
 * to something else by now; where the system does not tell, the answer is yes, which is the safe one.
 */
export function mayServe(pid: number, dataDir: string): boolean {
  try {
    if (platform === 'linux') {
      if (statSync(`/proc/${pid}`).uid !== statSync(dataDir).uid) return false
      return readlinkSync(`/proc/${pid}/cwd`) === dataDir
    }
    if (platform === 'win32') return true
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(dataDir)
  } catch {
    return true
  }
}

/** The letter that the system has for the state of a process, or a blank where it does not tell. */
function stateOf(pid: number): string {
  try {
    if (platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
      return stat.charAt(stat.lastIndexOf(')') + 2)
    }
    if (platform === 'win32') return ' '
    return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).charAt(0) || 'X'
  } catch {
    return ' '
  }
}
