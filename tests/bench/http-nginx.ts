import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort, type SiteProcess } from '#tests/integration/http/process.ts'
import { rawGet } from '#tests/integration/http/raw.ts'
import { type BenchRow, median } from './rows.ts'

const page = '/en/partners'
const rounds = 5
const run = promisify(execFile)

/** Our cache and one worker of nginx with the same bytes on disk, in turn, so that both meet the same machine. */
export async function benchAgainstNginx(site: SiteProcess): Promise<BenchRow[]> {
  await rawGet(site.port, page)
  const answer = await rawGet(site.port, page, ['Accept-Encoding: br'])
  const body = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1')
  const nginx = await startNginx(body)
  try {
    const ours = `${site.origin}${page}`
    const theirs = `${nginx.origin}/page`
    return [
      await compare(
        `cached page of ${(body.length / 1024).toFixed(1)} KB, requests a second, against nginx`,
        0.5,
        [ours],
        [theirs],
      ),
      await compare(
        '304 of the same page, against nginx',
        0.8,
        [ours, await tagOf(ours)],
        [theirs, await tagOf(theirs)],
      ),
    ]
  } finally {
    await nginx.stop()
  }
}

async function tagOf(address: string): Promise<string> {
  const response = await fetch(address, { headers: { 'accept-encoding': 'br' } })
  await response.arrayBuffer()
  return response.headers.get('etag') ?? ''
}

type Target = readonly [address: string, tag?: string]

async function compare(what: string, budget: number, ours: Target, theirs: Target): Promise<BenchRow> {
  const measured: { ours: number; theirs: number }[] = []
  for (let round = 0; round < rounds; round += 1) {
    measured.push({ ours: await requestsPerSecond(ours), theirs: await requestsPerSecond(theirs) })
  }
  const ratio = median(measured.map((pair) => pair.ours / pair.theirs))
  const thousands = (side: 'ours' | 'theirs') => `${(median(measured.map((pair) => pair[side])) / 1000).toFixed(1)}k`
  return {
    what,
    measured: `${thousands('ours')} / ${thousands('theirs')} = ${ratio.toFixed(2)}`,
    budget: `≥ ${budget}`,
    isWithin: ratio >= budget,
  }
}

async function requestsPerSecond([address, tag]: Target): Promise<number> {
  const condition = tag === undefined ? [] : ['-H', `If-None-Match: ${tag}`]
  const { stdout } = await run('wrk', ['-t1', '-c32', '-d2s', '-H', 'Accept-Encoding: br', ...condition, address])
  const errors = /Socket errors.*|Non-2xx or 3xx responses: .*/.exec(stdout)
  if (errors !== null) throw new Error(`${address}: ${errors[0]}`)
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
}

async function startNginx(body: Buffer): Promise<{ origin: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yunqiao-nginx-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  await writeFile(path.join(folder, 'page'), body)
  await writeFile(
    path.join(folder, 'nginx.conf'),
    `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http {
  access_log off; sendfile on; tcp_nopush on; open_file_cache max=16; keepalive_requests 100000000;
  types {} default_type text/html; add_header Content-Encoding br;
  server { listen 127.0.0.1:${port}; root ${folder}; }
}`,
  )
  const child = spawn('nginx', ['-c', path.join(folder, 'nginx.conf')], { stdio: 'ignore' })
  const closed = once(child, 'close')
  const origin = `http://127.0.0.1:${port}`
  for (let attempt = 0; !(await answers(origin)); attempt += 1) {
    if (attempt === 100) throw new Error('nginx did not start')
    await sleep(20)
  }
  return {
    origin,
    async stop() {
      child.kill('SIGTERM')
      await closed
      await rm(folder, { recursive: true })
    },
  }
}

const answers = (origin: string) =>
  fetch(origin).then(
    () => true,
    () => false,
  )
