import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#features/accounts/model.ts'
import { recordAgreement } from '#features/agreements/commands.ts'
import { agreementFile, reportFile } from '#features/briefs/office-download.ts'
import { codePattern } from '#features/issued-briefs/code.ts'
import { showVerifyCode } from '#features/issued-briefs/queries.ts'
import { newId } from '#platform/ids.ts'
import { sampleUser } from '#tests/support/accounts.ts'
import { sampleWords } from '#tests/support/agreements.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'
import { pdfsig } from '#tests/unit/platform/signing/tools.ts'

const db = useDatabase()
let context: ReturnType<typeof testContext>
let officer: Extract<Actor, { kind: 'user' }>
beforeEach(async () => {
  context = testContext(db)
  officer = await sampleUser(context, 'officer@example.org', 'agreement_officer')
})

const nothing = new URLSearchParams()

async function viewOf(pdf: Uint8Array) {
  const code = new RegExp(`/en/verify/(${codePattern})`).exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? ''
  const visit = { address: '192.0.2.1', upload: undefined, isSent: false }
  const page = await showVerifyCode({ ...context, secretKey: context.config.secretKey }, 'en', code, visit)
  if ('written' in page) throw new Error('the code is written otherwise')
  return page.issued
}

test('documents of the office are signed, and their pages tell nobody what they are about', async () => {
  const words = sampleWords({ reference: null, visibility: 'internal' })
  const id = await recordAgreement(context, officer, { token: newId(), words, state: 'in_force', holdsNoSecrets: true })
  const files = [
    await agreementFile(context, officer, 'en', id, nothing),
    await reportFile(context, officer, 'en', nothing),
  ]
  for (const { bytes } of files) {
    expect(pdfsig(bytes)).toMatch(/Total document signed[\s\S]*Signature is Valid/)
    const { certificates: _, code: __, ...told } = await viewOf(bytes)
    expect(told).toMatchObject({ isInternal: true, title: undefined, languages: [], standing: { state: 'current' } })
  }
  await db.sql`update agreements set version = version + 1 where id = ${id}`
  for (const { bytes } of files) {
    expect((await viewOf(bytes)).standing).toEqual({ state: 'changed', changed: [], withdrawn: 0 })
  }
  const rows = await db.sql<{ all: string }[]>`select issued_briefs::text as all from issued_briefs`
  expect(rows).toHaveLength(2)
  for (const title of Object.values(words.titles ?? {})) {
    for (const row of rows) expect(row.all).not.toContain(title)
  }
})
