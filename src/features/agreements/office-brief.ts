import type { Draft, Part } from '#features/briefs/draft.ts'
import { briefDocument, type Issue, otherNameBlocks } from '#features/briefs/document.ts'
import { columns, fact, facts, heading, named, paragraph, plain } from '#features/briefs/parts.ts'
import type { AmendmentRecord } from '#features/amendments/state.ts'
import { bestName, countryName } from '#features/hub/model.ts'
import { milestoneBlocks, timelineDrawing } from '#features/milestones/brief.ts'
import type { MilestonesPage } from '#features/milestones/page.ts'
import type { SignedParty } from '#features/signatures/queries.ts'
import { beside } from '#features/people/model.ts'
import { formatDate, formatMoney } from '#platform/i18n/format.ts'
import { isLocale, languageTags, type Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { Run, Runs } from '#platform/pdf/model.ts'
import { type Describer, describePeriod, describeValue, fieldLabel } from './describe.ts'
import { roleLabel } from './labels.ts'
import { endedStates } from './next-due.ts'
import { reasonInWords } from './reasons.ts'

/** Everything that the office's brief of an agreement is made from, as the person may see it. */
export interface OfficeBriefMatter {
  readonly page: MilestonesPage
  readonly parties: readonly SignedParty[]
  readonly amendments: readonly AmendmentRecord[]
  /** Names of whatever the agreement speaks of, by id and language. */
  readonly names: Describer['partnerNames']
}

/** The office's brief of an agreement: for people inside, which every page says. */
export function officeAgreementBrief(
  matter: OfficeBriefMatter,
  issue: Issue,
  canPrint: (text: string) => boolean,
): Draft {
  const { locale } = issue
  const t = translator(locale)
  const { record } = matter.page
  const { words, id } = record
  const summary = bestName(words.summaries, locale)
  const titles = Object.entries(words.titles).flatMap(([language, value]) =>
    value === undefined
      ? []
      : {
          ...{ value, language, lang: isLocale(language) ? languageTags[language] : language },
          official: words.officialTitles.includes(language),
        },
  )
  const title = bestName(words.titles, locale) ?? { value: t('agreements:untitled'), lang: '' }
  const timeline: Part[] =
    matter.page.timeline.term.from === null && matter.page.timeline.items.length === 0
      ? []
      : [timelineDrawing(matter.page.timeline, locale)]
  return briefDocument(issue, {
    kind: 'agreement',
    path: paths.office.agreement(locale, id),
    name: title,
    internal: words.visibility === 'confidential' ? 'confidential' : 'internal',
    blocks: [
      ...(summary?.value.split(/\n+/) ?? []).map((part): Part => ({
        type: 'paragraph',
        style: 'lead',
        runs: [{ text: part, lang: summary?.lang ?? '' }],
      })),
      heading(2, t('portal:fact.title')),
      ...factBlocks(matter, issue),
      ...partyBlocks(matter, issue),
      heading(2, t('agreements:term.title')),
      ...termBlocks(matter, issue),
      ...timeline,
      ...milestoneBlocks(matter.page, locale),
      ...amendmentBlocks(matter, locale),
      ...otherNameBlocks(
        titles.filter(({ value }) => value !== title.value),
        issue,
        canPrint,
      ),
    ],
  })
}

function factBlocks({ page, names }: OfficeBriefMatter, { locale, hub }: Issue): Part[] {
  const t = translator(locale)
  const { words, state } = page.record
  const view: Describer = { t, locale, hub, partnerNames: names }
  const said = (field: string, value: Parameters<typeof describeValue>[1]) =>
    fact(fieldLabel(t, field), describeValue(field, value, view))
  return facts([
    said('reference', words.reference),
    said('kind', words.kind),
    said('state', state),
    said('visibility', words.visibility),
    said('signed', words.signed),
    said('effective', words.effective),
    said('ends', words.ends),
    said('value', words.value === null ? null : { ...words.value }),
    fact(
      fieldLabel(t, 'technologyAmount'),
      words.technologyAmount === null || words.value === null
        ? null
        : formatMoney(words.technologyAmount, words.value.currency, locale),
    ),
    said('registrationNumber', words.registrationNumber),
    said('authenticLanguages', [...words.authenticLanguages]),
    said('prevailingLanguage', words.prevailingLanguage),
    said('fields', [...words.fields]),
    said('labs', [...words.labs]),
    said('facilities', [...words.facilities]),
    said('officerId', words.officerId),
  ])
}

/** Parties with who signed for them: names as they were printed, in each script, with form of address and title. */
function partyBlocks({ page, parties }: OfficeBriefMatter, { locale, hub }: Issue): Part[] {
  if (parties.length === 0) return []
  const t = translator(locale)
  const { words } = page.record
  return [
    heading(2, t('portal:fact.parties')),
    {
      type: 'table',
      columns: columns(
        [t('briefs:column.party'), 4],
        [t('briefs:column.role'), 1.7],
        [t('briefs:column.signatory'), 3.3],
        [t('briefs:column.signed_on'), 2],
      ),
      rows: parties.map((party): Runs[] => {
        const country = words.parties[party.position]?.country
        return [
          [
            ...nameRuns(party.names, locale, t('agreements:party.unknown')),
            ...(country ? [{ text: `\n${countryName(hub, country, locale)}` }] : []),
          ],
          plain(roleLabel(t, party.role)),
          lines(
            Object.entries(party.signed.names).flatMap(([language, name]) =>
              [name, beside(party.signed.addresses[language], party.signed.titles[language])]
                .filter((said) => said !== '')
                .map((said) => inTongue(said, language)),
            ),
          ),
          plain(party.signed.signedOn === null ? '' : formatDate(party.signed.signedOn, locale)),
        ]
      }),
    },
  ]
}

const inTongue = (text: string, language: string): Run => ({
  text,
  ...(language === 'und' ? {} : { lang: isLocale(language) ? languageTags[language] : language }),
})

const lines = (runs: readonly Run[]): Runs => runs.flatMap((run, at) => (at === 0 ? [run] : [{ text: '\n' }, run]))

function nameRuns(names: Readonly<Record<string, string>>, locale: Locale, unknown: string): Runs {
  const best = bestName(names, locale)
  return best === undefined ? plain(unknown) : [named(best)]
}

/** The days that follow from the term, each with how it came about. */
function termBlocks({ page }: OfficeBriefMatter, { locale }: Issue): Part[] {
  const t = translator(locale)
  const { record, deadlines } = page
  const { words, state } = record
  if (endedStates.includes(state)) return [paragraph(t('agreements:term.over'), 'body')]
  if (words.openEnded) return [paragraph(t('agreements:term.open_ended'), 'body')]
  if (words.ends === null) return [paragraph(t('agreements:term.unknown'), 'body')]
  const view = { t, locale }
  const rows = (['lead', 'notice', 'end'] as const).flatMap((name) => {
    const deadline = deadlines[name]
    if (deadline === undefined) return []
    const how = deadline.reasons.map((reason) => reasonInWords(reason, view)).join('\n')
    return [[plain(t(`milestones:timeline.${name}`)), plain(page.day(deadline.date)), plain(how)]]
  })
  const { renewal, renewalMonths, renewalLimit, notice } = words
  return [
    ...(rows.length === 0
      ? []
      : [
          {
            type: 'table',
            columns: columns(
              [t('briefs:column.deadline'), 2.5],
              [t('briefs:column.date'), 2.2],
              [t('agreements:term.how'), 5],
            ),
            rows,
          } as const,
        ]),
    ...facts([
      fact(t('amendments:field.renewal'), t(`amendments:renewal.${renewal}`)),
      fact(
        t('amendments:field.renewalMonths'),
        renewal !== 'automatic' || renewalMonths === null ? null : describePeriod(renewalMonths, 'months', view),
      ),
      fact(
        t('amendments:field.renewalLimit'),
        renewal !== 'automatic' || renewalLimit === null
          ? null
          : describeValue('renewalLimit', renewalLimit, { ...view, hub: page.hub, partnerNames: page.partnerNames }),
      ),
      fact(t('amendments:field.notice'), notice === null ? null : describePeriod(notice.amount, notice.unit, view)),
    ]),
  ]
}

function amendmentBlocks({ amendments }: OfficeBriefMatter, locale: Locale): Part[] {
  if (amendments.length === 0) return []
  const t = translator(locale)
  return [
    heading(2, t('amendments:title')),
    {
      type: 'table',
      columns: columns(
        [t('amendments:field.effectiveOn'), 2.2],
        [t('amendments:field.kind'), 1.6],
        [t('amendments:field.summary'), 6],
      ),
      rows: amendments.map(({ effectiveOn, kind, summary }) => [
        plain(formatDate(effectiveOn.toString(), locale)),
        plain(t(`amendments:kind.${kind}`)),
        plain(summary),
      ]),
    },
  ]
}
