import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './paths.mjs'
import { say } from './say.mjs'

const prefixes = { linux: '\0', win32: '\\\\.\\pipe\\' }

/**
 * Runs `work` when no other bootstrap of this clone does the same. The lock is an address without a file, which the
 * system takes back from the dead; where there is no such thing, everybody goes ahead.
 * @param {string} name
 * @param {() => Promise<void>} work
 */
export async function onlyOneAtATime(name, work) {
  const prefix = Reflect.get(prefixes, process.platform)
  if (prefix === undefined) return work()
  const address = `${prefix}yunqiao-${name}-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`
  let lock = await listen(address)
  if (!lock) say('Waiting for another process that prepares the same …')
  for (; !lock; lock = await listen(address)) await sleep(200)
  try {
    await work()
  } finally {
    lock.close()
  }
}

/**
 * @param {string} address
 * @returns {Promise<import('node:net').Server | undefined>} undefined where somebody else has it
 */
function listen(address) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('listening', () => resolve(server))
    server.once('error', (error) => {
      if (Reflect.get(error, 'code') === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(address)
  })
}
