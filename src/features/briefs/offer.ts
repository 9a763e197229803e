import { announceChange } from '#platform/changes.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { briefFile, type FileSize, knownSize, sizeKeyOf } from './files.ts'
import { later } from './later.ts'
import { segments } from './model.ts'
import { type BriefContext, briefOf, type BriefSubject } from './queries.ts'

/** What a page tells of the briefs about its record. */
export interface BriefOffer {
  /** Of each language whose brief was laid out before. */
  readonly sizes: ReadonlyMap<Locale, FileSize>
  /** Of the page: dropped when more is known than it said. */
  readonly tag: string
}

/**
 * The briefs of a record in each language by itself, with size and pages as far as they are known. Those that are not
 * are laid out once nobody waits for another document; then the page that asked is told anew.
 */
export async function offerBriefs(context: BriefContext, subject: BriefSubject): Promise<BriefOffer> {
  const tag = `briefs:${segments[subject.kind]}/${subject.slug}`
  const found = await Promise.all(
    locales.map(async (locale) => {
      const brief = await briefOf(context, subject, { first: locale, second: undefined })
      return 'movedTo' in brief ? [] : [{ locale, document: brief.document, key: sizeKeyOf(brief.document) }]
    }),
  )
  const briefs = found.flat()
  const unknown = briefs.filter(({ key }) => knownSize(key) === undefined)
  if (unknown.length > 0) {
    later(tag, async () => {
      for (const { document } of unknown) await briefFile(document)
      await context.database.transaction((tx) => announceChange(tx, [tag]))
    })
  }
  const sizes = briefs.flatMap(({ locale, key }) => {
    const size = knownSize(key)
    return size === undefined ? [] : [[locale, size] as const]
  })
  return { sizes: new Map(sizes), tag }
}
