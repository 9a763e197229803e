import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, constants, copyFileSync, cpSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { projectRoot } from '#platform/config.ts'
import { packagedBinaries } from '#platform/postgres/binaries.ts'
import type { ServerUser } from '#platform/postgres/user.ts'
import type { HolderAnswer } from './holder.ts'

/** Another process with a lease on a private server. */
export interface Holder {
  readonly answer: HolderAnswer
  readonly process: ChildProcess
  release(): Promise<void>
  kill(): Promise<void>
}

/** A process of the same user that takes a lease on the server of `dataDir`. */
export function startHolder(dataDir: string): Promise<Holder> {
  return watch(spawn(process.execPath, ['tests/support/holder.ts', dataDir], { cwd: projectRoot, stdio: pipes }))
}

/**
 * Starts holders as another user (only root can): from a copy below `folder`, since the clone itself may be one that
 * others cannot enter.
 */
export async function holderAs(user: ServerUser, folder: string): Promise<(dataDir: string) => Promise<Holder>> {
  const copy = join(folder, 'clone')
  if (!statSync(copy, { throwIfNoEntry: false })) {
    for (const path of ['src/platform', 'tests/support', 'package.json']) {
      cpSync(join(projectRoot, path), join(copy, path), { recursive: true })
    }
    mkdirSync(join(copy, 'bin'))
    copyFileSync(process.execPath, join(copy, 'bin/node'), constants.COPYFILE_FICLONE)
    await openToAll(copy)
  }
  const binaries = await packagedBinaries(user, folder)
  return (dataDir) =>
    watch(
      spawn(
        join(copy, 'bin/node'),
        [join(copy, 'tests/support/holder.ts'), dataDir, binaries.folder, String(binaries.majorVersion)],
        { cwd: copy, stdio: pipes, uid: user.uid, gid: user.gid, env: { PATH: process.env['PATH'] } },
      ),
    )
}

const pipes: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit']

async function openToAll(folder: string): Promise<void> {
  chmodSync(folder, 0o755)
  const { code } = await ended(spawn('chmod', ['-R', 'a+rX', folder], { stdio: 'ignore' }))
  if (code !== 0) throw new Error(`${folder} cannot be opened to others`)
}

async function watch(child: ReturnType<typeof spawn>): Promise<Holder> {
  const done = ended(child)
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const [line] = (await Promise.race([once(lines, 'line'), done.then(() => ['null'])])) as [string]
  const answer = JSON.parse(line) as HolderAnswer | null
  if (!answer) throw new Error('The holder ended without an answer')
  return {
    answer,
    process: child,
    async release() {
      child.stdin?.end()
      await done
    },
    async kill() {
      child.kill('SIGKILL')
      await done
    },
  }
}

async function ended(child: ChildProcess): Promise<{ code: number | null }> {
  const [code] = (await once(child, 'close')) as [number | null]
  return { code }
}
