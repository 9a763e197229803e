import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '#platform/config.ts'

const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8')
const packages = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

it('names only files and folders that are there', () => {
  const named = new Set(readme.match(/(?<![\w/.-])(?:src|db|content|locales|tests|\.ci)\/[\w./[\]-]*/g))
  expect(named.size).toBeGreaterThan(8)
  for (const name of named) expect(existsSync(path.join(projectRoot, name.replace(/\.$/, ''))), name).toBe(true)
})

it('says of every runtime dependency why it is there', () => {
  for (const name of Object.keys(packages.dependencies)) {
    const family = name.startsWith('@expo-google-fonts/noto-sans') ? '@expo-google-fonts/noto-sans*' : name
    expect(readme, name).toContain(`\`${family}\``)
  }
})
