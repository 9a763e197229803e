import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Document, isCollection, isMap, isScalar, isSeq, type Pair, visit } from 'yaml'
import { locales } from '#platform/i18n/locales.ts'
import { holidaysAsWritten } from './holidays.ts'
import { agreementFile, facilityFile, labFile, type Pack, partnerFile, type RecordFolder } from './model.ts'

/** Files of a pack by their path within it, in the one form in which packs are written. */
export function packFiles(pack: Pack): Map<string, string> {
  const files = new Map<string, string>()
  if (pack.site !== undefined) files.set('site.yaml', yaml(known(pack.site)))
  if (pack.countries !== undefined) files.set('countries.yaml', yaml(known(pack.countries), 2))
  if (pack.places !== undefined) files.set('places.yaml', yaml(known(pack.places), 1))
  if (pack.fields !== undefined) files.set('fields.yaml', yaml(known(pack.fields), 1))
  if (pack.glossary !== undefined) files.set('glossary.yaml', yaml(known(pack.glossary), 1))
  for (const folder of Object.keys(keyOrder) as RecordFolder[]) {
    for (const [slug, record] of pack[folder]) files.set(`${folder}/${slug}.yaml`, recordText(folder, record))
  }
  for (const [country, holidays] of pack.holidays) {
    files.set(`holidays/${country}.yaml`, yaml(holidaysAsWritten(holidays)))
  }
  for (const [slug, byLocale] of pack.pages) {
    for (const locale of locales) {
      const page = byLocale[locale]
      if (page === undefined) continue
      const front = yaml({ title: page.title, status: page.status })
      files.set(`pages/${locale}/${slug}.md`, `---\n${front}---\n\n${page.body}\n`)
    }
  }
  return files
}

/** A record's file in the one form that it has: two records are the same when these texts are. */
export function recordText(folder: RecordFolder, record: object): string {
  return yaml(inOrder(folder, record))
}

/** Writes a pack into a folder, making it; files of the same name are replaced, others left alone. */
export async function writePack(folder: string, pack: Pack): Promise<number> {
  const files = packFiles(pack)
  for (const [file, text] of files) {
    const whole = path.join(folder, file)
    await mkdir(path.dirname(whole), { recursive: true })
    await writeFile(whole, text)
  }
  return files.size
}

const firstKeys = ['organisation', 'address', 'contact', 'countries', 'regions', 'country', 'ford', 'wipo', ...locales, 'unchecked', 'sources']

/** Keys that the database gives back in an order of its own, in the order of the format. */
function known(value: unknown): object {
  const rank = (key: string) => (firstKeys.includes(key) ? firstKeys.indexOf(key) : firstKeys.length)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value as object
  const entries = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b))
  return Object.fromEntries(entries.map(([key, entry]) => [key, known(entry)]))
}

const keyOrder: Readonly<Record<RecordFolder, readonly string[]>> = {
  partners: Object.keys(partnerFile.shape),
  labs: Object.keys(labFile.shape),
  facilities: Object.keys(facilityFile.shape),
  agreements: Object.keys(agreementFile.shape),
}

/** Values that a reader of the pack assumes when the key is absent. */
const defaults: Readonly<Record<string, unknown>> = { state: 'published', standing: 'listed', side: 'abroad', locationPrecision: 'city' }

const mayBeAbsentWhenEmpty = new Set(['oldSlugs', 'acronyms', 'cities', 'labs', 'hosts', 'fields', 'officialTitles'])

function inOrder(folder: RecordFolder, record: object): Record<string, unknown> {
  const values = record as Record<string, unknown>
  const result: Record<string, unknown> = {}
  for (const key of keyOrder[folder]) {
    const value = values[key]
    if (value === undefined || (key in defaults && defaults[key] === value)) continue
    if (key === 'locationPrecision' && values['location'] === undefined) continue
    if (mayBeAbsentWhenEmpty.has(key) && Array.isArray(value) && value.length === 0) continue
    result[key] = ordered(key, value)
  }
  return result
}

function ordered(key: string, value: unknown): unknown {
  if (key === 'texts') return byLocale(value as Record<string, unknown>)
  if (key === 'hosts' || key === 'parties') return (value as object[]).map(named)
  if (key === 'officialTitles') return (value as string[]).toSorted()
  if (key === 'otherNames' || key === 'otherTitles') return Object.fromEntries(Object.entries(value as object).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return key === 'labs' ? (value as string[]).toSorted() : value
}

function byLocale(texts: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(locales.flatMap((locale) => (texts[locale] === undefined ? [] : [[locale, oneText(texts[locale])]])))
}

/** A text's fields in order, and its status as one word where all its fields have the same. */
function oneText(text: unknown): Record<string, unknown> {
  const { status, sourceHash, ...words } = text as Record<string, unknown>
  const fields = ['name', 'title', 'summary'].filter((field) => words[field] !== undefined)
  const each = fields.map((field) => [field, typeof status === 'string' ? status : (status as Record<string, unknown>)[field]])
  return {
    ...Object.fromEntries(fields.map((field) => [field, words[field]])),
    status: new Set(each.map(([, one]) => one)).size === 1 ? each[0]?.[1] : Object.fromEntries(each),
    ...(sourceHash === undefined ? {} : { sourceHash }),
  }
}

/** In files the names of a host or party stand under `name`; the role goes without saying when it is `partner`. */
function named(value: object): object {
  const { partner, names, country, role, official } = value as Record<string, unknown>
  return {
    ...(partner === undefined ? {} : { partner }),
    ...(names === undefined ? {} : { name: known(names) }),
    ...(country === undefined ? {} : { country }),
    ...(role === undefined || role === 'partner' ? {} : { role }),
    ...(Array.isArray(official) && official.length > 0 ? { official: (official as string[]).toSorted() } : {}),
  }
}

const short = new Set(['weekend', 'work', 'location', 'fields', 'countries', 'cities', 'acronyms', 'oldSlugs', 'labs', 'ford', 'wipo', 'status', 'sourceHash', 'otherNames', 'otherTitles', 'officialTitles', 'official', 'name'])

/** YAML in one form: no line folding, short lists in one line; `flowDepth`: mappings at that depth in one line too. */
function yaml(value: object, flowDepth?: number): string {
  const document = new Document(value, { version: '1.2', aliasDuplicateObjects: false })
  visit(document, {
    Pair(_, pair: Pair) {
      if (isScalar(pair.key) && pair.key.value === 'off' && isSeq(pair.value)) {
        for (const item of pair.value.items) if (isMap(item)) item.flow = true
      }
      if (!isScalar(pair.key) || !short.has(String(pair.key.value))) return
      if (isCollection(pair.value)) pair.value.flow = true
    },
    Map(_, map, ancestors) {
      const depth = ancestors.filter(isMap).length
      if (flowDepth !== undefined && depth === flowDepth) map.flow = true
    },
  })
  // `countries:` of countries.yaml is a mapping that must not be folded into one line.
  if (flowDepth !== undefined && isMap(document.contents)) {
    for (const pair of document.contents.items) if (isMap(pair.value) && flowDepth === 2) pair.value.flow = false
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true, singleQuote: false })
}
