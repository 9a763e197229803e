import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const root = resolve(fileURLToPath(import.meta.url), '../../../..')

/** @param {string[]} parts */
export const inProject = (...parts) => resolve(root, ...parts)

const suffix = process.platform === 'win32' ? '.exe' : ''

/** Where Node.js keeps what it has compiled: a third of the time of a start. */
export const compileCache = inProject('node_modules/.cache/node-compile')

/** The Node.js that the project runs on: a package among its dependencies. */
export const projectNode = inProject('node_modules/node/bin', `node${suffix}`)
