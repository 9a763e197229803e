import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')
const sources = globSync('src/{features,pages}/**/*.{ts,astro}', { cwd: root })

/** Files that read agreements without the scope, and why that is right. */
const unscoped: Readonly<Record<string, string>> = {
  'src/features/agreements/bulk.ts': 'writes new ones',
  'src/features/agreements/commands.ts': 'writes what lockRecord, which is scoped, handed out',
  'src/features/agreements/facts.ts': 'facts of a record that was read with the scope',
  'src/features/agreements/filing-steps.ts': 'a step of commands that hold the agreement',
  'src/features/agreements/lead-round.ts': 'the system’s own work when the office’s calendar changes',
  'src/features/agreements/next-due-steps.ts': 'a step of commands that hold the agreement',
  'src/features/agreements/numbering-steps.ts': 'whether a number is taken, whoever has it',
  'src/features/agreements/office-counts.ts': 'when the register last changed, and counts with the scope',
  'src/features/agreements/office-entries.ts': 'lines about agreements that the caller found with the scope',
  'src/features/agreements/office-find.ts': 'is handed conditions that hold the scope',
  'src/features/agreements/office-titles.ts': 'names of agreements that the caller found with the scope',
  'src/features/agreements/release-commands.ts': 'whether an address is taken, whoever has it',
  'src/features/agreements/search-steps.ts': 'a step of commands that hold the agreement',
  'src/features/agreements/steps.ts':
    'publishes what a scoped command releases, and shows it of a record that was read with the scope',
  'src/features/automation/commands.ts': 'the system’s own work of every day',
  'src/features/issued-briefs/office-records.ts':
    'versions of what a brief was made from with the scope, of which nothing is told but whether they are the same',
  'src/features/papers/queries.ts': 'papers of a record that was read with the scope',
  'src/features/reviews/steps.ts': 'a step of commands that hold the agreement',
  'src/features/reviews/substance.ts': 'the substance of a record that was read with the scope',
}

const asks = /\.from\(agreements\)|[jJ]oin\(\s*agreements,|(?:from|join) \$\{agreements\}/
const scoped = /\bvisibleTo\(|\bkeptInScope<|\bconditionsOf\(|\blockRecord\(|\brequireRecord\(|\breadRecord\(/
const ofTheOffice = /eq\(agreements\.origin, 'reported'\)/

test('there are queries of agreements to look at', () => {
  expect(sources.filter((path) => asks.test(readFileSync(join(root, path), 'utf8'))).length).toBeGreaterThan(8)
})

test.each(sources.filter((path) => asks.test(readFileSync(join(root, path), 'utf8'))))(
  '%s asks for agreements with the scope, or says why not',
  (path) => {
    const source = readFileSync(join(root, path), 'utf8')
    if (path in unscoped || path.startsWith('src/features/sample/')) return
    expect(scoped.test(source) || ofTheOffice.test(source) || /^\s*\* Unscoped: /m.test(source), path).toBe(true)
  },
)
