import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type CliCommand, UsageError } from '#cli/command.ts'
import type { BriefKind } from '#features/briefs/document.ts'
import { issuePublicBrief } from '#features/issued-briefs/public-briefs.ts'
import { isLocale, locales } from '#platform/i18n/locales.ts'
import { closeDocuments } from '#platform/pdf/document.ts'

const kinds: readonly BriefKind[] = ['partner', 'lab', 'facility', 'agreement']

/** `brief --kind K --slug S --locale L --out FILE`: issues a record's brief and writes it as a PDF. */
export const brief: CliCommand = {
  name: 'brief',
  usage: `--kind ${kinds.join('|')} --slug S --locale ${locales.join('|')} --out FILE`,
  options: { kind: 'text', slug: 'text', locale: 'text', out: 'text' },
  required: ['kind', 'slug', 'locale', 'out'],
  async run({ context, options, t, print }) {
    const kind = kinds.find((one) => one === options['kind'])
    const { locale } = options
    if (kind === undefined) throw new UsageError(`--kind must be one of ${kinds.join(', ')}`)
    if (!isLocale(locale)) throw new UsageError(`--locale must be one of ${locales.join(', ')}`)
    const file = path.resolve(String(options['out']))
    let slug = String(options['slug'])
    try {
      let issued = await issuePublicBrief(context, kind, slug, locale)
      if ('movedTo' in issued) {
        slug = issued.movedTo
        issued = await issuePublicBrief(context, kind, slug, locale)
      }
      if ('movedTo' in issued) throw new Error(`${slug} moves in a circle`)
      const { bytes } = issued
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, bytes)
      print(t('cli:brief.written', { file, size: Math.ceil(bytes.length / 1024) }))
      return 0
    } finally {
      await closeDocuments()
    }
  },
}
