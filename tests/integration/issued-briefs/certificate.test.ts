import { expect, test } from 'vitest'
import { signingCertificates } from '#db/schema/index.ts'
import { certificatePem } from '#features/issued-briefs/certificates.ts'
import { fingerprintOf } from '#platform/signing/identity.ts'
import { keptIdentity } from '#platform/signing/kept-identity.ts'
import { openSigner } from '#platform/signing/signer.ts'
import { testContext } from '#tests/support/context.ts'
import { useDatabase } from '#tests/support/database.ts'

const db = useDatabase()
const rows = () => db.database.select().from(signingCertificates)

test('the certificate is made once, however many processes start at the same time', async () => {
  const made = await Promise.all(Array.from({ length: 3 }, () => keptIdentity(testContext(db))))
  expect(new Set(made.map(({ certificate }) => fingerprintOf(certificate))).size).toBe(1)
  for (const { key, certificate } of made) expect(certificate.checkPrivateKey(key)).toBe(true)
  const [row, ...more] = await rows()
  expect(more).toEqual([])
  expect(row).toMatchObject({ origin: 'made', retiredAt: null })
  expect(row?.certificate).toContain('BEGIN CERTIFICATE')
  expect(JSON.stringify(row)).not.toContain('PRIVATE KEY')
})

test('a backup that comes back with its secret has its certificate, and without it a new one', async () => {
  const context = testContext(db)
  const before = await keptIdentity(context)
  expect((await keptIdentity(context)).certificate.raw.equals(before.certificate.raw)).toBe(true)
  const config = { ...context.config, secretKey: 'another secret, after a backup was restored' }
  const after = await keptIdentity({ ...context, config })
  expect(after.certificate.raw.equals(before.certificate.raw)).toBe(false)
  const kept = await rows()
  expect(kept.map(({ retiredAt }) => retiredAt === null).toSorted()).toEqual([false, true])
  // Files show the old one still: it can be compared for good.
  const signer = openSigner({ ...context, config })
  const pem = await certificatePem({ database: db.database, signer }, fingerprintOf(before.certificate))
  expect(pem).toBe(before.certificate.toString())
})
