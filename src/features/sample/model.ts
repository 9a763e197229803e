import { type AgreementState, agreementStates, releasableStates } from '#features/agreements/lifecycle.ts'
import {
  agreementKinds,
  type AgreementKind,
  type AgreementWords,
  type Money,
  unsaid,
  unsaidOfParty,
} from '#features/agreements/model.ts'
import { type Locale, locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'
import type { PartialDate } from '#platform/partial-date.ts'
import { between, pick, seededRandom } from './random.ts'

/** Invented institutions and agreements, visibly so, for demonstrations and measurements. */

export interface SamplePartner {
  readonly slug: string
  readonly kind: 'university' | 'research_institute' | 'enterprise'
  readonly country: string
  readonly names: Readonly<Record<Locale, string>>
  readonly summaries: Readonly<Record<Locale, string>>
}

const institutions = [
  ['university', 'CN'],
  ['research_institute', 'CN'],
  ['enterprise', 'CN'],
  ['university', 'TH'],
  ['research_institute', 'TH'],
  ['university', 'VN'],
  ['enterprise', 'VN'],
  ['university', 'MM'],
  ['research_institute', 'MM'],
  ['university', 'LA'],
  ['university', 'KH'],
  ['research_institute', 'BD'],
  ['university', 'NP'],
  ['enterprise', 'MY'],
] as const

/** `Sample University A`, `Sample Research Institute B` … in five languages. */
export function samplePartners(): SamplePartner[] {
  return institutions.map(([kind, country], index) => {
    const letter = String.fromCodePoint(65 + index)
    return {
      slug: `sample-${kind.replaceAll('_', '-')}-${letter.toLowerCase()}`,
      kind,
      country,
      names: inFive((locale) => translator(locale)(`cli:sample.${kind}`, { letter })),
      summaries: inFive((locale) => translator(locale)('cli:sample.partner_summary')),
    }
  })
}

export interface SampleAgreement {
  readonly slug: string
  readonly state: AgreementState
  readonly words: AgreementWords
  readonly released: boolean
}

export interface SampleOptions {
  readonly count: number
  readonly seed: number
  readonly today: Temporal.PlainDate
  /** Ids of the sample partners; the first three are the ones in Yunnan. */
  readonly partnerIds: readonly string[]
  readonly fields: readonly string[]
  /** Invented staff who take turns at being responsible. */
  readonly officerIds: readonly string[]
}

/** A register to look at is complete in five languages; beyond, it is there to be measured and says less. */
const toLookAt = 500

/** The public register is for looking at as well. */
const mostReleased = 2000

/** Sample agreements, one after the other; the states take turns, so that a few dozen show every one of them. */
export function* sampleAgreements({
  count,
  seed,
  today,
  partnerIds,
  fields,
  officerIds,
}: SampleOptions): Generator<SampleAgreement> {
  const random = seededRandom(seed)
  const [own, others] = [partnerIds.slice(0, 3), partnerIds.slice(3)]
  for (let n = 1; n <= count; n += 1) {
    // Every state in turn, and every third agreement in force, as in a real register.
    const state = n % 3 === 0 ? 'in_force' : (agreementStates[n % agreementStates.length] ?? 'draft')
    const kind = pick(random, agreementKinds)
    const dates = datesFor(state, random, today)
    const openness = random()
    const isPublic = openness < 0.7
    const lead = own[between(random, 0, own.length - 1)] ?? ''
    const partner = others[between(random, 0, others.length - 1)] ?? ''
    yield {
      slug: `sample-agreement-${n}`,
      state,
      released: n <= mostReleased && isPublic && releasableStates.includes(state) && random() < 0.6,
      words: {
        ...unsaid,
        notice: dates.ends === null ? null : { amount: 3, unit: 'months' },
        leadDays: dates.ends === null ? null : 30,
        reference: `示例〔${(dates.signed ?? today.toString()).slice(0, 4)}〕${n}号`,
        kind,
        visibility: isPublic ? 'public' : openness < 0.97 ? 'internal' : 'confidential',
        officerId: officerIds[n % officerIds.length] ?? null,
        sourceLocale: 'zh',
        titles: inSome(n <= toLookAt ? locales : titleLocales(n), (locale) => titleOf(kind, n, locale)),
        summaries: n <= toLookAt ? inFive((locale) => translator(locale)('cli:sample.summary')) : {},
        parties: [
          { ...unsaidOfParty, role: 'lead', partnerId: lead, names: null, country: null },
          { ...unsaidOfParty, role: 'partner', partnerId: partner, names: null, country: null },
        ],
        ...dates,
        value: valueOf(kind, random),
        fields: fields.length === 0 ? [] : [fields[between(random, 0, fields.length - 1)] ?? ''],
      },
    }
  }
}

/** Chinese, English and one of the others. */
function titleLocales(n: number): readonly Locale[] {
  return ['zh', 'en', (['th', 'vi', 'my'] as const)[n % 3] ?? 'th']
}

function inSome(some: readonly Locale[], words: (locale: Locale) => string): Partial<Record<Locale, string>> {
  return Object.fromEntries(some.map((locale) => [locale, words(locale)]))
}

function inFive(words: (locale: Locale) => string): Record<Locale, string> {
  return Object.fromEntries(locales.map((locale) => [locale, words(locale)])) as Record<Locale, string>
}

function titleOf(kind: AgreementKind, n: number, locale: Locale): string {
  const t = translator(locale)
  return t('cli:sample.title', { n, kind: t(`agreements:kind.${kind}`) })
}

function valueOf(kind: AgreementKind, random: () => number): Money | null {
  if (!kind.startsWith('technology_')) return null
  const currency = pick(random, ['CNY', 'USD', 'THB', 'VND'])
  return { amount: `${between(random, 1, 400)}0000`, currency }
}

type Dates = Pick<AgreementWords, 'signed' | 'effective' | 'ends'>

/** Dates that fit the state: what is in force has begun and not ended, what is expired is over. */
function datesFor(state: AgreementState, random: () => number, today: Temporal.PlainDate): Dates {
  const text = (date: Temporal.PlainDate) => date.toString() as PartialDate
  const years = between(random, 1, 5)
  switch (state) {
    case 'draft':
    case 'negotiation':
    case 'review':
    case 'approved':
    case 'declined':
    case 'withdrawn':
      return { signed: null, effective: null, ends: null }
    case 'signed': {
      const effective = today.add({ days: between(random, 5, 120) })
      return {
        signed: text(today.subtract({ days: between(random, 0, 60) })),
        effective: text(effective),
        ends: text(effective.add({ years }).subtract({ days: 1 })),
      }
    }
    case 'in_force':
    case 'suspended': {
      const effective = today.subtract({ days: between(random, 0, 365 * years - 1) })
      return {
        signed: text(effective.subtract({ days: between(random, 0, 30) })),
        effective: text(effective),
        ends: text(effective.add({ years }).add({ days: 1 })),
      }
    }
    default: {
      const ends = today.subtract({ days: between(random, 1, 1500) })
      const effective = ends.subtract({ years }).add({ days: 1 })
      return {
        signed: text(effective.subtract({ days: between(random, 0, 30) })),
        effective: text(effective),
        ends: text(ends),
      }
    }
  }
}
