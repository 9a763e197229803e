/**
 * What `npm start`, `npm test`, `npm run test:long` and `npm run dev` do first: it runs before anything is installed,
 * so it and the files in `bootstrap/` use nothing outside Node.js 20's own modules.
 */
import { ensureBuilt } from './bootstrap/build.mjs'
import { ensureInstalled } from './bootstrap/install.mjs'
import { compileCache } from './bootstrap/paths.mjs'
import { becomeNode } from './bootstrap/processes.mjs'
import { BootstrapError, say } from './bootstrap/say.mjs'

const oldestNodeMajor = 20
const endsWithNpm = ['--import', './src/cli/bootstrap/end-with-npm.mjs']
const [command = '', ...rest] = process.argv.slice(2)

/** @type {Record<string, () => Promise<void>>} */
const commands = {
  async start() {
    await ensureInstalled()
    await ensureBuilt()
    becomeNode([...endsWithNpm, 'src/server.ts', ...rest], { NODE_ENV: 'production', NODE_COMPILE_CACHE: compileCache })
  },
  async dev() {
    await ensureInstalled()
    becomeNode([...endsWithNpm, 'node_modules/astro/bin/astro.mjs', 'dev', ...rest], { ASTRO_TELEMETRY_DISABLED: '1' })
  },
  async test() {
    await ensureInstalled()
    const { runChecks, everyday } = await import('./bootstrap/checks.mjs')
    process.exitCode = await runChecks(everyday)
  },
  async 'test:long'() {
    await ensureInstalled()
    const { runChecks, long } = await import('./bootstrap/checks.mjs')
    process.exitCode = await runChecks(long)
  },
}

const run = commands[command]

if (Number.parseInt(process.versions.node, 10) < oldestNodeMajor) {
  say(`This is Node.js ${process.versions.node}. Install Node.js ${oldestNodeMajor} or newer, then try again.`)
  process.exitCode = 1
} else if (!run) {
  say(`Usage: node src/cli/bootstrap.mjs ${Object.keys(commands).join(' | ')}`)
  process.exitCode = 2
} else {
  await run().catch((/** @type {unknown} */ error) => {
    if (!(error instanceof BootstrapError)) throw error
    say(error.message)
    process.exitCode = 1
  })
}
