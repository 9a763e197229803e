import { agreementBrief } from '#features/agreements/brief.ts'
import { agreementEntry } from '#features/agreements/list.ts'
import type { AgreementKind } from '#features/agreements/model.ts'
import { agreementPage } from '#features/agreements/page.ts'
import { addTo, noSums, registerReport, reportCells } from '#features/agreements/register-report.ts'
import type { Issue } from '#features/briefs/document.ts'
import type { Draft } from '#features/briefs/draft.ts'
import type { BriefKind } from '#features/briefs/model.ts'
import { documentIn } from '#features/briefs/in-languages.ts'
import { countryBrief } from '#features/countries/brief.ts'
import { countryPage } from '#features/countries/queries.ts'
import { catalogueBooklet } from '#features/facilities/booklet.ts'
import { facilityBrief } from '#features/facilities/brief.ts'
import { bookletPages, facilityPageOf } from '#features/facilities/queries.ts'
import { labBrief } from '#features/labs/brief.ts'
import { labPage } from '#features/labs/page.ts'
import { partnerBrief } from '#features/partners/brief.ts'
import { partnerPage } from '#features/partners/profile.ts'
import type { Published } from '#features/publications/shelf.ts'
import type { Locale } from '#platform/i18n/locales.ts'
import { canPrint } from '#platform/pdf/document.ts'
import type { DocumentModel } from '#platform/pdf/model.ts'
import { packHub, packShelves } from './pack-shelves.ts'

/** Briefs of the launch content, made without a database. */

const hub = packHub()
const shelves = packShelves()
const day = Temporal.PlainDate.from('2026-11-29')

/** A record of each kind that has something in all its parts. */
export const sampleSlugs = {
  partner: 'chulalongkorn-university',
  lab: 'lao-rubber-industry-research-institute',
  facility: 'china-asean-innovation-centre',
  country: 'la',
  catalogue: 'all',
  agreement: 'biotec-kunming-institute-of-botany-2025',
  register: 'all',
} as const satisfies Record<BriefKind, string>

const must = <Found>(found: Found | undefined, slug: string): Found => {
  if (found === undefined) throw new Error(`the pack has no ${slug}`)
  return found
}

function agreementsWhere(fits: (record: Published<'agreement'>) => boolean, locale: Locale) {
  return shelves.agreement.records
    .filter(fits)
    .toSorted((a, b) => ((a.sortDate ?? '') < (b.sortDate ?? '') ? 1 : -1))
    .map((record) => agreementEntry(record, shelves.partner, locale))
}

function draftOf(kind: BriefKind, slug: string, locale: Locale, languages: readonly Locale[]): Draft {
  const issue: Issue = { locale, languages, hub, day, baseUrl: 'https://yunqiao.example' }
  const order = languages[0] ?? locale
  switch (kind) {
    case 'partner': {
      const record = must(shelves.partner.bySlug.get(slug), slug)
      const agreements = agreementsWhere(({ partnerIds }) => partnerIds.includes(slug), locale)
      return partnerBrief(partnerPage(hub, shelves, record, agreements, locale), issue, canPrint)
    }
    case 'lab': {
      const record = must(shelves.lab.bySlug.get(slug), slug)
      const agreements = agreementsWhere(({ labIds }) => labIds.includes(slug), locale)
      return labBrief(labPage(hub, shelves, record, agreements, locale), issue, canPrint)
    }
    case 'facility': {
      const record = must(shelves.facility.bySlug.get(slug), slug)
      return facilityBrief(facilityPageOf(hub, shelves, record, locale), issue, canPrint)
    }
    case 'agreement': {
      const record = must(shelves.agreement.bySlug.get(slug), slug)
      return agreementBrief(agreementPage(hub, shelves, record, locale, []), issue, canPrint)
    }
    case 'country': {
      const code = slug.toUpperCase()
      const entries = agreementsWhere(({ countries }) => countries.includes(code), locale)
      const released = { entries, total: entries.length }
      return countryBrief(countryPage(hub, shelves, { code, released }, locale, order), issue)
    }
    case 'catalogue':
      return catalogueBooklet(bookletPages(hub, shelves, locale), issue, canPrint)
    case 'register': {
      const rows = shelves.agreement.records.map((record) => {
        const { title, href, reference, parties, state } = agreementEntry(record, shelves.partner, locale)
        const { signed, ends } = record.content
        const dates = { signed, ends, openEnded: false }
        return {
          ...{ title, href, reference, parties, state },
          kind: record.recordKind as AgreementKind,
          confidential: false,
          ...dates,
        }
      })
      const sums = noSums()
      addTo(sums, rows)
      const matter = { sums, narrowed: [], path: `/${locale}/agreements`, isInternal: false }
      const draft = registerReport(matter, issue)
      const cells = reportCells(rows, 0, issue)
      return {
        ...draft,
        blocks: draft.blocks.map((block) => (block.type === 'table' ? { ...block, rows: cells } : block)),
      }
    }
  }
}

/** A brief of the launch content in one language, or in two side by side. */
export function packBrief(
  kind: BriefKind,
  languages: readonly Locale[],
  slug: string = sampleSlugs[kind],
): DocumentModel {
  return documentIn(languages.map((locale) => draftOf(kind, slug, locale, languages)))
}
