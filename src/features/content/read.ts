import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { isLocale, type Locale } from '#platform/i18n/locales.ts'
import { type Pack, type PackProblem, type Page, pageFile, recordFiles, type RecordFolder, siteFile, vocabularyFiles } from './model.ts'
import { type Holidays, holidaysFile } from './holidays.ts'
import { countryCode, slug } from './parts.ts'
import { problemsOf } from './problems.ts'

const bytesAtMost = 1024 * 1024

/**
 * Reads a content pack, or any part of one, from a folder, and checks each file by itself. Every problem is
 * reported, not only the first; a pack with problems must not be used.
 */
export async function readPack(folder: string): Promise<{ pack: Pack; problems: PackProblem[] }> {
  const problems: PackProblem[] = []
  const files = await listFiles(folder)
  const records = { partners: new Map(), labs: new Map(), facilities: new Map(), agreements: new Map() } as const
  const single: Record<string, unknown> = {}
  const pages = new Map<string, Partial<Record<Locale, Page>>>()
  const holidays = new Map<string, Holidays>()
  let used = 0

  for (const file of files) {
    const [first = '', second, third] = file.split('/')
    const base = path.posix.basename(file)
    if (base.startsWith('.') || file === 'README.md') continue
    const text = await readText(folder, file, problems)
    if (text === undefined) continue
    used += 1
    if (first in recordFiles && second !== undefined && third === undefined && second.endsWith('.yaml')) {
      const kind = first as RecordFolder
      const name = second.slice(0, -'.yaml'.length)
      if (!slug.safeParse(name).success) problems.push({ file, key: '', code: 'bad_slug' })
      const record = check(recordFiles[kind] as z.ZodType, file, parseYaml(file, text, problems), problems)
      if (record !== undefined) (records[kind] as Map<string, unknown>).set(name, record)
    } else if (second === undefined && /^(?:countries|places|fields|glossary|site)\.yaml$/.test(first)) {
      const name = first.slice(0, -'.yaml'.length) as keyof typeof vocabularyFiles | 'site'
      const schema: z.ZodType = name === 'site' ? siteFile : vocabularyFiles[name]
      single[name] = check(schema, file, parseYaml(file, text, problems), problems)
    } else if (first === 'holidays' && third === undefined && second?.endsWith('.yaml') === true) {
      const country = second.slice(0, -'.yaml'.length)
      if (!countryCode.safeParse(country).success) problems.push({ file, key: '', code: 'bad_country' })
      const ofCountry = check(holidaysFile as z.ZodType<Holidays>, file, parseYaml(file, text, problems), problems)
      if (ofCountry !== undefined) holidays.set(country, ofCountry)
    } else if (first === 'pages' && isLocale(second) && third?.endsWith('.md') === true) {
      const page = check(pageFile, file, parsePage(file, text, problems), problems)
      const name = third.slice(0, -'.md'.length)
      if (page !== undefined) pages.set(name, { ...pages.get(name), [second]: page })
    } else {
      problems.push({ file, key: '', code: 'unknown_file' })
    }
  }
  if (used === 0 && problems.length === 0) problems.push({ file: '.', key: '', code: 'not_a_pack' })
  return { pack: { ...records, ...single, holidays, pages }, problems }
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort()
}

async function readText(folder: string, file: string, problems: PackProblem[]): Promise<string | undefined> {
  const whole = path.join(folder, file)
  const { size } = await stat(whole)
  if (size > bytesAtMost) {
    problems.push({ file, key: '', code: 'too_big_file' })
    return undefined
  }
  const bytes = await readFile(whole)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    problems.push({ file, key: '', code: 'bad_yaml', params: { line: 1, reason: 'UTF-8' } })
    return undefined
  }
}

function parseYaml(file: string, text: string, problems: PackProblem[]): unknown {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, prettyErrors: false, stringKeys: true })
  const error = document.errors[0]
  if (error === undefined) return document.toJS({ maxAliasCount: 0 }) as unknown
  const line = text.slice(0, error.pos[0]).split('\n').length
  problems.push({ file, key: '', code: 'bad_yaml', params: { line, reason: error.message } })
  return undefined
}

const page = /^---\n(?<front>[\s\S]*?)\n---\n(?<body>[\s\S]*)$/

function parsePage(file: string, text: string, problems: PackProblem[]): unknown {
  const match = page.exec(text.replaceAll('\r\n', '\n'))
  if (match?.groups === undefined) {
    problems.push({ file, key: '', code: 'bad_page' })
    return undefined
  }
  const front = parseYaml(file, match.groups['front'] ?? '', problems)
  return front === undefined ? undefined : { ...(front as object), body: (match.groups['body'] ?? '').trim() }
}

function check<T>(schema: z.ZodType<T>, file: string, value: unknown, problems: PackProblem[]): T | undefined {
  if (value === undefined) return undefined
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  problems.push(...problemsOf(file, result.error.issues))
  return undefined
}
