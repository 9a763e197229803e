import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onlyOneAtATime } from './one-at-a-time.mjs'
import { inProject, projectNode, root } from './paths.mjs'
import { run } from './processes.mjs'
import { BootstrapError, step } from './say.mjs'

const sources = ['src', 'locales', 'astro.config.mjs', 'package-lock.json', 'package.json', 'tsconfig.json']
const stampPath = inProject('dist/.built-from')

/**
 * What test runners put into the environment, and Astro takes for its own: whoever asks for a build, it has the pages
 * that people are served, never those of development.
 */
const ofTestRunners = Object.fromEntries(
  ['DEV', 'PROD', 'SSR', 'MODE', 'BASE_URL', 'TEST', 'VITEST'].map((name) => [name, undefined]),
)

/** Builds the pages, unless they were built from just these sources. */
export async function ensureBuilt() {
  if (isBuilt()) return
  await onlyOneAtATime('build', async () => {
    if (isBuilt()) return
    const from = sourcesHash()
    rmSync(stampPath, { force: true })
    await step('Building the pages', async () => {
      const env = { ...ofTestRunners, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
      const { code, output } = await run(projectNode, ['node_modules/astro/bin/astro.mjs', 'build'], { env })
      if (code !== 0)
        throw new BootstrapError(`${output.trim()}\n\nThe pages could not be built; the lines above say why.`)
    })
    writeFileSync(stampPath, from)
  })
}

function isBuilt() {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === sourcesHash()
}

function sourcesHash() {
  const hash = createHash('sha256')
  for (const path of sources.flatMap(filesIn))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/**
 * @param {string} path of a file or a folder, relative to the project
 * @returns {string[]} files, in an order that is the same everywhere
 */
function filesIn(path) {
  const entries = readdirSync(join(root, path, '..'), { withFileTypes: true })
  const entry = entries.find(({ name }) => name === path.split('/').at(-1))
  if (!entry) return []
  if (!entry.isDirectory()) return [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`))
}
