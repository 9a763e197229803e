import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

/** Set for a run against another PostgreSQL than the packaged one: the folder with its `bin`. */
const otherPostgres = process.env['TEST_POSTGRES'] !== undefined

const common = {
  environment: 'node',
  restoreMocks: true,
  unstubEnvs: true,
  setupFiles: [`${root}/support/rules.ts`],
}

export default defineConfig({
  root: `${root}/..`,
  cacheDir: 'node_modules/.vite-tests',
  test: {
    passWithNoTests: false,
    projects: [
      { extends: true, test: { ...common, name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          ...common,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          // How the private server is kept has nothing to do with the version that features run on.
          exclude: otherPostgres ? ['tests/integration/postgres/**'] : [],
          globalSetup: [`${root}/support/postgres.ts`],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'long',
          include: ['tests/long/**/*.test.ts'],
          globalSetup: [`${root}/support/postgres.ts`],
          testTimeout: 15 * 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
