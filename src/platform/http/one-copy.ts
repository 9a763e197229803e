import { relative, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Our TypeScript modules below these folders; views and what only they use belong to the bundle. */
const shared = /^(?:src\/(?:platform|features)|db)\/.*\.ts$/

/** The address of a shared module that Node resolves by package.json: `#platform/errors.ts`. */
function aliasOf(path: string): string | undefined {
  if (!shared.test(path)) return undefined
  return `#${path.replace(/^src\//, '')}`
}

/**
 * Keeps our modules out of the server's bundle: the server runs them from source, and with a second copy in the bundle
 * `instanceof` would fail and what a process has once it would have twice. What runs in browsers is bundled.
 */
export function oneCopy(root = process.cwd()): Plugin {
  return {
    name: 'yunqiao:one-copy',
    enforce: 'pre',
    resolveId(source, importer) {
      if (this.environment.name === 'client') return undefined
      const aliased = /^#(platform|features|db)\/(.*)$/.exec(source)
      if (aliased !== null) {
        const [, top = '', rest = ''] = aliased
        const id = aliasOf(top === 'db' ? `db/${rest}` : `src/${top}/${rest}`)
        return id === undefined ? undefined : { id, external: true }
      }
      if (!source.startsWith('.') || importer === undefined) return undefined
      const path = relative(root, resolve(importer.replace(/\?.*$/, ''), '..', source)).replaceAll('\\', '/')
      const id = aliasOf(path)
      return id === undefined ? undefined : { id, external: true }
    },
  }
}
