import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type CliCommand, UsageError } from '#cli/command.ts'
import { type BriefLanguages, briefLanguages } from '#features/briefs/languages.ts'
import { briefKinds, wholeKinds, wholeSlug } from '#features/briefs/model.ts'
import { issueBrief } from '#features/issued-briefs/issue.ts'
import { publicBrief } from '#features/issued-briefs/public-briefs.ts'
import { DomainError } from '#platform/errors.ts'
import { locales } from '#platform/i18n/locales.ts'
import { createRenderer } from '#platform/pdf/pool/renderer.ts'

const recordKinds = briefKinds.filter((kind) => !wholeKinds.includes(kind))

/** Nobody else waits: a register of any length may take its time and its memory. */
const patient = { threads: 1, timeoutMs: 3_600_000, heapMb: 4096 } as const

/** `brief --kind K [--slug S] --locale L[,L] --out FILE`: issues a brief as a PDF, in one language or in two. */
export const brief: CliCommand = {
  name: 'brief',
  usage: `--kind ${briefKinds.join('|')} [--slug S] --locale ${locales.join('|')}[,${locales.join('|')}] --out FILE`,
  options: { kind: 'text', slug: 'text', locale: 'text', out: 'text' },
  required: ['kind', 'locale', 'out'],
  async run({ context, options, t, print }) {
    const kind = briefKinds.find((one) => one === options['kind'])
    if (kind === undefined) throw new UsageError(`--kind must be one of ${briefKinds.join(', ')}`)
    const isWhole = wholeKinds.includes(kind)
    const given = options['slug']
    if (!isWhole && given === undefined) throw new UsageError(`--slug is missing; a ${kind} has one`)
    if (isWhole && given !== undefined) throw new UsageError(`--slug is for ${recordKinds.join(', ')}`)
    const languages = readLanguages(String(options['locale']))
    const file = path.resolve(String(options['out']))
    let slug = isWhole ? wholeSlug : String(given)
    let found = await publicBrief(context, { kind, slug }, languages, Infinity)
    if ('movedTo' in found) {
      slug = found.movedTo
      found = await publicBrief(context, { kind, slug }, languages, Infinity)
    }
    if ('movedTo' in found) throw new Error(`${slug} moves in a circle`)
    const renderer = createRenderer(patient)
    try {
      const { bytes } = await issueBrief(context, found, renderer.render)
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, bytes)
      print(t('cli:brief.written', { file, size: Math.ceil(bytes.length / 1024) }))
      return 0
    } finally {
      await renderer.close()
    }
  },
}

function readLanguages(text: string): BriefLanguages {
  try {
    return briefLanguages(text.split(','))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw new UsageError(`--locale must be one of ${locales.join(', ')}, or two different ones: my,zh`)
  }
}
