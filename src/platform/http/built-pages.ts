import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '#platform/config.ts'
import { type AstroHandler, astroRenderer, type Renderer } from './renderer.ts'

/** There is nothing to serve yet; the message says what to do. */
export class NotBuiltError extends Error {
  override name = 'NotBuiltError'
}

/** The pages that `astro build` made, and the folder of the files for browsers. */
export async function builtPages(
  baseUrl: string,
  folder = join(projectRoot, 'dist'),
): Promise<{ renderer: Renderer; clientFolder: string }> {
  const entry = join(folder, 'server/entry.mjs')
  if (!existsSync(entry))
    throw new NotBuiltError(`The pages are not built: ${entry} is missing. Run npm start, which builds them.`)
  const { handler } = (await import(pathToFileURL(entry).href)) as { handler: AstroHandler }
  return { renderer: astroRenderer(handler, baseUrl), clientFolder: join(folder, 'client') }
}
