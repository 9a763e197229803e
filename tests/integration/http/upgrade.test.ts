import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { agreementFinding } from '#db/schema/index.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { newId } from '#platform/ids.ts'
import { startServer } from '../../../src/server.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { html, useSite } from './site.ts'

const site = useSite()

it('makes search documents of an older version anew when it starts, and answers meanwhile', async () => {
  const { database } = site.database
  const officer = await sampleUser(testContext(site.database), 'officer@example.org', 'agreement_officer')
  for (let n = 0; n < 30; n += 1) {
    const words = sampleWords({ reference: `R-${n}` })
    await recordAgreement(site.context, officer, { token: newId(), words, state: 'draft', holdsNoSecrets: true })
  }
  await database.update(agreementFinding).set({ rule: 0, tokens: '' })
  const server = await startServer({
    context: site.context,
    port: 0,
    pages: { renderer: () => Promise.resolve(html('<p>here</p>')), clientFolder: import.meta.dirname },
  })
  expect(await (await fetch(`http://127.0.0.1:${server.port}/en/partners`)).text()).toBe('<p>here</p>')
  const empty = sql`${agreementFinding.tokens} = ''::tsvector or ${agreementFinding.rule} = 0`
  await vi.waitFor(async () => expect(await database.$count(agreementFinding, empty)).toBe(0), { timeout: 10_000 })
  await server.stop()
  expect(site.logged.map(({ fields }) => fields)).toContainEqual({ agreements: 30 })
})
