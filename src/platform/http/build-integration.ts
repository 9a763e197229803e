import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { AstroIntegration } from 'astro'
import { isCompressible } from './content-encoding.ts'
import { mediaTypeOf } from './media-types.ts'
import { oneCopy } from './one-copy.ts'

/** What a build of ours needs beside Astro's own: one copy of our modules, and files compressed as hard as can be. */
export function buildIntegration(): AstroIntegration {
  return {
    name: 'yunqiao:build',
    hooks: {
      'astro:config:setup': ({ command, updateConfig }) => {
        if (command === 'build') updateConfig({ vite: { plugins: [oneCopy()] } })
      },
      'astro:build:done': async ({ dir }) => {
        await precompress(fileURLToPath(dir))
      },
    },
  }
}

const brotli = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

/** Writes `.br` and `.gz` beside each file that they make smaller. */
async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !isCompressible(mediaTypeOf(path))) continue
    const body = await readFile(path)
    const br = await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } })
    const gz = await gzipAsync(body, { level: 9 })
    if (br.length < body.length) await writeFile(`${path}.br`, br)
    if (gz.length < body.length) await writeFile(`${path}.gz`, gz)
  }
}
