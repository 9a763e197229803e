import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, count, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEvents, labs, partners, publications, textRevisions } from '#db/schema/index.ts'
import { importContent, loadContentIfEmpty, PackError } from '#features/content/commands.ts'
import { databasePack } from '#features/content/queries.ts'
import { writePack } from '#features/content/write.ts'
import { projectRoot } from '#platform/config.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const shipped = path.join(projectRoot, 'content')
const operator = { kind: 'command_line' } as const

let scratch = ''
beforeEach(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'yunqiao-pack-'))
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const files = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md')
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()

const yamlOf = (name: string, more = '') => `kind: university
country: TH
city: Chiang Mai
sourceLocale: en
texts:
  en: { name: ${name}, summary: A university., status: draft }
  th: { name: มหาวิทยาลัย, status: draft }
${more}sources: [ https://example.org/ ]
`

/** A pack of one partner, with the vocabularies that it needs. */
function smallPack(partner: string, slug = 'sample-university'): string {
  const folder = mkdtempSync(path.join(scratch, 'small-'))
  for (const name of ['countries.yaml', 'places.yaml', 'fields.yaml']) cpSync(path.join(shipped, name), path.join(folder, name))
  mkdirSync(path.join(folder, 'partners'))
  writeFileSync(path.join(folder, 'partners', `${slug}.yaml`), partner)
  return folder
}

async function problemsOf(action: Promise<unknown>) {
  const error: unknown = await action.then(() => undefined, (reason: unknown) => reason)
  expect(error).toBeInstanceOf(PackError)
  return (error as PackError).packProblems.map(({ file, key, code }) => [file, key, code].join(' '))
}

describe('the shipped content pack', () => {
  const open = useDatabase()

  it('loads into an empty database, publishes what it holds, and comes back file by file', async () => {
    const context = testContext(open)
    const report = await loadContentIfEmpty(context, shipped)
    expect(report?.changed).toBe(0)
    expect(await loadContentIfEmpty(context, shipped)).toBeUndefined()

    const partnerFiles = files(path.join(shipped, 'partners')).length
    const current = and(isNull(publications.supersededAt), isNull(publications.withdrawnAt))
    const [published] = await context.database.select({ count: count() }).from(publications).where(and(current, eq(publications.kind, 'partner')))
    expect(published?.count).toBe(partnerFiles)

    await writePack(scratch, await databasePack(context.database))
    expect(files(scratch)).toEqual(files(shipped))
    for (const file of files(shipped)) {
      expect(readFileSync(path.join(scratch, file), 'utf8'), file).toBe(readFileSync(path.join(shipped, file), 'utf8'))
    }
  })

  it('changes nothing when it is imported a second time', async () => {
    const context = testContext(open)
    const first = await importContent(context, operator, shipped)
    const second = await importContent(context, operator, shipped)
    expect(second).toEqual({ added: 0, changed: 0, unchanged: first.added })
    const editions = await context.database.select({ count: count() }).from(publications)
    expect(editions[0]?.count).toBe(first.added)
  })
})

