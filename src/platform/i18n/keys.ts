import type agreements from '#locales/en/agreements.json'
import type amendments from '#locales/en/amendments.json'
import type briefs from '#locales/en/briefs.json'
import type calendar from '#locales/en/calendar.json'
import type workdays from '#locales/en/workdays.json'
import type checklists from '#locales/en/checklists.json'
import type cli from '#locales/en/cli.json'
import type common from '#locales/en/common.json'
import type content from '#locales/en/content.json'
import type delegations from '#locales/en/delegations.json'
import type documents from '#locales/en/documents.json'
import type errors from '#locales/en/errors.json'
import type imports from '#locales/en/imports.json'
import type notes from '#locales/en/notes.json'
import type milestones from '#locales/en/milestones.json'
import type office from '#locales/en/office.json'
import type outbox from '#locales/en/outbox.json'
import type overview from '#locales/en/overview.json'
import type papers from '#locales/en/papers.json'
import type feeds from '#locales/en/feeds.json'
import type links from '#locales/en/links.json'
import type languages from '#locales/en/languages.json'
import type portal from '#locales/en/portal.json'
import type reminders from '#locales/en/reminders.json'
import type register from '#locales/en/register.json'
import type reports from '#locales/en/reports.json'
import type reviews from '#locales/en/reviews.json'
import type sheet from '#locales/en/sheet.json'
import type selections from '#locales/en/selections.json'
import type terms from '#locales/en/terms.json'
import type verify from '#locales/en/verify.json'
import type visits from '#locales/en/visits.json'

/** The namespaces of interface strings: a JSON file each, in every locale. */
export const namespaces = [
  'common',
  'portal',
  'terms',
  'agreements',
  'milestones',
  'amendments',
  'reviews',
  'checklists',
  'documents',
  'languages',
  'links',
  'papers',
  'outbox',
  'feeds',
  'workdays',
  'notes',
  'content',
  'office',
  'register',
  'reminders',
  'sheet',
  'overview',
  'calendar',
  'reports',
  'imports',
  'briefs',
  'verify',
  'selections',
  'visits',
  'delegations',
  'cli',
  'errors',
] as const

export type Namespace = (typeof namespaces)[number]

interface Messages {
  agreements: typeof agreements
  amendments: typeof amendments
  briefs: typeof briefs
  verify: typeof verify
  delegations: typeof delegations
  selections: typeof selections
  visits: typeof visits
  calendar: typeof calendar
  workdays: typeof workdays
  checklists: typeof checklists
  cli: typeof cli
  common: typeof common
  content: typeof content
  documents: typeof documents
  errors: typeof errors
  feeds: typeof feeds
  notes: typeof notes
  milestones: typeof milestones
  office: typeof office
  outbox: typeof outbox
  overview: typeof overview
  papers: typeof papers
  links: typeof links
  languages: typeof languages
  portal: typeof portal
  register: typeof register
  reminders: typeof reminders
  reports: typeof reports
  reviews: typeof reviews
  sheet: typeof sheet
  imports: typeof imports
  terms: typeof terms
}

type Base<Key extends string> = Key extends `${infer Stem}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
  ? Stem
  : Key

/** Every interface key, as `namespace:key`; the `en` files define them. */
export type MessageKey = { [N in Namespace]: `${N}:${Base<keyof Messages[N] & string>}` }[Namespace]
