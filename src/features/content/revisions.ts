import type { PublicationKind } from '#db/schema/index.ts'
import type { Change } from './changes.ts'
import type { Pack, RecordFolder } from './model.ts'

const kinds = { partners: 'partner', labs: 'lab', facilities: 'facility', agreements: 'agreement' } as const

type Words = Readonly<Record<string, unknown>> | undefined

/** The former words of every field that an import replaces, to be kept. */
export function revisionsOf(folder: RecordFolder, changes: readonly Change[], pack: Pack, present: Pack) {
  return changes.flatMap(({ slug, id }) => {
    const before = (present[folder].get(slug)?.texts ?? {}) as Readonly<Record<string, Words>>
    const after = (pack[folder].get(slug)?.texts ?? {}) as Readonly<Record<string, Words>>
    return Object.entries(before).flatMap(([locale, words]) =>
      ['name', 'title', 'summary'].flatMap((field) => {
        const value = words?.[field]
        if (typeof value !== 'string' || value === after[locale]?.[field]) return []
        const status: unknown = words?.['status']
        return [
          {
            recordKind: kinds[folder] satisfies PublicationKind,
            recordId: id,
            locale,
            field,
            value,
            status: typeof status === 'string' ? status : ((status as Record<string, string>)[field] ?? null),
          },
        ]
      }),
    )
  })
}
