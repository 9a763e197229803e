import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ensureTestTools } from './test-tools.mjs'
import { ensureBuilt } from './build.mjs'
import { inProject, projectNode } from './paths.mjs'
import { npm, run } from './processes.mjs'
import { BootstrapError, say } from './say.mjs'

/** @typedef {{ passed: number, failed: number, names?: readonly string[] }} Count `names` of what failed, where it has any. */
/**
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { name: string, status: string, message: string,
 *     assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} VitestReport
 */
/** @typedef {{ specs?: { ok: boolean, file: string, title: string }[], suites?: PlaywrightSuite[] }} PlaywrightSuite */
/** @typedef {readonly [title: string, check: () => Promise<Count>]} Check */

const reports = inProject('test-results')

/** What `npm test` runs. @type {readonly Check[]} */
export const everyday = [
  ['Tools', tools],
  ['Lint and types', () => together(script('lint'), script('types'))],
  ['Build', build],
  ['Unit tests', () => vitest('unit')],
  ['Integration tests on PostgreSQL 18', () => vitest('integration')],
  ['Browser tests', () => browserTests(['--grep-invert', '@long'])],
]

/** What `npm run test:long` runs. @type {readonly Check[]} */
export const long = [
  ['Tools', tools],
  ['Build', build],
  ['Long tests', () => vitest('long')],
  ...olderPostgres().map(
    ({ folder, major }) =>
      /** @type {Check} */ ([
        `Integration tests on PostgreSQL ${major}`,
        () => vitest('integration', `integration-${major}`, { TEST_POSTGRES: folder }),
      ]),
  ),
  ['Browser tests in the other languages', () => browserTests(['--grep', '@long'])],
]

/**
 * Runs every check, whatever became of those before it, and ends with the line that sums them up.
 * @param {readonly Check[]} checks
 * @returns {Promise<number>} the exit code
 */
export async function runChecks(checks) {
  mkdirSync(reports, { recursive: true })
  const sum = { passed: 0, failed: 0 }
  /** @type {string[]} */
  const failures = []
  for (const [title, check] of checks) {
    say(`\n── ${title}`)
    const begun = Date.now()
    const {
      passed,
      failed,
      names = [],
    } = await check().catch((/** @type {unknown} */ error) => {
      if (!(error instanceof BootstrapError)) throw error
      say(error.message)
      return { passed: 0, failed: 1 }
    })
    say(`── ${title}: ${passed} passed, ${failed} failed (${((Date.now() - begun) / 1000).toFixed(0)} s)`)
    if (failed > 0) failures.push([title, ...names.map((name) => `  ${name}`)].join('\n'))
    sum.passed += passed
    sum.failed += failed
  }
  // Last, so that whoever sees only the end of a long output knows what to look for.
  if (failures.length > 0) say(`\nFailed:\n${failures.join('\n')}`)
  process.stdout.write(`\n${sum.passed} passed, ${sum.failed} failed\n`)
  return sum.failed === 0 ? 0 : 1
}

/**
 * A script of package.json that passes or fails as a whole, and is quiet when it passes.
 * @param {string} name
 * @returns {Promise<Count>}
 */
async function script(name) {
  const { code, output } = await npm(projectNode, ['run', '-s', name])
  if (code !== 0) say(output.trim())
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
}

async function tools() {
  await ensureTestTools()
  return { passed: 1, failed: 0 }
}

async function build() {
  await ensureBuilt()
  return { passed: 1, failed: 0 }
}

/**
 * @param {string} project
 * @param {string} [report]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Count>}
 */
async function vitest(project, report = project, env = {}) {
  const path = join(reports, `${report}.json`)
  rmSync(path, { force: true })
  const { code } = await run(
    projectNode,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/vitest.config.ts', '--project', project],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${path}`],
    ],
    { show: true, env },
  )
  if (!existsSync(path)) return { passed: 0, failed: 1 }
  /** @type {VitestReport} */
  const result = JSON.parse(readFileSync(path, 'utf8'))
  const unloaded = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  const failedTests = result.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${inTests(file.name)} › ${fullName}: ${firstLine(failureMessages[0])}`),
  )
  const left = leftOut(result.numPendingTests + result.numTodoTests)
  const failed = result.numFailedTests + unloaded.length + left
  const names = [...failedTests, ...unloaded.map(({ name, message }) => `${inTests(name)}: ${firstLine(message)}`)]
  return settled({ passed: result.numPassedTests, failed, names }, code)
}

/** @param {...Promise<Count>} running @returns {Promise<Count>} */
async function together(...running) {
  const counts = await Promise.all(running)
  const sum = (/** @type {'passed' | 'failed'} */ part) => counts.reduce((total, count) => total + count[part], 0)
  return { passed: sum('passed'), failed: sum('failed') }
}

/**
 * @param {readonly string[]} which
 * @returns {Promise<Count>}
 */
async function browserTests(which) {
  const path = join(reports, 'e2e.json')
  rmSync(path, { force: true })
  const { code } = await run(
    projectNode,
    [
      ...['node_modules/@playwright/test/cli.js', 'test', '--config', 'tests/playwright.config.ts'],
      ...['--reporter=line,json', ...which],
    ],
    { show: true, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path } },
  )
  if (!existsSync(path)) return { passed: 0, failed: 1 }
  const { stats, errors, suites } = JSON.parse(readFileSync(path, 'utf8'))
  const failed = stats.unexpected + stats.flaky + leftOut(stats.skipped) + errors.length
  return settled({ passed: stats.expected, failed, names: suites.flatMap(brokenSpecs) }, code)
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function brokenSpecs(suite) {
  const own = (suite.specs ?? []).filter(({ ok }) => !ok).map(({ file, title }) => `${file} › ${title}`)
  return [...own, ...(suite.suites ?? []).flatMap(brokenSpecs)]
}

/** @param {string} path */
const inTests = (path) => relative(inProject('tests'), path)

/** @param {string | undefined} text */
const firstLine = (text) => (text ?? '').split('\n', 1)[0]

/** Tests that did not run are no proof of anything. @param {number} count */
function leftOut(count) {
  if (count > 0) say(`${count} tests were left out, which counts as failed.`)
  return count
}

/**
 * An error outside of any test (a rejection that nobody handled) shows in the exit code alone.
 * @param {Count} count
 * @param {number} code
 */
function settled(count, code) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

/** The oldest PostgreSQL that we support and this machine has beside the packaged one. */
function olderPostgres() {
  const parent = '/usr/lib/postgresql'
  const versions = existsSync(parent) ? readdirSync(parent) : []
  return versions
    .map((name) => ({ folder: join(parent, name), major: Number(name) }))
    .filter(({ folder, major }) => major >= 15 && major < 18 && existsSync(join(folder, 'bin/initdb')))
    .sort((a, b) => a.major - b.major)
    .slice(0, 1)
}
