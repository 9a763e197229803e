import type { Database } from '#db/client.ts'
import { readConfig, type Config } from '#platform/config.ts'
import { silentLogger, type Logger } from '#platform/log.ts'
import { testClock, type TestClock } from './clock.ts'
import type { TestDatabase } from './database.ts'
import type { Signer } from '#platform/signing/signer.ts'
import { testMailer, type TestMailer } from './mailer.ts'
import { testSigner } from './signer.ts'

/** What features are handed, as tests hand it. */
export interface TestContext {
  readonly config: Config
  readonly database: Database
  readonly clock: TestClock
  readonly log: Logger
  readonly mailer: TestMailer
  readonly signer: Signer
}

export const testConfig: Config = { ...readConfig({}), secretKey: 'a key that is only ever used by the tests' }

/** A context over a test database, with a clock that stands still and a log that says nothing. */
export function testContext({ database }: Pick<TestDatabase, 'database'>): TestContext {
  const context = { config: testConfig, database, clock: testClock(), log: silentLogger, mailer: testMailer() }
  return { ...context, signer: testSigner(context) }
}
