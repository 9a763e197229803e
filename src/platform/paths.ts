import { isLocale, type Locale } from '#platform/i18n/locales.ts'

/** Every address of the site, in one place. All are absolute paths; segments that come from data are encoded. */

export type BriefKind = 'partners' | 'labs' | 'facilities' | 'countries' | 'catalogue' | 'agreements' | 'register'

/** Pages beside an agreement’s own. */
export type AgreementPart =
  'review' | 'checklist' | 'signatures' | 'documents' | 'people' | 'papers' | 'languages' | 'links'

/** What a visit has several of. */
const visitParts = ['people', 'programme', 'tasks'] as const

export type VisitPart = (typeof visitParts)[number]

export const isVisitPart = (part: unknown): part is VisitPart => visitParts.some((known) => known === part)

/** What follows the question mark; a list repeats its key, empty values are left out. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>

const at = (locale: Locale, ...segments: readonly string[]) =>
  `/${[locale, ...segments.map(encodeURIComponent)].join('/')}`

/** A path with its query, keys and values in the order given. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) search.append(key, one)
  }
  return search.size === 0 ? path : `${path}?${search}`
}

/** The same address in another locale: its first segment changes, the rest and the query stay. */
export function inLocale(pathAndQuery: string, locale: Locale): string {
  const [, first = '', rest = ''] = /^\/([^/?#]*)(.*)$/s.exec(pathAndQuery) ?? []
  return isLocale(first) ? `/${locale}${rest}` : `/${locale}`
}

export const paths = {
  home: (locale: Locale) => at(locale),
  partners: (locale: Locale) => at(locale, 'partners'),
  partner: (locale: Locale, slug: string) => at(locale, 'partners', slug),
  labs: (locale: Locale) => at(locale, 'labs'),
  lab: (locale: Locale, slug: string) => at(locale, 'labs', slug),
  catalogue: (locale: Locale) => at(locale, 'catalogue'),
  facility: (locale: Locale, slug: string) => at(locale, 'catalogue', slug),
  agreements: (locale: Locale) => at(locale, 'agreements'),
  agreement: (locale: Locale, slug: string) => at(locale, 'agreements', slug),
  network: (locale: Locale) => at(locale, 'network'),
  briefs: (locale: Locale) => at(locale, 'briefs'),
  brief: (locale: Locale, kind: BriefKind, slug: string) => at(locale, 'briefs', kind, `${slug}.pdf`),
  /** What a visitor put together for a brief of their own; the only addresses that its cookie is sent to. */
  selection: (locale: Locale) => at(locale, 'briefs', 'selection'),
  /** The same selection as a colleague opens it. */
  sharedSelection: (locale: Locale, code: string) => at(locale, 'briefs', 'selection', 'shared', code),
  /** The link that is passed on: it leads to the selection in the language of whoever opens it. */
  share: (code: string) => `/selection/${encodeURIComponent(code)}`,
  /** A brief that was asked for: how far it is, and the file. */
  madeBrief: (locale: Locale, code: string) => at(locale, 'briefs', 'selection', 'made', code),
  madeBriefFile: (locale: Locale, code: string) => at(locale, 'briefs', 'selection', 'made', `${code}.pdf`),
  /** Takes the order of a report of the public register that is too long to wait for; the query says of which list. */
  longReport: (locale: Locale) => at(locale, 'briefs', 'report'),
  /** Such a report: how far it is, and the file. */
  madeReport: (locale: Locale, code: string) => at(locale, 'briefs', 'report', 'made', code),
  madeReportFile: (locale: Locale, code: string) => at(locale, 'briefs', 'report', 'made', `${code}.pdf`),
  /** The page on which a brief's languages are chosen. */
  briefChoice: (locale: Locale, kind: BriefKind, slug: string) => at(locale, 'briefs', kind, slug),
  /** Where one finds out about a brief: by its code or its file. */
  verify: (locale: Locale) => at(locale, 'verify'),
  verifyCode: (locale: Locale, code: string) => at(locale, 'verify', code),
  /** The certificate that briefs are signed with, or an earlier one by its fingerprint. */
  certificate: (fingerprint?: string) => withQuery('/hub-certificate.pem', { fingerprint }),
  about: (locale: Locale) => at(locale, 'about'),
  policy: (locale: Locale) => at(locale, 'policy'),
  /** What is due, for the calendar program of whoever has the token. */
  feed: (token: string) => `/feeds/${encodeURIComponent(token)}.ics`,
  components: (locale: Locale) => at(locale, 'components'),
  /** The index of all sitemaps, or one of them. */
  sitemap: (name?: string) => (name === undefined ? '/sitemap.xml' : `/sitemap-${name}.xml`),
  office: {
    home: (locale: Locale) => at(locale, 'office'),
    signIn: (locale: Locale) => at(locale, 'office', 'sign-in'),
    signOut: (locale: Locale) => at(locale, 'office', 'sign-out'),
    resume: (locale: Locale) => at(locale, 'office', 'resume'),
    account: (locale: Locale) => at(locale, 'office', 'account'),
    feed: (locale: Locale) => at(locale, 'office', 'feed'),
    help: (locale: Locale) => at(locale, 'office', 'help'),
    settings: (locale: Locale) => at(locale, 'office', 'settings'),
    reminderRules: (locale: Locale) => at(locale, 'office', 'settings', 'reminders'),
    reminders: (locale: Locale) => at(locale, 'office', 'reminders'),
    agreementReminders: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'reminders'),
    outbox: (locale: Locale) => at(locale, 'office', 'outbox'),
    letter: (locale: Locale, letter: string) => at(locale, 'office', 'outbox', letter),
    letterFile: (locale: Locale, letter: string) => at(locale, 'office', 'outbox', letter, 'file'),
    /** The calendar of working days. */
    workdays: (locale: Locale) => at(locale, 'office', 'settings', 'workdays'),
    agreements: (locale: Locale) => at(locale, 'office', 'agreements'),
    overview: (locale: Locale) => at(locale, 'office', 'overview'),
    calendar: (locale: Locale) => at(locale, 'office', 'calendar'),
    /** Selections that staff keep under a name. */
    selections: (locale: Locale) => at(locale, 'office', 'selections'),
    selection: (locale: Locale, id: string) => at(locale, 'office', 'selections', id),
    visits: (locale: Locale) => at(locale, 'office', 'visits'),
    visitTasks: (locale: Locale) => at(locale, 'office', 'visits', 'tasks'),
    newVisit: (locale: Locale) => at(locale, 'office', 'visits', 'new'),
    visit: (locale: Locale, id: string) => at(locale, 'office', 'visits', id),
    editVisit: (locale: Locale, id: string) => at(locale, 'office', 'visits', id, 'edit'),
    /** A person, an entry of the programme or a task of a visit; `new` for one that is not there yet. */
    visitPart: (locale: Locale, id: string, part: VisitPart, one: string) =>
      at(locale, 'office', 'visits', id, part, one),
    visitBrief: (locale: Locale, id: string, code: string) => at(locale, 'office', 'visits', id, 'briefs', code),
    visitBriefFile: (locale: Locale, id: string, code: string) =>
      at(locale, 'office', 'visits', id, 'briefs', `${code}.pdf`),
    reports: (locale: Locale) => at(locale, 'office', 'reports'),
    /** A report's period: `2026`, `2026-H1`, `2026-Q3`, `2026-07`. */
    report: (locale: Locale, period: string) => at(locale, 'office', 'reports', period),
    reportDownload: (locale: Locale, period: string) => at(locale, 'office', 'reports', period, 'download'),
    reportTemplate: (locale: Locale) => at(locale, 'office', 'reports', 'template'),
    /** The workbook itself. */
    templateDownload: (locale: Locale) => at(locale, 'office', 'reports', 'template', 'download'),
    /** Spreadsheets on their way into the register. */
    imports: (locale: Locale) => at(locale, 'office', 'imports'),
    import: (locale: Locale, id: string) => at(locale, 'office', 'imports', id),
    importPart: (locale: Locale, id: string, part: 'columns' | 'errors.csv' | 'mapping.json') =>
      at(locale, 'office', 'imports', id, part),
    /** A row by its number in the file. */
    importRow: (locale: Locale, id: string, row: number) => at(locale, 'office', 'imports', id, 'rows', String(row)),
    /** The views of the register that somebody saved. */
    views: (locale: Locale) => at(locale, 'office', 'views'),
    /** The register's list as a file; the query says which list and how. */
    exportAgreements: (locale: Locale) => at(locale, 'office', 'agreements', 'export'),
    /** The register's list as a document: the page on which its languages are chosen, and the file. */
    registerReport: (locale: Locale) => at(locale, 'office', 'agreements', 'report'),
    registerReportFile: (locale: Locale) => at(locale, 'office', 'agreements', 'report.pdf'),
    /** A report that somebody had made for themselves: how far it is, and the file. */
    madeReport: (locale: Locale, code: string) => at(locale, 'office', 'agreements', 'report', code),
    madeReportFile: (locale: Locale, code: string) => at(locale, 'office', 'agreements', 'report', `${code}.pdf`),
    newAgreement: (locale: Locale) => at(locale, 'office', 'agreements', 'new'),
    agreement: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id),
    /** A page about one side of an agreement. */
    agreementPart: (locale: Locale, id: string, part: AgreementPart) => at(locale, 'office', 'agreements', id, part),
    agreementBrief: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'brief'),
    agreementBriefFile: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'brief.pdf'),
    editAgreement: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'edit'),
    milestones: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'milestones'),
    newMilestone: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'milestones', 'new'),
    milestone: (locale: Locale, id: string, milestone: string) =>
      at(locale, 'office', 'agreements', id, 'milestones', milestone),
    /** What became of one due day (ISO 8601). */
    dueDay: (locale: Locale, id: string, milestone: string, due: string) =>
      at(locale, 'office', 'agreements', id, 'milestones', milestone, due),
    amendments: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'amendments'),
    newAmendment: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'amendments', 'new'),
    amendment: (locale: Locale, id: string, amendment: string) =>
      at(locale, 'office', 'agreements', id, 'amendments', amendment),
    documents: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'documents'),
    document: (locale: Locale, id: string, document: string) =>
      at(locale, 'office', 'agreements', id, 'documents', document),
    documentVersion: (locale: Locale, id: string, document: string, version: number) =>
      at(locale, 'office', 'agreements', id, 'documents', document, String(version)),
    notes: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'notes'),
    /** The agreement as it stood on a day, which the query gives. */
    asOf: (locale: Locale, id: string) => at(locale, 'office', 'agreements', id, 'as-of'),
  },
} as const
