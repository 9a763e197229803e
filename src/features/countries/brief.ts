import { briefDocument, type Issue } from '#features/briefs/document.ts'
import type { Draft, Drawing, Part } from '#features/briefs/draft.ts'
import { columns, fact, facts, heading, named, paragraph, plain } from '#features/briefs/parts.ts'
import { agreementBlocks, labBlocks } from '#features/briefs/related.ts'
import { bestName } from '#features/hub/model.ts'
import { type PartnerKind, partnerKinds } from '#features/partners/model.ts'
import { countNoun } from '#features/publications/counts.ts'
import { barsScene } from '#platform/charts/bars-scene.ts'
import { networkScene } from '#platform/charts/network-scene.ts'
import type { Scene } from '#platform/charts/scene.ts'
import { formatNumber } from '#platform/i18n/format.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import { paths } from '#platform/paths.ts'
import type { Runs } from '#platform/pdf/model.ts'
import type { CountryPage } from './queries.ts'

/** Fewer partners than this need no drawing. */
const fewestDrawn = 2

/** Most places that the drawing of the network names. */
const mostPlaces = 16

/** A country's brief: a page of facts with its network drawn, its partners, laboratories and public agreements. */
export function countryBrief(page: CountryPage, issue: Issue): Draft {
  const { locale } = issue
  const t = translator(locale)
  const counts = countsOf(page, locale)
  const isDrawn = page.partners.length >= fewestDrawn
  return briefDocument(issue, {
    kind: 'country',
    path: paths.briefChoice(locale, 'countries', page.code.toLowerCase()),
    name: page.name,
    cover: {
      subtitle: plain(counts.join(t('portal:list.separator'))),
      ...(isDrawn && { figure: networkDrawing(page, locale) }),
    },
    blocks: [
      heading(2, t('portal:fact.title')),
      ...facts([
        fact(t('portal:nav.partners'), counts[0]),
        fact(t('portal:nav.labs'), counts[1]),
        fact(t('portal:nav.agreements'), counts[2]),
        fact(t('portal:fact.places'), placesIn(page, locale)),
      ]),
      ...(isDrawn ? [heading(3, t('briefs:country.kinds')), kindsDrawing(page, locale)] : []),
      paragraph(`${t('portal:stage.note')}${locale === 'zh' ? '' : ' '}${t('briefs:correction')}`),
      ...partnerBlocks(page, issue),
      ...orNone(labBlocks(page.labs, t('portal:nav.labs'), issue), t('portal:nav.labs'), locale),
      ...orNone(agreementBlocks(page.agreements, issue), t('portal:related.agreements'), locale),
      ...(page.agreementsTotal > page.agreements.length
        ? [
            paragraph(
              t('briefs:country.newest', {
                shown: formatNumber(page.agreements.length, locale),
                total: formatNumber(page.agreementsTotal, locale),
              }),
            ),
          ]
        : []),
    ],
  })
}

function countsOf({ partners, labs, agreementsTotal }: CountryPage, locale: Locale): string[] {
  const t = translator(locale)
  return [
    countNoun(t, 'partners', partners.length, locale),
    countNoun(t, 'labs', labs.length, locale),
    countNoun(t, 'agreements', agreementsTotal, locale),
  ]
}

function placesIn({ places }: CountryPage, locale: Locale): string {
  return places.flatMap(({ name }) => name ?? []).join(translator(locale)('portal:list.separator'))
}

/** A section that says so where there is nothing in it. */
function orNone(blocks: readonly Part[], title: string, locale: Locale): readonly Part[] {
  return blocks.length > 0 ? blocks : [heading(2, title), paragraph(translator(locale)('briefs:none'), 'body')]
}

function partnerBlocks({ partners }: CountryPage, { locale, baseUrl }: Issue): readonly Part[] {
  const t = translator(locale)
  const linked = (entry: CountryPage['partners'][number]): Runs => [
    named(entry.name, { href: `${baseUrl}${entry.href}` }),
  ]
  const table: Part = {
    type: 'table',
    columns: columns([t('briefs:column.partner'), 6], [t('briefs:column.kind'), 2.6], [t('briefs:column.place'), 2.4]),
    rows: partners.map((entry) => [linked(entry), plain(entry.kind), plain(entry.place)]),
  }
  return orNone(
    partners.length === 0 ? [] : [heading(2, t('portal:nav.partners')), table],
    t('portal:nav.partners'),
    locale,
  )
}

const presentKinds = ({ places }: CountryPage) =>
  partnerKinds.filter((kind) => places.some(({ kinds }) => kinds.includes(kind)))

const kindWord = (kind: PartnerKind, locale: Locale) => translator(locale)(`terms:partner_kind.${kind}`)

function kindsDrawing(page: CountryPage, locale: Locale): Drawing {
  const t = translator(locale)
  const counted = presentKinds(page).map((kind) => ({
    kind,
    count: page.places.flatMap(({ kinds }) => kinds).filter((one) => one === kind).length,
  }))
  return {
    type: 'drawing',
    alt: t('briefs:country.kinds_drawn', { country: page.name.value }),
    words: counted.map(({ kind }) => kindWord(kind, locale)),
    draw: (words) =>
      barsScene(
        counted.map(({ count }, at) => ({
          label: words[at] ?? '',
          values: [count],
          text: formatNumber(count, locale),
        })),
      ),
  }
}

/** The hub of the network, the places of the country, and a mark for each partner. */
function networkDrawing(page: CountryPage, locale: Locale): Drawing {
  const t = translator(locale)
  const kinds = presentKinds(page)
  const shown = page.places.slice(0, mostPlaces)
  const rest = page.places.slice(mostPlaces).flatMap((place) => place.kinds)
  const drawn = [...shown, ...(rest.length > 0 ? [{ name: undefined, kinds: rest }] : [])]
  const hub = bestName(page.hub.places.get('Kunming') ?? {}, locale)?.value ?? t('portal:home.kunming')
  return {
    type: 'drawing',
    alt: t('briefs:country.network_drawn', { country: page.name.value }),
    words: [
      hub,
      ...drawn.map(({ name }) => name ?? t('briefs:country.elsewhere')),
      ...kinds.map((kind) => kindWord(kind, locale)),
    ],
    draw: ([first = '', ...words]) =>
      networkScene(
        first,
        drawn.map((place, at) => ({
          label: words[at] ?? '',
          kinds: place.kinds.map((kind) => kinds.indexOf(kind as PartnerKind)).toSorted((a, b) => a - b),
        })),
        words.slice(drawn.length),
      ),
  }
}

/** The same for the site; undefined where there is too little to draw. */
export function networkOfCountry(
  page: CountryPage,
  locale: Locale,
): { readonly scene: Scene; readonly alt: string } | undefined {
  if (page.partners.length < fewestDrawn) return undefined
  const { alt, words, draw } = networkDrawing(page, locale)
  return { alt, scene: draw(words) }
}
