import type { Issue } from '#features/briefs/document.ts'
import type { Part } from '#features/briefs/draft.ts'
import { columns, fact, facts, heading, named, paragraph, plain } from '#features/briefs/parts.ts'
import { bestName, type Named } from '#features/hub/model.ts'
import { beside } from '#features/people/model.ts'
import { nameOf } from '#features/publications/institutions-view.ts'
import type { Published, Shelf } from '#features/publications/shelf.ts'
import { daysInWords, timesOf } from '#features/visits/days.ts'
import { sides, type Words } from '#features/visits/model.ts'
import type { Person, Visit } from '#features/visits/queries.ts'
import { formatDate, formatNumber } from '#platform/i18n/format.ts'
import { isLocale, languageTags, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import { canPrint } from '#platform/pdf/document.ts'
import type { Run, Runs } from '#platform/pdf/model.ts'

/** What a visit adds to a brief. Tasks and notes are the office's own and no part of it. */

type Partners = Shelf<'partner'>

const worded = (words: Words, locale: Locale): Runs => {
  const best = bestName(words, locale)
  return best === undefined ? [] : [named(best)]
}

/** With its address: by that the register knows that the brief tells of it. */
const partnerName = (partner: Published<'partner'>, { locale, baseUrl }: Issue): Run =>
  named(nameOf(partner, locale), { href: `${baseUrl}${paths.partner(locale, partner.slug)}` })

/** A page with the visit's facts: who comes, who receives, when and where, what to prepare. */
export function visitSection(visit: Visit, partners: Partners, issue: Issue): readonly Part[] {
  const { locale } = issue
  const t = translator(locale)
  const institutions = (ids: readonly string[]): Runs =>
    ids
      .flatMap((id) => partners.byId.get(id) ?? [])
      .flatMap((partner, at): Run[] => [...(at === 0 ? [] : [{ text: '\n' }]), partnerName(partner, issue)])
  return [
    { type: 'pageBreak' },
    heading(2, t('delegations:visit')),
    ...facts([
      fact(t('visits:field.delegation'), worded(visit.delegation, locale)),
      fact(t('visits:days'), daysInWords(visit, locale)),
      fact(t('visits:field.place'), worded(visit.place, locale)),
      fact(t('visits:field.host'), institutions(visit.hostIds)),
      fact(t('visits:field.guest'), institutions(visit.guestIds)),
    ]),
    ...peopleOf(visit, partners, issue),
    ...preparationOf(visit, locale),
  ]
}

/** The people of either side in a table of their own, a row each. */
function tablesOfSides(
  visit: Visit,
  locale: Locale,
  heads: ReturnType<typeof columns>,
  rowOf: (person: Person) => Runs[],
): readonly Part[] {
  return sides.flatMap((side): Part[] => {
    const people = visit.people.filter((person) => person.side === side)
    if (people.length === 0) return []
    const title = heading(3, translator(locale)(`visits:side.${side}`))
    return [title, { type: 'table', columns: heads, rows: people.map(rowOf) }]
  })
}

function peopleOf(visit: Visit, partners: Partners, issue: Issue): readonly Part[] {
  const { locale } = issue
  const t = translator(locale)
  const heads = columns(
    [t('delegations:column.rank'), 1],
    [t('visits:field.name'), 3.4],
    [t('visits:field.address'), 2],
    [t('visits:field.job'), 2.8],
    [t('visits:field.institution'), 3],
  )
  return tablesOfSides(visit, locale, heads, (person) => [
    plain(formatNumber(person.rank, locale)),
    worded(person.names, locale),
    worded(person.address, locale),
    worded(person.titles, locale),
    institutionOf(person, partners, issue),
  ])
}

function institutionOf(person: Person, partners: Partners, issue: Issue): Runs {
  const profile = person.partnerId === null ? undefined : partners.byId.get(person.partnerId)
  return profile === undefined ? worded(person.institution, issue.locale) : [partnerName(profile, issue)]
}

/** A line of what was typed is an item; one without its own line is a paragraph. */
function preparationOf(visit: Visit, locale: Locale): readonly Part[] {
  const best = bestName(visit.preparation, locale)
  if (best === undefined) return []
  const lines = best.value.split('\n').filter((line) => line !== '')
  return [
    heading(3, translator(locale)('visits:field.preparation')),
    { type: 'list', items: lines.map((line) => [named({ ...best, value: line })]) },
  ]
}

/** The programme, a table for each day; undefined where there is none. */
export function agendaSection(visit: Visit, { locale }: Issue): readonly Part[] {
  const t = translator(locale)
  if (visit.entries.length === 0) return []
  return [
    { type: 'pageBreak' },
    heading(2, t('delegations:agenda')),
    ...[...Map.groupBy(visit.entries, ({ day }) => day)].flatMap(([day, entries]): Part[] => [
      heading(3, formatDate(day, locale)),
      {
        type: 'table',
        columns: columns(
          [t('visits:time'), 1.6],
          [t('visits:field.what'), 4],
          [t('visits:field.place'), 2.6],
          [t('visits:field.who'), 2.6],
        ),
        rows: entries.map((entry): Runs[] => [
          plain(timesOf(entry)),
          worded(entry.what, locale),
          worded(entry.place, locale),
          worded(entry.who, locale),
        ]),
      },
    ]),
  ]
}

/** Everybody of both sides with their names in every script and how they are reached. */
export function contactSection(visit: Visit, partners: Partners, issue: Issue): readonly Part[] {
  const { locale } = issue
  const t = translator(locale)
  if (visit.people.length === 0) return []
  const heads = columns([t('visits:field.name'), 3.6], [t('visits:field.institution'), 3.2], [t('visits:contact'), 3.4])
  return [
    { type: 'pageBreak' },
    heading(2, t('delegations:contacts')),
    ...tablesOfSides(visit, locale, heads, (person) => [
      namesOf(person),
      institutionOf(person, partners, issue),
      [person.email, person.phone]
        .filter((way) => way !== null)
        .flatMap((way, at): Run[] => [...(at === 0 ? [] : [{ text: '\n' }]), { text: way, lang: 'en' }]),
    ]),
  ]
}

/**
 * Names by language, one below the other, each once and with the form of address in that language; those that no face
 * can print only where there is no other.
 */
function namesOf({ names, address }: Person): Runs {
  const all = Object.entries(names).map(([language, name]): Named => ({
    value: beside(name, address[language]),
    lang: isLocale(language) ? languageTags[language] : language,
  }))
  const printable = all.filter(({ value }) => canPrint(value))
  const shown = [...new Map((printable.length === 0 ? all : printable).map((name) => [name.value, name])).values()]
  return shown.flatMap((name, at): Run[] => [...(at === 0 ? [] : [{ text: '\n' }]), named(name)])
}

/** A line that says how many items are not public any more. */
export function leftOutSection(count: number, { locale }: Issue): readonly Part[] {
  if (count === 0) return []
  return [paragraph(translator(locale)('delegations:left_out', { count, n: formatNumber(count, locale) }))]
}
