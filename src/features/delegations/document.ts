import { briefDocument, type Issue } from '#features/briefs/document.ts'
import { finished, type Part } from '#features/briefs/draft.ts'
import { heading, named, plain } from '#features/briefs/parts.ts'
import { issueIn } from '#features/briefs/in-languages.ts'
import type { BriefContext } from '#features/briefs/queries.ts'
import { bestName, type Hub } from '#features/hub/model.ts'
import { loadHub } from '#features/hub/queries.ts'
import { publishedShelves, type Shelves } from '#features/publications/queries.ts'
import type { Progress } from '#features/made-briefs/maker.ts'
import { showItems } from '#features/selections/items.ts'
import { daysInWords } from '#features/visits/days.ts'
import type { Visit } from '#features/visits/queries.ts'
import type { DelegationOrder } from '#db/schema/brief-documents.ts'
import { isLocale, languageTags, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { DocumentModel, Run, Runs } from '#platform/pdf/model.ts'
import { agreementsBetween, sidesOf } from './between.ts'
import { glossarySection } from './glossary.ts'
import { assembled, type Sectioned } from './parts.ts'
import { profileIn, type PublicItem } from './profiles.ts'
import { agendaSection, contactSection, leftOutSection, visitSection } from './visit-sections.ts'

/** Records that are read at the same time: a few, since others want connections too. */
const readAtOnce = 2

export interface DelegationDocument {
  readonly document: DocumentModel
  /** Items that are not public any more. */
  readonly leftOut: number
}

/** A delegation's brief, from what is public when it is made, and from the visit where there is one. */
export async function delegationDocument(
  context: BriefContext,
  order: DelegationOrder,
  visit: Visit | undefined,
  progress: Progress = () => undefined,
): Promise<DelegationDocument> {
  const { database } = context
  const languages = order.languages.filter((language) => isLocale(language))
  const [first = 'en', second] = languages
  const [hub, shelves] = await Promise.all([loadHub(database), publishedShelves(database)])
  const issues = languages.map((locale) => ({ ...issueIn(context, locale, { first, second }), hub }))

  const shown = await showItems(database, order.items, first)
  const items = shown.flatMap(({ item, shown: found }): PublicItem[] =>
    found === undefined ? [] : [{ kind: item.kind, slug: found.slug }],
  )
  const sides =
    visit === undefined
      ? await sidesOf(database, order.items)
      : { hosts: visit.hostIds, guests: visit.guestIds, countries: [] }
  const chosen = items.filter(({ kind }) => kind === 'agreement').map(({ slug }) => slug)
  const between = await agreementsBetween(database, sides)
  const agreement = (slug: string): PublicItem => ({ kind: 'agreement', slug })
  const others = chosen.filter((slug) => !between.includes(slug)).map(agreement)
  const profiles = items.filter(({ kind }) => kind !== 'agreement')

  const total = profiles.length + between.length + others.length
  let done = 0
  const read = async (list: readonly PublicItem[]) => {
    const chapters: (readonly (readonly Part[])[])[] = []
    for (let at = 0; at < list.length; at += readAtOnce) {
      const some = list.slice(at, at + readAtOnce)
      const found = await Promise.all(some.map((item) => profileIn(database, item, issues)))
      chapters.push(...found.filter((chapter) => chapter !== undefined))
      done += some.length
      progress(done, total)
    }
    return chapters
  }
  const profileChapters = await read(profiles)
  const betweenChapters = await read(between.map(agreement))
  const otherChapters = await read(others)
  const left =
    order.items.length - items.length + (total - profileChapters.length - betweenChapters.length - otherChapters.length)

  const matter = { order, visit, hub, shelves, left }
  const each = issues.map((issue, at): Sectioned => {
    const own = (chapters: typeof profileChapters) => chapters.map((chapter) => chapter[at] ?? [])
    return sectioned(matter, issue, {
      profiles: own(profileChapters),
      between: own(betweenChapters),
      others: own(otherChapters),
    })
  })
  return { document: finished(assembled(each)), leftOut: left }
}

interface Matter {
  readonly order: DelegationOrder
  readonly visit: Visit | undefined
  readonly hub: Hub
  readonly shelves: Shelves
  readonly left: number
}

interface Chapters {
  readonly profiles: readonly (readonly Part[])[]
  /** Agreements between the two sides, and others that were chosen. */
  readonly between: readonly (readonly Part[])[]
  readonly others: readonly (readonly Part[])[]
}

function sectioned({ order, visit, hub, shelves, left }: Matter, issue: Issue, chapters: Chapters): Sectioned {
  const { locale } = issue
  const t = translator(locale)
  const name = titleOf(order, visit, locale)
  const frame = briefDocument(issue, {
    kind: 'delegation',
    path: paths.briefs(locale),
    name,
    cover: { subtitle: subtitleOf(order, visit, locale) },
    blocks: [heading(2, t('briefs:contents')), { type: 'contents' }, ...leftOutSection(left, issue)],
  })
  const titled = (title: string, list: Chapters['between']): readonly (readonly Part[])[] =>
    list.length === 0 ? [[]] : [[{ type: 'pageBreak' }, heading(2, title)], ...list]
  return {
    frame: { ...frame, blocks: [] },
    sections: [
      frame.blocks,
      ...(visit === undefined ? [] : [visitSection(visit, shelves.partner, issue), agendaSection(visit, issue)]),
      ...chapters.profiles,
      ...titled(t('delegations:between'), chapters.between),
      ...titled(t('portal:nav.agreements'), chapters.others),
      ...(visit === undefined ? [] : [contactSection(visit, shelves.partner, issue)]),
      glossarySection(hub.glossary, issue),
    ],
  }
}

function titleOf(order: DelegationOrder, visit: Visit | undefined, locale: Locale) {
  const own = visit === undefined ? undefined : bestName(visit.titles, locale)
  if (own !== undefined) return own
  // Nobody says in which language a visitor wrote the title.
  if (order.title !== '') return { value: order.title, lang: '' }
  return { value: translator(locale)('delegations:untitled'), lang: languageTags[locale] }
}

function subtitleOf(order: DelegationOrder, visit: Visit | undefined, locale: Locale): Runs {
  const lines: Runs[] =
    visit === undefined
      ? [plain(daysInWords(order, locale))]
      : [wordsIn(visit.delegation, locale), plain(daysInWords(visit, locale)), wordsIn(visit.place, locale)]
  return lines
    .filter((runs) => runs.some(({ text }) => text !== ''))
    .flatMap((runs, at): Run[] => [...(at === 0 ? [] : [{ text: '\n' }]), ...runs])
}

function wordsIn(words: Readonly<Record<string, string>>, locale: Locale): Runs {
  const best = bestName(words, locale)
  return best === undefined ? [] : [named(best)]
}
