import { expect, test } from 'vitest'
import { useDatabase } from '#tests/support/database.ts'
import { oldGenerationGrowth } from '#tests/support/old-generation.ts'

const db = useDatabase()

test('rows that were read are gone with the next small collection', async () => {
  // Some 16 MB altogether.
  const growth = await oldGenerationGrowth(200, () =>
    db.sql.unsafe(`select n, md5(n::text) as words from generate_series(1, $1::int) as n`, [500], { prepare: true }),
  )
  expect(growth).toBeLessThan(2_000_000)
})
