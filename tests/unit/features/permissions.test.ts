import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { permissions } from '#features/accounts/model.ts'

const root = join(import.meta.dirname, '../../..')
const sources = globSync('src/features/*/{commands,*-commands}.ts', { cwd: root })
const pages = globSync('src/pages/[[]locale]/office/**/*.{astro,ts}', { cwd: root })

/** What command files export beside commands, and why it asks nobody. */
const noCommands: Readonly<Record<string, string>> = {
  current: 'a step of commands, within their transaction',
  checkNote: 'a rule of commands',
  loadContentIfEmpty: 'the process itself, at its first start',
  PackError: 'an error',
}

/** Pages through which one becomes somebody, or stops being one. */
const openPages = ['sign-in.astro', 'sign-out.astro', 'resume.astro']

test('there are commands and pages to look at', () => {
  expect(sources.length).toBeGreaterThanOrEqual(3)
  expect(pages.length).toBeGreaterThanOrEqual(9)
})

test.each(sources)('every command of %s names its permission', async (path) => {
  const module = (await import(join(root, path))) as Record<string, unknown>
  const commands = Object.entries(module).filter(
    ([name, value]) => typeof value === 'function' && !(name in noCommands),
  )
  expect(commands.length).toBeGreaterThan(0)
  for (const [name, value] of commands) {
    const { permission } = value as { permission?: string }
    expect(Object.keys(permissions), `${path} ${name}`).toContain(permission)
  }
})

test.each(pages.filter((path) => !openPages.some((open) => path.endsWith(`/${open}`))))(
  '%s names its permission before anything else',
  (path) => {
    const source = readFileSync(join(root, path), 'utf8')
    const [front = ''] = source.split('\n---\n')
    const asks =
      /const visit = await enterOffice\((?:Astro|page), '([a-z_.]+)'\)\n *if \(visit instanceof Response\) return visit\n/.exec(
        front,
      )
    expect(Object.keys(permissions), path).toContain(asks?.[1])
    const before = front
      .slice(0, asks?.index ?? 0)
      .split('\n')
      // An endpoint has no `Astro`: it puts together what stands for it, and asks.
      .filter((line) => !/^(---|import |\s*$|\/\*\*| \*|export async function |  const page = )/.test(line))
    expect(before, 'work before the question').toEqual([])
  },
)

test.each(openPages)('the open page %s says that it is', (name) => {
  expect(readFileSync(join(root, 'src/pages/[locale]/office', name), 'utf8')).toContain('/** Open to everybody: ')
})
