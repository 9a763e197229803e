import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Describer } from '#features/agreements/describe.ts'
import { eventLabel, hiddenFields, linesOf, toldAs } from '#features/agreements/history-words.ts'
import { reminderKinds } from '#features/reminders/model.ts'
import { wordFieldNames } from '#features/agreements/words.ts'
import type { AuditValue } from '#platform/audit/canonical.ts'
import { locales } from '#platform/i18n/locales.ts'
import { translator } from '#platform/i18n/translate.ts'

/** Rooms whose audit records are of something else than an agreement. */
const otherRooms = [
  'workdays',
  'accounts',
  'agreement-imports',
  'content',
  'feeds',
  'register-reports',
  'reports',
  'saved-views',
  'selections',
  'settings',
  'sample',
  'visits',
]

const features = join(import.meta.dirname, '../../../../src/features')
const sources = readdirSync(features, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !otherRooms.includes(file.split(/[\\/]/, 1)[0] ?? ''))
  .map((file) => readFileSync(join(features, file), 'utf8').replaceAll(/^\s*\/?\*.*$/gm, ''))
  .filter((source) => source.includes('#platform/audit/'))

/** What stands behind `field:`, in `added('…'`, or as a quoted key of a table of fields; `clause.${n}` as `clause.0`. */
const fieldPatterns = [
  /\bfield: (?:'([^']+)'|`([^`]+)`)/g,
  /\badded\('([^']+)'/g,
  /^\s+'((?:milestone|amendment|document|note|paper|filing|automatic|link)\.[\w.]+)':/gm,
]
const audited = [
  ...new Set([
    ...wordFieldNames,
    ...sources.flatMap((source) =>
      fieldPatterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, plain, template]) => plain ?? template)),
    ),
  ]),
]
  .flatMap((field) => (field === undefined ? [] : expand(field)))
  .toSorted()

/** The fields that a template stands for. */
function expand(field: string): string[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    paper: ['seal', 'power', 'original'],
    filing: ['archiveNumber', 'retention', 'filedOn', 'filingDue'],
    automatic: ['effective', 'ended', 'number', 'until'],
    check: ['ip_ownership'],
    reminders: reminderKinds,
  }
  const [group = ''] = field.split('.')
  if (!field.includes('${')) return [field]
  if (group.includes('${')) return []
  return (known[group] ?? ['0']).map((part) => `${group}.${part}`)
}

const actions = [
  ...new Set(
    sources.flatMap((source) => [...source.matchAll(/action: '(\w+\.\w+)'/g)].map(([, action = '']) => action)),
  ),
].filter((action) => action !== 'note.see' && !action.startsWith('settings.'))

const view = (locale: (typeof locales)[number], names: Describer['partnerNames'] = new Map()): Describer => {
  const nothing = new Map()
  const hub = { fields: nothing, countries: nothing, regions: nothing } as unknown as Describer['hub']
  return { t: translator(locale), locale, hub, partnerNames: names }
}
const told = (field: string, before: AuditValue, after: AuditValue, names?: Describer['partnerNames']) =>
  linesOf([{ field, before, after, erased: false }], view('en', names)).map(
    (line) => `${line.label}: ${line.before ?? ''} → ${line.after ?? ''}`,
  )

describe('what the trail keeps of an agreement', () => {
  test('has words for every field, or stands on the list of what is not told', () => {
    expect(audited).toEqual(expect.arrayContaining(['amendment.changes', 'clause.0', 'content', 'milestone.rule']))
    const unknown = audited.filter((field) => toldAs(field) === undefined && !hiddenFields.includes(field))
    expect(unknown).toEqual([])
  })

  test.each(locales)('every field and event has a name in %s', (locale) => {
    const { t } = view(locale)
    for (const field of audited.filter((one) => !hiddenFields.includes(one))) {
      const [line] = linesOf([{ field, before: null, after: null, erased: true }], view(locale))
      expect(line?.label, field).toBeTruthy()
      expect(line?.label, field).not.toMatch(/[:.][a-z_]+\.|^\w+:\w/)
    }
    expect(actions.length).toBeGreaterThan(20)
    for (const action of actions) expect(eventLabel(t, action), action).not.toContain('did.')
  })
})

describe('a line of the history', () => {
  test.each<[string, AuditValue, AuditValue, string[]]>([
    ['milestone.owed_by', null, 1, ['Owed by:  → Party 2']],
    ['milestone.rule', null, 'FREQ=MONTHLY;INTERVAL=3;COUNT=4', ['How often:  → Every quarter, 4 times']],
    ['milestone.paid', '10.5', { amount: '12', currency: 'EUR' }, ['Paid: 10.5 → EUR\u00a012']],
    ['milestone.document', null, 'd', ['Document:  → Minutes']],
    ['amendment.languages', ['zh'], ['zh', 'lo'], ['Languages: Chinese → Chinese and Lao']],
    ['amendment.document', 'd', null, ['Document: Minutes → ']],
    ['otherTitles', { lo: 'A' }, { lo: 'B', km: 'C' }, ['Title (Khmer):  → C', 'Title (Lao): A → B']],
    [
      'signatory.0',
      { names: { th: 'สมชาย' }, title: 'President', signedOn: '2026-01-15' },
      { names: { th: 'สมชาย', en: 'Somchai' }, titles: { en: 'President' }, official: ['th'], signedOn: '2026-01-15' },
      [
        'Signatory of party 1: สมชาย · President · 15 January 2026 → ' +
          'English: Somchai · President · Thai (official): สมชาย · 15 January 2026',
      ],
    ],
    [
      'parties',
      null,
      [{ role: 'lead', partnerId: null, names: { th: 'ก', en: 'A' }, officialNames: ['th'], country: null }],
      ['Parties:  → A: Lead party\nEnglish: A\nThai (official): ก'],
    ],
    [
      'amendment.changes',
      null,
      [
        { field: 'ends', before: '2030', after: '2031-05' },
        { field: 'openEnded', before: false, after: true },
      ],
      ['What it changes:  → End date: 2030 → May 2031\nOpen-ended: No → Yes'],
    ],
    [
      'clause.2',
      { heading: 'Scope', words: { zh: '一', lo: 'ໜຶ່ງ' } },
      { heading: 'Purpose', words: { zh: '二', lo: 'ໜຶ່ງ' } },
      ['Clause 2 · Heading: Scope → Purpose', 'Clause 2 · Chinese: 一 → 二'],
    ],
    ['content', null, 'abcdef0123456789', ['Content (its hash):  → abcdef012345']],
    ['paper.power', null, { holder: 'Wang', documentId: 'd' }, ['Powers of attorney:  → Wang · Minutes']],
    [
      'parties',
      null,
      [{ role: 'lead', partnerId: null, names: { en: 'A' }, country: null, originalLanguage: 'lo' }],
      ['Parties:  → A: Lead party · Language of its own original: Lao'],
    ],
    ['version', 1, 2, []],
    ['something.new', null, 'said', ['something.new:  → said']],
  ])('%s', (field, before, after, lines) => {
    expect(told(field, before, after, new Map([['d', { und: 'Minutes' }]]))).toEqual(lines)
  })
})
