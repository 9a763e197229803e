import { looksLikeZawgyi } from '#platform/text/zawgyi.ts'
import type { Pack, PackProblem, RecordFolder } from './model.ts'
import type { PackProblemCode } from './problems.ts'

/** What a database holds already, for a pack that is only a part: codes and slugs that the pack may refer to. */
export interface Surroundings {
  readonly countries: ReadonlySet<string>
  readonly regions: ReadonlySet<string>
  readonly places: ReadonlySet<string>
  readonly fields: ReadonlySet<string>
  readonly slugs: Readonly<Record<RecordFolder, ReadonlySet<string>>>
}

interface Words {
  readonly status: unknown
  readonly [field: string]: unknown
}

interface AnyRecord {
  readonly oldSlugs: readonly string[]
  readonly fields: readonly string[]
  readonly sourceLocale: string
  readonly texts: Readonly<Record<string, Words | undefined>>
  readonly country?: string | undefined
  readonly countries?: readonly string[]
  readonly city?: string | undefined
  readonly cities?: readonly string[]
  readonly parent?: string | undefined
  readonly hosts?: readonly Named[]
  readonly parties?: readonly Named[]
  readonly labs?: readonly string[]
}

interface Named {
  readonly partner?: string | undefined
  readonly country?: string | undefined
  readonly names?: Readonly<Record<string, string>> | undefined
}

const folders = ['partners', 'labs', 'facilities', 'agreements'] as const

/** Checks what no file can know by itself: references, slugs used twice, words in the source locale. */
export function checkPack(pack: Pack, around: Surroundings): PackProblem[] {
  const known = {
    country: new Set([...around.countries, ...Object.keys(pack.countries?.countries ?? {})]),
    region: new Set([...around.regions, ...Object.keys(pack.countries?.regions ?? {})]),
    place: new Set([...around.places, ...Object.keys(pack.places ?? {})]),
    field: new Set([...around.fields, ...Object.keys(pack.fields ?? {})]),
    partner: new Set([...around.slugs.partners, ...pack.partners.keys()]),
    lab: new Set([...around.slugs.labs, ...pack.labs.keys()]),
    facility: new Set([...around.slugs.facilities, ...pack.facilities.keys()]),
  }
  const problems: PackProblem[] = []

  for (const [place, { country }] of Object.entries(pack.places ?? {})) {
    if (!known.country.has(country)) {
      problems.push({ file: 'places.yaml', key: `${place}.country`, code: 'unknown_country', params: { value: country } })
    }
  }
  for (const folder of folders) {
    const taken = new Map<string, string>([...pack[folder].keys()].map((slug) => [slug, slug]))
    for (const [slug, value] of pack[folder] as ReadonlyMap<string, AnyRecord>) {
      const file = `${folder}/${slug}.yaml`
      const report = (key: string, code: PackProblemCode, value?: string) =>
        problems.push({ file, key, code, ...(value === undefined ? {} : { params: { value } }) })
      const need = (set: ReadonlySet<string>, value: string | undefined, key: string, code: PackProblemCode) => {
        if (value !== undefined && !set.has(value)) report(key, code, value)
      }
      need(known.country, value.country, 'country', 'unknown_country')
      value.countries?.forEach((code, index) => {
        if (!known.region.has(code)) need(known.country, code, `countries.${index}`, 'unknown_country')
      })
      need(known.place, value.city, 'city', 'unknown_place')
      value.cities?.forEach((city, index) => need(known.place, city, `cities.${index}`, 'unknown_place'))
      value.fields.forEach((field, index) => need(known.field, field, `fields.${index}`, 'unknown_field'))
      need(folder === 'partners' ? known.partner : known.facility, value.parent, 'parent', 'unknown_record')
      value.labs?.forEach((lab, index) => need(known.lab, lab, `labs.${index}`, 'unknown_record'))
      for (const list of ['hosts', 'parties'] as const) {
        value[list]?.forEach((named, index) => {
          need(known.partner, named.partner, `${list}.${index}.partner`, 'unknown_record')
          need(known.country, named.country, `${list}.${index}.country`, 'unknown_country')
        })
      }
      value.oldSlugs.forEach((old, index) => {
        if ((taken.get(old) ?? slug) !== slug || old === slug) report(`oldSlugs.${index}`, 'duplicate_slug', old)
        taken.set(old, slug)
      })
      checkWords(value, folder === 'agreements' ? 'title' : 'name', report)
    }
  }
  checkParents(pack, problems)
  return problems
}

function checkWords(
  value: AnyRecord,
  main: 'name' | 'title',
  report: (key: string, code: PackProblemCode) => void,
): void {
  if (value.texts[value.sourceLocale]?.[main] === undefined) report(`texts.${value.sourceLocale}.${main}`, 'no_title')
  for (const [locale, words] of Object.entries(value.texts)) {
    for (const [field, text] of Object.entries(words ?? {})) {
      if (typeof text !== 'string' || field === 'status') continue
      const status = words?.status
      if (typeof status === 'object' && status !== null && !(field in status)) {
        report(`texts.${locale}.status.${field}`, 'status_missing')
      }
    }
    // All words together: the more there are, the surer the judgement.
    if (locale === 'my' && looksLikeZawgyi(Object.values(words ?? {}).filter((text) => typeof text === 'string').join(' '))) {
      report(`texts.${locale}`, 'zawgyi')
    }
  }
}

function checkParents(pack: Pack, problems: PackProblem[]): void {
  for (const folder of ['partners', 'facilities'] as const) {
    const parentOf = (slug: string) => pack[folder].get(slug)?.parent
    for (const start of pack[folder].keys()) {
      const seen = new Set<string>([start])
      for (let parent = parentOf(start); parent !== undefined; parent = parentOf(parent)) {
        if (parent === start) problems.push({ file: `${folder}/${start}.yaml`, key: 'parent', code: 'parent_circle' })
        if (seen.has(parent)) break
        seen.add(parent)
      }
    }
  }
}
