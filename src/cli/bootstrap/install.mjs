import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { onlyOneAtATime } from './one-at-a-time.mjs'
import { inProject, projectNode } from './paths.mjs'
import { npm, run } from './processes.mjs'
import { BootstrapError, step } from './say.mjs'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

const lockPath = inProject('package-lock.json')
const stampPath = inProject('node_modules/.installed-from')

/** Brings node_modules to what the lock file says, unless it is there already. */
export async function ensureInstalled() {
  if (isInstalled()) return
  await onlyOneAtATime('install', async () => {
    if (isInstalled()) return
    if (!matchesLock()) await install()
    writeFileSync(stampPath, stamp())
  })
}

function isInstalled() {
  return existsSync(projectNode) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp()
}

function stamp() {
  const lock = createHash('sha256').update(readFileSync(lockPath)).digest('hex')
  return `${lock} ${process.platform}-${process.arch}\n`
}

/** Whether npm has already installed just this, when somebody ran it by hand. */
function matchesLock() {
  const hiddenPath = inProject('node_modules/.package-lock.json')
  if (!existsSync(projectNode) || !existsSync(hiddenPath)) return false
  const wanted = packagesOf(lockPath)
  const present = packagesOf(hiddenPath)
  return Object.entries(wanted).every(([path, entry]) => {
    const found = present[path]
    if (path === '' || (!found && entry.optional)) return true
    return found?.version === entry.version && found?.integrity === entry.integrity
  })
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage>}
 */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}

async function install() {
  const folder = mkdtempSync(join(tmpdir(), 'yunqiao-node-'))
  try {
    const node = await findNode(folder)
    await step('Installing the packages (about half a minute)', async () => {
      const { code, output } = await npm(node, ['ci', '--include=dev', '--no-audit', '--no-fund'])
      if (code === 0 && existsSync(projectNode)) return
      throw new BootstrapError(
        `${output.trim()}\n\nThe packages could not be installed (npm ci ended with ${code}). Where the network was the ` +
          'reason, check it (a proxy or a mirror is set with: npm config set proxy …, npm config set registry …) and ' +
          'try again.',
      )
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The Node.js to install with: the version that the project pins, because npm lets older ones choose other packages.
 * It must not be the one in node_modules, which is about to be replaced.
 * @param {string} folder for a copy
 */
async function findNode(folder) {
  const version = packagesOf(lockPath)['node_modules/node']?.version ?? ''
  if (process.versions.node === version && process.execPath !== projectNode) return process.execPath
  if (existsSync(projectNode)) {
    const { code, output } = await run(projectNode, ['--version']).catch(() => ({ code: 1, output: '' }))
    if (code === 0 && output.trim() === `v${version}`) {
      const copy = join(folder, basename(projectNode))
      copyFileSync(projectNode, copy)
      return copy
    }
  }
  return step(`Getting Node.js ${version}`, async () => {
    mkdirSync(join(folder, 'node_modules'))
    const parameters = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `node@${version}`]
    const { code, output } = await npm(process.execPath, parameters, { cwd: folder })
    const node = join(folder, 'node_modules/node/bin', basename(projectNode))
    if (code === 0 && existsSync(node)) return node
    throw new BootstrapError(
      `${output.trim()}\n\nNode.js ${version} could not be fetched from the package registry. Check the network; or ` +
        `install Node.js ${version} yourself and run this with it.`,
    )
  })
}
