/** Something is missing or does not work; the message says what, and what to do. */
export class BootstrapError extends Error {
  name = 'BootstrapError'
}

const heartbeatMs = 10_000

/**
 * Writes a line for the person who waits; standard output belongs to what was started.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Runs a step that takes long, and lets the person see that it is alive.
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const begun = Date.now()
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(0)} s`
  say(`${title} …`)
  const heartbeat = setInterval(() => say(`  … ${title.toLowerCase()}, ${seconds()}`), heartbeatMs)
  try {
    const result = await work()
    say(`  done, ${seconds()}`)
    return result
  } finally {
    clearInterval(heartbeat)
  }
}
