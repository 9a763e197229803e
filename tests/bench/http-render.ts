import { loadConfig } from '#platform/config.ts'
import { type AppContext, openContext } from '#platform/context.ts'
import { builtPages } from '#platform/http/built-pages.ts'
import { problem } from '#platform/http/problem.ts'
import type { Renderer } from '#platform/http/renderer.ts'
import { newId } from '#platform/ids.ts'
import { translator } from '#platform/i18n/translate.ts'
import { silentLogger } from '#platform/log.ts'
import type { BenchRow } from './rows.ts'

const rounds = 300

/** The time that a tenth of the rounds did not exceed: whatever else the machine does only adds to the others. */
const undisturbed = (times: readonly number[]) =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 10)] ?? Number.NaN

/** The list of partners with its facets, rendered anew, against the same layout with nothing in it: an error's page. */
export async function benchRendering(dataDir: string): Promise<BenchRow[]> {
  const config = loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
  const context = await openContext({ config, log: silentLogger })
  try {
    const { renderer } = await builtPages(config.baseUrl)
    const list = () => timeOf(renderer, context, '/en/partners?side=abroad')
    const empty = () => timeOf(renderer, context, '/problem')
    const times = { list: [] as number[], empty: [] as number[] }
    for (let round = 0; round < rounds; round += 1) {
      times.list.push(await list())
      times.empty.push(await empty())
    }
    const ratio = undisturbed(times.list) / undisturbed(times.empty)
    return [
      {
        what: 'uncached list of 24 with facets, against the layout without data',
        measured: `${undisturbed(times.list).toFixed(2)} ms / ${undisturbed(times.empty).toFixed(2)} ms = ${ratio.toFixed(1)}`,
        budget: '≤ 5',
        isWithin: ratio <= 5,
      },
    ]
  } finally {
    await context.close()
  }
}

async function timeOf(renderer: Renderer, context: AppContext, url: string): Promise<number> {
  const locals: App.Locals = {
    context,
    locale: 'en',
    t: translator('en'),
    actor: { kind: 'visitor' },
    cacheTags: new Set(),
    requestId: newId(),
    problem: { ...problem('not_found'), path: url },
  }
  const before = performance.now()
  const page = await renderer({ method: 'GET', url, headers: {}, clientAddress: '' }, locals)
  const took = performance.now() - before
  if (page === undefined || locals.failure !== undefined)
    throw new Error(`${url} was not rendered`, { cause: locals.failure })
  return took
}
