import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { systemChromium } from '#cli/bootstrap/chromium.mjs'
import { locales } from '#platform/i18n/locales.ts'
import { closeDocuments, renderDocument } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { benchLoad } from './brief-load.ts'
import { htmlOf } from './brief-html.ts'
import { profiles } from './brief-models.ts'
import { type BenchRow, median } from './rows.ts'

const rounds = 9

async function timed(run: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await run()
  return performance.now() - before
}

function pagesOf(pdf: Uint8Array): number {
  return (
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type ?\/Page\b/gu)?.length ?? 0
  )
}

/** The shortest document of profiles with so many pages. */
async function ofPages(count: number, ...languages: Parameters<typeof profiles>[0]): Promise<DocumentModel> {
  for (let entries = 1; ; entries++) {
    const model = profiles(languages, entries)
    if (pagesOf(await renderDocument(model)) >= count) return model
  }
}

/** The same document of words that no document had before. */
function inNewWords(model: DocumentModel, round: number): DocumentModel {
  const blocks = model.blocks.map((block) =>
    'runs' in block ? { ...block, runs: block.runs.map((run) => ({ ...run, text: `${run.text} ${round}` })) } : block,
  )
  return { ...model, blocks }
}

/** Ours and Chromium's in turn, so that both meet the same machine. */
async function againstChromium(): Promise<BenchRow[]> {
  const model = await ofPages(6, 'zh', 'my')
  const folder = await mkdtemp(path.join(tmpdir(), 'yunqiao-bench-'))
  const executablePath = systemChromium()
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] })
  try {
    const file = path.join(folder, 'brief.html')
    await writeFile(file, htmlOf(model))
    const page = await browser.newPage()
    const print = async () => {
      await page.goto(pathToFileURL(file).href)
      return page.pdf({ preferCSSPageSize: true, tagged: true, outline: true })
    }
    const theirPages = pagesOf(await print())
    const ours: number[] = []
    const oursNew: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await timed(() => renderDocument(model)))
      oursNew.push(await timed(() => renderDocument(inNewWords(model, round))))
      theirs.push(await timed(print))
    }
    const ratio = median(ours) / median(theirs)
    const pages = pagesOf(await renderDocument(model))
    const measured = (own: readonly number[]) =>
      `${median(own).toFixed(0)} ms / ${median(theirs).toFixed(0)} ms = ${(median(own) / median(theirs)).toFixed(3)}`
    const what = `${pages}-page brief in zh and my, warm, against Chromium printing it (${theirPages} pages)`
    return [
      { what, measured: measured(ours), budget: '≤ 0.2', isWithin: ratio <= 0.2 },
      {
        what: 'the same in words that no document had before',
        measured: measured(oursNew),
        budget: '',
        isWithin: true,
      },
    ]
  } finally {
    await browser.close()
    await rm(folder, { recursive: true })
  }
}

async function sizes(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const locale of locales) {
    const size = (await renderDocument(await ofPages(2, locale))).length / 1024
    rows.push({
      what: `two-page brief in ${locale}`,
      measured: `${size.toFixed(0)} KB`,
      budget: '≤ 120 KB',
      isWithin: size <= 120,
    })
  }
  return rows
}

interface ProcessReport {
  readonly tookMs: number
  readonly residentMb: number
  readonly pages: number
}

function inFreshProcess(what: 'first' | 'register'): ProcessReport & { readonly wholeMs: number } {
  const script = fileURLToPath(new URL('brief-process.ts', import.meta.url))
  const before = performance.now()
  const output = execFileSync(process.execPath, [script, what], { encoding: 'utf8' })
  return { ...(JSON.parse(output) as ProcessReport), wholeMs: performance.now() - before }
}

function freshProcesses(): BenchRow[] {
  const first = median(Array.from({ length: 5 }, () => inFreshProcess('first').tookMs))
  const register = inFreshProcess('register')
  return [
    {
      what: 'first document of a fresh process (threads, fonts and all)',
      measured: `${first.toFixed(0)} ms`,
      budget: '≤ 700 ms',
      isWithin: first <= 700,
    },
    {
      what: `register of ${register.pages} pages, resident memory (${(register.tookMs / 1000).toFixed(1)} s)`,
      measured: `${register.residentMb.toFixed(0)} MB`,
      budget: '≤ 350 MB',
      isWithin: register.residentMb <= 350,
    },
  ]
}

/**
 * Measures briefs: speed against Chromium, size, the first one, memory of a long one, pages while many are asked for.
 * Takes about a minute.
 */
export async function benchBriefs(): Promise<BenchRow[]> {
  try {
    return [...(await againstChromium()), ...(await sizes()), ...freshProcesses(), ...(await benchLoad())]
  } finally {
    await closeDocuments()
  }
}
