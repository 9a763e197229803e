import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { ensureBuilt } from '#cli/bootstrap/build.mjs'
import { compileCache } from '#cli/bootstrap/paths.mjs'
import { projectRoot } from '#platform/config.ts'
import { dataDirOf, makeScratch } from '#tests/support/scratch.ts'

/** The server as its users run it: a process with data of its own, and the built pages. */
export interface SiteProcess {
  readonly child: ChildProcess
  readonly port: number
  readonly origin: string
  readonly dataDir: string
  /** What it wrote so far, on standard output and standard error. */
  output(): string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Ends it. @returns its exit code */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

const ready = /Yunqiao is at (\S+)/

/**
 * Starts `src/server.ts`, and waits until it serves or has ended. With `DATA_DIR` it runs on data that are the caller's
 * and stay.
 */
export async function startProcess(env: Readonly<Record<string, string>> = {}): Promise<SiteProcess> {
  await ensureBuilt()
  const scratch = env['DATA_DIR'] === undefined ? await makeScratch() : undefined
  const dataDir = scratch === undefined ? (env['DATA_DIR'] ?? '') : dataDirOf(scratch.path)
  const port = await freePort()
  const { DATABASE_URL: _, BASE_URL: __, ...inherited } = process.env
  const child = spawn(process.execPath, ['src/server.ts'], {
    cwd: projectRoot,
    env: {
      ...inherited,
      NODE_ENV: 'production',
      NODE_COMPILE_CACHE: compileCache,
      LOG_LEVEL: 'info',
      DATA_DIR: dataDir,
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const closed = once(child, 'close')
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (ready.test(output)) resolve()
      })
    }
    void closed.then(() => resolve())
  })
  const origin = `http://127.0.0.1:${port}`
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await closed
    return child.exitCode
  }
  return {
    child,
    port,
    origin,
    dataDir,
    output: () => output,
    get: (path, headers = {}) => fetch(`${origin}${path}`, { headers, redirect: 'manual' }),
    stop,
    async remove() {
      await stop()
      scratch?.remove()
    },
  }
}
