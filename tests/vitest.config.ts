import { defineConfig } from 'vitest/config'
import { workers } from './support/workers.ts'

const root = import.meta.dirname

/** Set for a run against another PostgreSQL than the packaged one: the folder with its `bin`. */
const otherPostgres = process.env['TEST_POSTGRES'] !== undefined

/** Ends a test that hangs; never a statement about speed, so longer than the slowest machine needs. */
const hangMs = 120_000

const common = {
  environment: 'node',
  restoreMocks: true,
  unstubEnvs: true,
  expect: { poll: { timeout: hangMs / 4 } },
  setupFiles: [`${root}/support/rules.ts`],
}

/** Files of a worker share their modules: loading the site's anew for each took half of the time. */
const shared = { isolate: false }

export default defineConfig({
  root: `${root}/..`,
  cacheDir: 'node_modules/.vite-tests',
  test: {
    passWithNoTests: false,
    maxWorkers: workers,
    projects: [
      {
        extends: true,
        test: { ...common, ...shared, name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: hangMs / 2 },
      },
      {
        extends: true,
        test: {
          ...common,
          ...shared,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          // How the private server is kept has nothing to do with the version that features run on.
          exclude: otherPostgres ? ['tests/integration/postgres/**'] : [],
          globalSetup: [`${root}/support/postgres.ts`],
          testTimeout: hangMs,
          hookTimeout: hangMs,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          // They measure out days and kill processes: one at a time.
          fileParallelism: false,
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          globalSetup: [`${root}/support/postgres.ts`],
          testTimeout: 15 * 60_000,
          hookTimeout: hangMs,
        },
      },
    ],
  },
})
