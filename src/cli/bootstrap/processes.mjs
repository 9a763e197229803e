import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, resolve } from 'node:path'
import { projectNode, root } from './paths.mjs'
import { BootstrapError } from './say.mjs'

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 128 and the signal's number for a process that a signal ended
 * @property {string} output what it wrote, where it was captured
 *
 * @typedef {object} RunOptions
 * @property {boolean} [show] lets the output through instead of capturing it
 * @property {NodeJS.ProcessEnv} [env] on top of the environment of this process
 * @property {string} [cwd]
 */

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, parameters, { show = false, env = {}, cwd = root } = {}) {
  return new Promise((resolveOutcome, reject) => {
    const child = spawn(program, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    }
    child.on('error', (error) => reject(new BootstrapError(`${program} cannot be run: ${error.message}`)))
    child.on('close', (code, signal) => resolveOutcome({ code: exitCode(code, signal), output }))
  })
}

/**
 * Runs npm under a Node.js of our choice, which its scripts find first on the path as well.
 * @param {string} node path of the program
 * @param {readonly string[]} parameters
 * @param {RunOptions} [options]
 */
export function npm(node, parameters, options = {}) {
  const path = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`
  // What an outer npm tells its scripts about this project would send the inner one to the wrong folder.
  const outer = Object.keys(process.env).filter((name) =>
    /^(npm_(package|lifecycle)_|npm_config_(local_)?prefix$)/.test(name),
  )
  const env = { ...options.env, ...Object.fromEntries(outer.map((name) => [name, undefined])), PATH: path }
  return run(node, [npmCli(), ...parameters], { ...options, env })
}

/** The program of the npm that is installed with the Node.js of this machine. */
function npmCli() {
  const given = process.env['npm_execpath']
  if (given?.endsWith('npm-cli.js')) return given
  const beside = dirname(process.execPath)
  const found = ['../lib/node_modules/npm/bin/npm-cli.js', 'node_modules/npm/bin/npm-cli.js']
    .map((path) => resolve(beside, path))
    .find((path) => existsSync(path))
  if (found) return found
  throw new BootstrapError('npm was not found. Install npm 10 or newer, and run this by npm: npm start, npm test.')
}

/**
 * Hands over to the project's Node.js: this process becomes it where the system can do that, and else stands in
 * for it, signals and exit code included.
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} defaults of the environment
 */
export function becomeNode(parameters, defaults) {
  process.chdir(root)
  const env = { ...defaults, ...process.env }
  const execve = /** @type {undefined | ((file: string, args: string[], env: NodeJS.ProcessEnv) => void)} */ (
    Reflect.get(process, 'execve')
  )
  if (execve && process.platform !== 'win32') execve(projectNode, [projectNode, ...parameters], env)
  const child = spawn(projectNode, parameters, { cwd: root, env, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT'])) {
    // A Ctrl-C on a terminal reaches the child by itself.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)))
  }
  child.on('error', (error) => {
    throw error
  })
  child.on('close', (code, signal) => process.exit(exitCode(code, signal)))
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}
