import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importContent } from '#features/content/commands.ts'
import { listAgreements } from '#features/agreements/queries.ts'
import { showEditorialPage } from '#features/editorial/queries.ts'
import { showCatalogue, showFacility } from '#features/facilities/queries.ts'
import { listLabs, showLab } from '#features/labs/queries.ts'
import { showBriefs } from '#features/portal/briefs.ts'
import { showHome, showNetwork } from '#features/portal/queries.ts'
import { listPartners } from '#features/partners/queries.ts'
import { projectRoot } from '#platform/config.ts'
import { locales } from '#platform/i18n/locales.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const open = useDatabase()
const nothing = new URLSearchParams()

describe('an empty hub', () => {
  it('has every page, and they say that there is nothing', async () => {
    const { database } = open
    expect((await showHome(database, 'en')).network.countries).toEqual([])
    expect((await showCatalogue(database, 'en')).groups).toEqual([])
    expect((await listPartners(database, 'en', nothing)).total).toBe(0)
    expect((await listLabs(database, 'en', nothing)).total).toBe(0)
    expect((await listAgreements(database, 'en', nothing)).total).toBe(0)
    await expect(showEditorialPage(database, 'en', 'about')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the launch content', () => {
  it('fills every page in every locale', async () => {
    const { database } = open
    await importContent(testContext(open), { kind: 'command_line' }, path.join(projectRoot, 'content'))
    for (const locale of locales) {
      const home = await showHome(database, locale)
      expect(home.network.partners).toBeGreaterThanOrEqual(150)
      expect(home.network.yunnan).toBeGreaterThanOrEqual(35)
      expect(home.catalogue).toHaveLength(6)
      expect(home.catalogue.every(({ stage }) => stage === 'named')).toBe(true)
      expect(home.latest.every(({ reported, state }) => reported && state === null)).toBe(true)
      const { network } = await showNetwork(database, locale)
      expect(network.countries.every(({ name }) => name.length > 0 && !/^[A-Z]{2}$/.test(name))).toBe(true)
      const { shelves } = await showBriefs(database, locale)
      expect(shelves[0]?.briefs.length).toBeGreaterThan(6)
      const about = await showEditorialPage(database, locale, 'about')
      expect(about.body.fallback).toBe(false)
      expect(about.html).toContain('id="corrections"')
      const labs = await listLabs(database, locale, nothing)
      const first = labs.entries[0]?.href.split('/').at(-1) ?? ''
      expect(await showLab(database, locale, first)).toMatchObject({ entry: { href: labs.entries[0]?.href } })
      const entry = (await showCatalogue(database, locale)).groups[0]?.entries[0]
      expect(await showFacility(database, locale, entry?.href.split('/').at(-1) ?? '')).toMatchObject({
        entry: { name: entry?.name },
      })
    }
  })
})
