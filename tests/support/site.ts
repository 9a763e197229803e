import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { endWithParent } from '#cli/bootstrap/end-with-parent.mjs'
import { createLogger } from '#platform/log.ts'
import { acquirePostgres } from '#platform/postgres/index.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { people } from './people.ts'
import { dataDirOf, makeScratch } from './scratch.ts'

/**
 * A site for browser tests, on the port in PORT: data of its own, the launch content pack, and `people`. It ends with
 * SIGTERM, or with the process that started it, and leaves nothing behind. The file in E2E_DATA_FILE says where its data
 * are.
 */
endWithParent()
const scratch = await makeScratch()
const dataDir = dataDirOf(scratch.path)
const dataFile = process.env['E2E_DATA_FILE']
if (dataFile !== undefined) writeFileSync(dataFile, dataDir)
const { DATABASE_URL: _, BASE_URL: __, ...inherited } = process.env
const env = { LOG_LEVEL: 'warn', ...inherited, NODE_ENV: 'production', DATA_DIR: dataDir }
const server = await acquirePostgres({ dataDir, databaseUrl: undefined }, createLogger({ level: 'warn' }))
try {
  await migrateDatabase(server.target)
  for (const person of Object.values(people)) await makeUser(person)
  process.exitCode = await serve()
} finally {
  await server.release()
  scratch.remove()
  if (dataFile !== undefined) rmSync(dataFile, { force: true })
}

async function makeUser({ email, role, password }: (typeof people)[keyof typeof people]): Promise<void> {
  const parameters = ['src/cli/main.ts', 'user', 'create', '--email', email, '--role', role, '--password-stdin']
  const command = spawn(process.execPath, parameters, { env, stdio: ['pipe', 'ignore', 'inherit'] })
  command.stdin.end(`${password}\n`)
  const [code] = (await once(command, 'close')) as [number | null]
  if (code !== 0) throw new Error(`making ${email} ended with ${code}`)
}

/** Runs the site until it is told to end. @returns its exit code */
async function serve(): Promise<number> {
  const site = spawn(process.execPath, ['src/server.ts'], { env, stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => site.kill('SIGTERM'))
  const [code] = (await once(site, 'close')) as [number | null]
  return code ?? 1
}
