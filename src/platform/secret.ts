import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveToOwnerOf } from '#platform/ownership.ts'

/**
 * The secret key kept in `dataDir`, made on first use with mode 0600. Two processes that start at once end up with
 * the same key: the file appears complete, by a hard link, and only the first link succeeds.
 */
export function keptSecret(dataDir: string): string {
  const path = join(dataDir, 'secret-key')
  const kept = readIfThere(path)
  if (kept !== undefined) return kept
  mkdirSync(dataDir, { recursive: true, mode: 0o755 })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flush: true })
  try {
    chmodSync(draft, 0o600)
    giveToOwnerOf(dataDir, draft)
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  const made = readIfThere(path)
  if (made === undefined) throw new Error(`${path} vanished while it was being made`)
  return made
}

function readIfThere(path: string): string | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  if (text.length < 32) throw new Error(`${path} does not hold a key; put the right one back, or remove the file`)
  return text
}
