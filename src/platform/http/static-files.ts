import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { mediaTypeOf } from './media-types.ts'
import type { RawHeaders } from './security-headers.ts'
import { type StoredPage, storePage } from './stored-page.ts'

export interface StaticFiles {
  /** The file that a path (`/_astro/site.B2x9.css`) names, in every encoding; undefined when there is none. */
  get(path: string): Promise<StoredPage> | undefined
}

const day = 24 * 60 * 60

/** Files whose names hold a hash of their content never change; the others are asked for again after a day. */
function cacheControlOf(path: string): string {
  return path.startsWith('/_astro/') ? `public, max-age=${365 * day}, immutable` : `public, max-age=${day}`
}

/**
 * The files that the build made for clients. They are listed once, so that a path can name nothing else, and read and
 * compressed when first asked for, then kept: all of them together are a few megabytes.
 */
export function staticFiles(folder: string, headers: RawHeaders): StaticFiles {
  const known = new Map(listFiles(folder).map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path]))
  const loaded = new Map<string, Promise<StoredPage>>()

  async function load(path: string, file: string): Promise<StoredPage> {
    return storePage(await readFile(file), mediaTypeOf(file), cacheControlOf(path), headers, await precompressed(file))
  }

  return {
    get(path) {
      const before = loaded.get(path)
      if (before !== undefined) return before
      const file = known.get(path)
      if (file === undefined) return undefined
      const loading = load(path, file)
      loaded.set(path, loading)
      loading.catch(() => loaded.delete(path))
      return loading
    },
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** What the build compressed as hard as it can be. */
async function precompressed(file: string): Promise<{ br?: Buffer; gzip?: Buffer }> {
  const read = (path: string) => readFile(path).catch(() => undefined)
  const [br, gzip] = await Promise.all([read(`${file}.br`), read(`${file}.gz`)])
  return { ...(br && { br }), ...(gzip && { gzip }) }
}