describe('an import', () => {
  const open = useDatabase()

  it('changes only what differs, keeps the former words and publishes a new edition', async () => {
    const context = testContext(open)
    await importContent(context, operator, smallPack(yamlOf('Sample University')))
    context.clock.advance({ hours: 1 })
    const report = await importContent(context, operator, smallPack(yamlOf('Sample Institute')))
    expect(report).toEqual({ added: 0, changed: 1, unchanged: 0 })

    const [row] = await context.database.select().from(partners)
    expect(row?.version).toBe(2)
    const revisions = await context.database.select().from(textRevisions)
    expect(revisions.map((revision) => revision.value)).toEqual(['Sample University'])
    const editions = await context.database.select().from(publications).orderBy(publications.edition)
    expect(editions.map((edition) => [edition.edition, edition.supersededAt === null])).toEqual([[1, false], [2, true]])
    const events = await context.database.select().from(auditEvents)
    expect(events.map((event) => event.action).sort()).toEqual(['partner.import', 'partner.import_change'])
  })

  it('takes a reported agreement with titles and names in any language, and gives it back', async () => {
    const context = testContext(open)
    const folder = smallPack(yamlOf('Sample University'))
    mkdirSync(path.join(folder, 'agreements'))
    const file = path.join(folder, 'agreements', 'sample.yaml')
    writeFileSync(
      file,
      `kind: memorandum_of_understanding
parties:
  - partner: sample-university
  - name: { en: Sample Ministry, lo: ກະຊວງຕົວຢ່າງ }
    country: LA
    official: [ lo ]
fields: []
sourceLocale: en
texts:
  en: { title: Sample memorandum, status: reviewed }
otherTitles: { km: អនុស្សរណៈ, lo: ບົດບັນທຶກ }
officialTitles: [ en, lo ]
sources: [ https://example.org/ ]
`,
    )
    await importContent(context, operator, folder)
    expect(await importContent(context, operator, folder)).toMatchObject({ added: 0, changed: 0 })
    const [edition] = await context.database.select().from(publications).where(eq(publications.kind, 'agreement'))
    expect(edition?.content).toMatchObject({
      officialTitles: ['en', 'lo'],
      texts: { lo: { title: { value: 'ບົດບັນທຶກ', status: 'reviewed' } } },
      parties: [{}, { names: { lo: 'ກະຊວງຕົວຢ່າງ' }, officialNames: ['lo'] }],
    })
  })

  it('marks a translation stale when its source words have moved on', async () => {
    const context = testContext(open)
    await importContent(context, operator, smallPack(yamlOf('Sample University')))
    const pack = await databasePack(context.database)
    expect(pack.partners.get('sample-university')?.texts.th).not.toHaveProperty('sourceHash')

    const moved = yamlOf('Sample Institute').replace('status: draft }\nsources', 'status: draft, sourceHash: { name: 0123456789abcdef } }\nsources')
    await importContent(context, operator, smallPack(moved))
    const [edition] = await context.database.select().from(publications).where(isNull(publications.supersededAt))
    expect(edition?.content).toMatchObject({ texts: { th: { name: { stale: true } } } })
    const after = await databasePack(context.database)
    expect(after.partners.get('sample-university')?.texts.th?.sourceHash).toEqual({ name: '0123456789abcdef' })
  })

  it('takes an archived record out of public view', async () => {
    const context = testContext(open)
    await importContent(context, operator, smallPack(yamlOf('Sample University')))
    await importContent(context, operator, smallPack(yamlOf('Sample University', 'state: archived\n')))
    const [edition] = await context.database.select().from(publications)
    expect(edition?.withdrawnAt).not.toBeNull()
  })

  it('does nothing at all when one file is wrong, and names every file and key', async () => {
    const context = testContext(open)
    const folder = smallPack(yamlOf('Sample University'))
    const write = (name: string, text: string) => writeFileSync(path.join(folder, 'partners', name), text)
    write('broken.yaml', 'kind: [university\n')
    write('strange.yaml', yamlOf('Strange', 'colour: blue\nestablished: 2015-02-30\n').replace('country: TH', 'country: XX'))
    write('lost.yaml', yamlOf('Lost', 'parent: nowhere\n').replace('Chiang Mai', 'Atlantis'))
    write('Bad_Name.yaml', yamlOf('Bad'))
    expect(await problemsOf(importContent(context, operator, folder))).toEqual([
      'partners/Bad_Name.yaml  bad_slug',
      'partners/broken.yaml  bad_yaml',
      'partners/strange.yaml established bad_date',
      'partners/strange.yaml colour unknown_key',
    ])
    for (const name of ['broken.yaml', 'Bad_Name.yaml']) rmSync(path.join(folder, 'partners', name))
    write('strange.yaml', yamlOf('Strange').replace('country: TH', 'country: XX'))
    expect(await problemsOf(importContent(context, operator, folder))).toEqual([
      'partners/lost.yaml city unknown_place',
      'partners/lost.yaml parent unknown_record',
      'partners/strange.yaml country unknown_country',
    ])
    expect(await context.database.select().from(partners)).toEqual([])
    expect(await context.database.select().from(auditEvents)).toEqual([])
  })

  it('finds a former slug that another record uses, a parent that is its own, a text without its source', async () => {
    const context = testContext(open)
    const folder = smallPack(yamlOf('One', 'oldSlugs: [ two ]\nparent: two\n'), 'one')
    writeFileSync(path.join(folder, 'partners', 'two.yaml'), yamlOf('Two', 'parent: one\n').replace('sourceLocale: en', 'sourceLocale: my'))
    expect(await problemsOf(importContent(context, operator, folder))).toEqual([
      'partners/one.yaml oldSlugs.0 duplicate_slug',
      'partners/two.yaml texts.my.name no_title',
      'partners/one.yaml parent parent_circle',
      'partners/two.yaml parent parent_circle',
    ])
  })

  it('refuses visitors and staff without the permission', async () => {
    const context = testContext(open)
    await expect(importContent(context, { kind: 'visitor' }, shipped)).rejects.toMatchObject({ code: 'sign_in_required' })
    const reader = { kind: 'user', id: '01a20887-7f78-757f-8f84-7d627429fb09', email: 'a@b.c', name: null, roles: ['reader'] } as const
    await expect(importContent(context, reader, shipped)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('takes turns with another import of the same pack', async () => {
    const context = testContext(open)
    const folder = smallPack(yamlOf('Sample University'))
    const reports = await Promise.all([importContent(context, operator, folder), importContent(context, operator, folder)])
    expect(reports.map((report) => report.added).sort()).toEqual([0, 1])
    expect(await context.database.select().from(labs)).toEqual([])
  })

  it('says so when the folder holds no pack', async () => {
    expect(await problemsOf(importContent(testContext(open), operator, path.join(scratch, 'nothing')))).toEqual(['.  not_a_pack'])
  })
})
